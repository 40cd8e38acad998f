#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Reads input files without ever blocking or following a link out of a folder.
package enum InputFileReader {
  /// One file that was read.
  package struct File: Hashable, Sendable {
    /// As the including file names it.
    package var path: String
    package var bytes: [UInt8]
    package var sha256: String

    package init(path: String, bytes: [UInt8], sha256: String) {
      self.path = path
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// Reads one regular file; `shown` is its name in messages.
  package static func read(
    _ path: String,
    shownAs shown: String? = nil,
    limits: YAMLLimits = YAMLLimits()
  ) throws(InvalidInput) -> File {
    let name = shown ?? path
    // O_NONBLOCK: opening a FIFO nobody writes to must not wait.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      let hint = code == ENOENT ? nearestName(to: path, shownAs: name) : nil
      throw refusal(name, reason(code), hint: hint)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw refusal(name, reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw refusal(name, kind(status.st_mode)) }
    let bytes = try readAll(descriptor, named: name, limit: limits.fileSize)
    return File(path: name, bytes: bytes, sha256: SHA256.hexDigest(of: bytes))
  }

  /// The absolute path without links, or `nil` when there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Whether the path names a folder, links followed; `nil` when there is no such file.
  static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder in byte order, without `.` and `..`.
  static func names(inFolder path: String) throws(InvalidInput) -> [String] {
    guard let folder = opendir(path) else { throw refusal(path, reason(errno)) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// An error about a file as a whole.
  static func refusal(_ name: String, _ reason: String, hint: String? = nil) -> InvalidInput {
    let message = "cannot read '\(excerpt(name))': \(reason)"
    return InvalidInput(
      diagnostics: [Diagnostic(.error, message, at: nil, hint: hint)],
      isMissingInput: true
    )
  }

  /// A path for a message: what matters most of it is the end, so that little may be cut off.
  private static func excerpt(_ path: String) -> String {
    YAMLScalar(text: path, style: .quoted).excerpt(upTo: 1_000)
  }

  /// What the name of a missing file was probably meant to be.
  private static func nearestName(to path: String, shownAs shown: String) -> String? {
    func split(_ path: String) -> (folder: String, name: String) {
      let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
      return (String(path[..<slash]), String(path[slash...]))
    }
    let (folder, name) = split(path)
    let present = (try? names(inFolder: folder.isEmpty ? "." : folder)) ?? []
    // Endings are alike, so that with them short names would all seem near.
    func stem(_ name: String) -> String {
      name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
    let stems = present.map(stem)
    guard !name.isEmpty, present.count <= 10_000, !present.contains(name),
      let nearest = EditDistance.nearest(stem(name), in: stems),
      let near = stems.firstIndex(of: nearest).map({ present[$0] })
    else { return nil }
    return "did you mean '\(excerpt(split(shown).folder + near))'?"
  }

  private static func readAll(
    _ descriptor: Int32,
    named name: String,
    limit: Int
  ) throws(InvalidInput) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readChunk(descriptor, &chunk)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw refusal(name, reason(errno)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      if bytes.count > limit {
        throw InvalidInput(diagnostics: [
          Diagnostic(
            .error,
            "the file is larger than \(limit) bytes",
            at: SourceMark(file: name, line: 1, column: 1),
            hint: "split it into several files"
          )
        ])
      }
    }
  }

  private static func readChunk(_ descriptor: Int32, _ chunk: inout [UInt8]) -> Int {
    chunk.withUnsafeMutableBytes { buffer in
      #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
    }
  }

  /// The usual causes in words that depend on no locale.
  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "no such file or folder"
    case ENOTDIR: "a part of the path is not a folder"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a folder"
    case ELOOP: "too many symbolic links"
    case ENAMETOOLONG: "the name is too long"
    case ENXIO: "it is not a regular file"
    default: "system error \(code)"
    }
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "it is a folder, not a file"
    case S_IFIFO: "it is a pipe, not a regular file"
    case S_IFCHR, S_IFBLK: "it is a device, not a regular file"
    case S_IFSOCK: "it is a socket, not a regular file"
    default: "it is not a regular file"
    }
  }
}
