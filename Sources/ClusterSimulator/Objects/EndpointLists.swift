import SimKernel

/// Immutable lists of addresses, shared by everybody who believes in them.
///
/// A Service's endpoints change a few hundred times in a run while thousands of nodes may each
/// hold an older version. So a list is written once and handed out by number; it is recycled when
/// the last holder lets go. All lists lie in one buffer with a common stride: a pick is one load.
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

  private var storage: UnsafeMutablePointer<UInt32>
  private var stride: Int
  private var room: Int
  private var counts = Table<UInt32>()
  private var holders = Table<Int32>()
  private var free = Table<UInt32>()
  private var freeCount = 0

  init() {
    stride = 16
    room = 16
    storage = .allocate(capacity: stride * room)
    storage.initialize(repeating: 0, count: stride * room)
    for _ in Self.empty...Self.undefinedPort {
      counts.append(0)
      holders.append(1)
    }
  }

  deinit { storage.deallocate() }

  /// How many addresses a list has.
  @inline(__always)
  func count(_ list: UInt32) -> Int { Int(counts[Int(list)]) }

  /// One address of a list.
  @inline(__always)
  subscript(_ list: UInt32, _ index: Int) -> UInt32 { storage[Int(list) &* stride &+ index] }

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
    let list = nextFree()
    if addresses.count > stride || Int(list) >= room { grow(Int(list) + 1, addresses.count) }
    for (index, address) in addresses.enumerated() {
      storage[Int(list) * stride + index] = address
    }
    counts[Int(list)] = UInt32(addresses.count)
    holders[Int(list)] = 1
    return list
  }

  /// Another holder.
  mutating func retain(_ list: UInt32) { holders[Int(list)] += 1 }

  /// One holder less; the number is used again when none is left.
  mutating func release(_ list: UInt32) {
    holders[Int(list)] -= 1
    guard holders[Int(list)] == 0, list > Self.undefinedPort else { return }
    if freeCount == free.count {
      free.append(list)
    } else {
      free[freeCount] = list
    }
    freeCount += 1
  }

  /// Lets go of a list for one with other addresses; returns false when they are the same.
  @discardableResult
  mutating func replace(_ list: inout UInt32, by part: Part) -> Bool {
    switch part {
    case .reserved(let other):
      guard list != other else { return false }
      release(list)
      retain(other)
      list = other
    case .addresses(let addresses):
      if list == Self.empty || list > Self.undefinedPort, all(list) == addresses { return false }
      release(list)
      list = make(addresses)
    }
    return true
  }

  private mutating func nextFree() -> UInt32 {
    if freeCount > 0 {
      freeCount -= 1
      return free[freeCount]
    }
    holders.append(0)
    counts.append(0)
    return UInt32(counts.count - 1)
  }

  private mutating func grow(_ lists: Int, _ width: Int) {
    var newStride = stride
    while newStride < width { newStride *= 2 }
    var newRoom = room
    while newRoom < lists { newRoom *= 2 }
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: newStride * newRoom)
    larger.initialize(repeating: 0, count: newStride * newRoom)
    for list in 0..<min(room, counts.count) {
      (larger + list * newStride).update(from: storage + list * stride, count: stride)
    }
    storage.deallocate()
    storage = larger
    stride = newStride
    room = newRoom
  }
}
