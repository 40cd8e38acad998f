#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that is not to outlive the process under this name.
struct TemporaryFile {
  var path: String
  private var slot: Leftovers.Slot?

  /// Remembers the name; the file is made by whoever asked.
  init(_ path: String) {
    self.path = path
    slot = Leftovers.add(path)
  }

  /// Removes the file, if it is there.
  func remove() {
    _ = unlink(path)
    forget()
  }

  /// The file has another name now.
  func forget() { Leftovers.remove(slot) }
}
