#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that could not be written, with the reason the system gave.
package struct WriteError: Error, Hashable, Sendable {
  package var path: String
  /// Such as `Permission denied`.
  package var reason: String

  /// Reads the reason from `errno`, so it must be made right after the call that failed.
  init(path: String) {
    self.path = path
    reason = strerror(errno).map { String(cString: $0) } ?? "unknown error"
  }

  init(path: String, code: Int32) {
    self.path = path
    reason = strerror(code).map { String(cString: $0) } ?? "unknown error"
  }
}

/// Files written under temporary names and renamed together at the end.
///
/// Whoever looks sees a whole file or none. Nothing is forced to the disk: a result can be had
/// again from its inputs, so surviving a power cut is not worth the wait.
struct AtomicFiles: ~Copyable {
  private let folder: String
  private var staged: [(temporary: String, final: String)] = []

  /// Files of a folder, which is made when it does not exist.
  init(folder: String) throws(WriteError) {
    self.folder = folder
    try Self.makeFolder(folder)
  }

  /// What was not committed is removed.
  deinit {
    for file in staged { _ = unlink(file.temporary) }
  }

  /// Writes a file under a temporary name.
  mutating func stage(_ name: String, _ bytes: [UInt8]) throws(WriteError) {
    let final = folder + "/" + name
    let temporary = folder + "/." + name + "." + String(getpid()) + ".tmp"
    // Renaming onto a folder would fail only after other files have been renamed.
    var status = stat()
    if stat(final, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw WriteError(path: final, code: EISDIR)
    }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw WriteError(path: final) }
    staged.append((temporary, final))
    guard Self.writeAll(bytes, to: descriptor) else {
      let code = errno
      _ = close(descriptor)
      throw WriteError(path: final, code: code)
    }
    guard close(descriptor) == 0 else { throw WriteError(path: final) }
  }

  /// Gives every staged file its final name.
  mutating func commit() throws(WriteError) {
    while let file = staged.first {
      guard rename(file.temporary, file.final) == 0 else { throw WriteError(path: file.final) }
      staged.removeFirst()
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }

  /// As `mkdir -p` does.
  private static func makeFolder(_ path: String) throws(WriteError) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += part
      if mkdir(prefix, 0o777) != 0 && errno != EEXIST { throw WriteError(path: prefix) }
      prefix += "/"
    }
    var status = stat()
    guard stat(path.isEmpty ? "." : path, &status) == 0 else { throw WriteError(path: path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw WriteError(path: path, code: ENOTDIR)
    }
  }
}
