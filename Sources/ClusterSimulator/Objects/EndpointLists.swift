import SimKernel

/// Immutable lists of addresses, shared by everybody who believes in them.
///
/// A Service's endpoints change a few hundred times in a run while thousands of nodes may each
/// hold an older version. So a list is written once and handed out by number; it is recycled when
/// the last holder lets go. All lists lie in one buffer, each in room for a power of two.
struct EndpointLists: ~Copyable {
  /// The list without addresses, always there: kube-proxy rejects.
  static let empty: UInt32 = 0
  /// Local policy without a local endpoint while there are some elsewhere: kube-proxy drops.
  static let dropped: UInt32 = 1
  /// A virtual address that no Service owns: no rule matches, the packets leave the node.
  static let unowned: UInt32 = 2
  /// A port that the Service does not have.
  static let undefinedPort: UInt32 = 3

  /// What a list is to show.
  enum Part {
    case addresses([UInt32])
    /// One of the lists without addresses.
    case reserved(UInt32)
  }

  /// Where a list lies.
  struct List: BitwiseCopyable {
    /// Its first address in `storage`.
    var start: Int
    var count: UInt32
    var holders: Int32
  }

  private var storage: UnsafeMutablePointer<UInt32>
  private var used = 0
  private var room = 1_024
  private var rows = Table<List>()
  /// Numbers of lists that nobody holds, by the power of two that they have room for.
  private var free: [[UInt32]] = Array(repeating: [], count: 33)

  init() {
    storage = .allocate(capacity: room)
    for _ in Self.empty...Self.undefinedPort {
      rows.append(List(start: 0, count: 0, holders: 1))
    }
  }

  deinit { storage.deallocate() }

  /// How many addresses a list has.
  @inline(__always)
  func count(_ list: UInt32) -> Int { Int(rows[Int(list)].count) }

  /// One address of a list.
  @inline(__always)
  subscript(_ list: UInt32, _ index: Int) -> UInt32 { storage[rows[Int(list)].start &+ index] }

  /// Whether the address is in the list.
  func contains(_ list: UInt32, _ address: UInt32) -> Bool {
    (0..<count(list)).contains { self[list, $0] == address }
  }

  /// All addresses of a list, for reports.
  func all(_ list: UInt32) -> [UInt32] { (0..<count(list)).map { self[list, $0] } }

  /// Writes a new list, held once by the caller.
  mutating func make(_ addresses: [UInt32]) -> UInt32 {
    if addresses.isEmpty {
      retain(Self.empty)
      return Self.empty
    }
    let list = place(addresses.count)
    let start = rows[Int(list)].start
    for (index, address) in addresses.enumerated() { storage[start + index] = address }
    rows[Int(list)].count = UInt32(addresses.count)
    rows[Int(list)].holders = 1
    return list
  }

  /// Another holder.
  mutating func retain(_ list: UInt32) { rows[Int(list)].holders += 1 }

  /// One holder less; the number is used again when none is left.
  mutating func release(_ list: UInt32) {
    rows[Int(list)].holders -= 1
    guard rows[Int(list)].holders == 0, list > Self.undefinedPort else { return }
    free[Self.sizeClass(count(list))].append(list)
  }

  /// A list that shows the part, held once more by the caller; `nil` when `old` shows it already.
  mutating func list(showing part: Part, unless old: UInt32) -> UInt32? {
    switch part {
    case .reserved(let other):
      guard old != other else { return nil }
      retain(other)
      return other
    case .addresses(let addresses):
      if old == Self.empty || old > Self.undefinedPort, shows(old, addresses) { return nil }
      return make(addresses)
    }
  }

  /// Lets go of a list for one with other addresses; returns false when they are the same.
  @discardableResult
  mutating func replace(_ list: inout UInt32, by part: Part) -> Bool {
    guard let new = self.list(showing: part, unless: list) else { return false }
    release(list)
    list = new
    return true
  }

  private func shows(_ list: UInt32, _ addresses: [UInt32]) -> Bool {
    count(list) == addresses.count
      && addresses.indices.allSatisfy { self[list, $0] == addresses[$0] }
  }

  /// The smallest power of two, but at least four, that holds so many addresses.
  private static func sizeClass(_ count: Int) -> Int {
    count <= 4 ? 2 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }

  /// A list that nobody holds with room for so many addresses.
  private mutating func place(_ count: Int) -> UInt32 {
    let size = Self.sizeClass(count)
    if let list = free[size].popLast() { return list }
    if used + 1 << size > room { grow(to: used + 1 << size) }
    rows.append(List(start: used, count: 0, holders: 0))
    used += 1 << size
    return UInt32(rows.count - 1)
  }

  private mutating func grow(to wanted: Int) {
    while room < wanted { room *= 2 }
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: room)
    larger.update(from: storage, count: used)
    storage.deallocate()
    storage = larger
  }
}
