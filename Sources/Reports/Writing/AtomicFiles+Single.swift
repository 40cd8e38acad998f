#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension AtomicFiles {
  /// Writes one file: a regular one as a whole, a device or a pipe as it is.
  ///
  /// A link is followed, so that what it leads to changes and the link stays.
  static func write(_ bytes: [UInt8], to path: String) throws(WriteError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind != S_IFREG, kind != S_IFDIR {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw WriteError(path: path) }
      return try OpenFile.write(bytes, to: descriptor, named: path)
    }
    let target = exists ? realPath(path) ?? path : path
    let slash = target.lastIndex(of: "/")
    let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
    let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
    do {
      var files = try AtomicFiles(folder: folder)
      try files.stage(name, bytes)
      try files.commit()
    } catch {
      // The user's own spelling, unless it is a folder above the file that could not be made.
      throw error.path == folder ? error : WriteError(path: path, reason: error.reason)
    }
  }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
