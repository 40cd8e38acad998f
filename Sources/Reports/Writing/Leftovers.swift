internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The temporary files of this process, for a signal handler that ends it while it writes.
///
/// A handler may neither allocate nor lock: names are C strings in a fixed number of slots.
package enum Leftovers {
  /// A place in the list.
  struct Slot {
    fileprivate var index: Int
    fileprivate var name: UnsafeMutablePointer<CChar>
  }

  private static let capacity = 128
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Atomic<Name>> = {
    let slots = UnsafeMutablePointer<Atomic<Name>>.allocate(capacity: capacity)
    for index in 0..<capacity { (slots + index).initialize(to: Atomic(nil)) }
    return slots
  }()

  private typealias Name = UnsafeMutablePointer<CChar>?

  /// Makes the list, which a signal handler must not be the first to need.
  package static func prepare() { _ = slots }

  /// Remembers a file; `nil` when the list is full, which only costs a file left behind.
  static func add(_ path: String) -> Slot? {
    guard let name = strdup(path) else { return nil }
    for index in 0..<capacity
    where slots[index].compareExchange(
      expected: nil,
      desired: name,
      ordering: .acquiringAndReleasing
    ).exchanged {
      return Slot(index: index, name: name)
    }
    free(name)
    return nil
  }

  /// Forgets a file.
  ///
  /// Its name is not freed: a handler may be reading it at this moment.
  static func remove(_ slot: Slot?) {
    guard let slot else { return }
    _ = slots[slot.index].compareExchange(
      expected: slot.name,
      desired: nil,
      ordering: .acquiringAndReleasing
    )
  }

  /// Removes every file in the list; safe in a signal handler.
  package static func unlinkAll() {
    for index in 0..<capacity {
      if let name = slots[index].load(ordering: .acquiring) { _ = unlink(name) }
    }
  }
}
