#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Files written under temporary names and renamed together at the end.
///
/// Whoever looks sees a whole file or none, and after a failure the files that were there before.
/// Nothing is forced to the disk: a result can be had again from its inputs, so surviving a power
/// cut is not worth the wait.
struct AtomicFiles: ~Copyable {
  /// What was there under the final name.
  private enum Former {
    case nothing
    /// Kept under another name until all files are in place.
    case kept(TemporaryFile)
    /// The file system knows no second names.
    case lost
  }
  private let folder: String
  private var staged: [(temporary: TemporaryFile, final: String)] = []

  /// Files of a folder, which is made when it does not exist.
  init(folder: String) throws(WriteError) {
    self.folder = folder
    try Self.makeFolder(folder)
  }

  /// What was not committed is removed.
  deinit {
    for file in staged { file.temporary.remove() }
  }

  /// Writes a file under a temporary name.
  mutating func stage(_ name: String, _ bytes: [UInt8]) throws(WriteError) {
    let final = folder + "/" + name
    // Renaming onto a folder would fail only after other files have been renamed.
    var status = stat()
    if stat(final, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw WriteError(path: final, code: EISDIR)
    }
    let temporary = TemporaryFile(hidden(final, "tmp"))
    staged.append((temporary, final))
    let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw WriteError(path: final) }
    try OpenFile.write(bytes, to: descriptor, named: final)
  }

  /// Gives every staged file its final name, or none of them.
  mutating func commit() throws(WriteError) {
    var formers: [Former] = []
    for file in staged {
      formers.append(keepFormer(file.final))
      guard rename(file.temporary.path, file.final) == 0 else {
        let error = WriteError(path: file.final)
        restore(formers)
        throw error
      }
    }
    for case .kept(let former) in formers { former.remove() }
    for file in staged { file.temporary.forget() }
    staged = []
  }

  /// Gives a file a second name, under which it outlives the first.
  private func keepFormer(_ final: String) -> Former {
    let second = TemporaryFile(hidden(final, "old"))
    if link(final, second.path) == 0 { return .kept(second) }
    let isMissing = errno == ENOENT
    second.remove()
    return isMissing ? .nothing : .lost
  }

  /// Undoes the renaming of the first files; that of the last one of them has failed.
  private func restore(_ formers: [Former]) {
    for (former, file) in zip(formers, staged) {
      switch former {
      case .kept(let second):
        _ = rename(second.path, file.final)
        second.remove()
      case .nothing: _ = unlink(file.final)
      case .lost: break
      }
    }
  }

  /// A name in the same folder that no other process uses and that no listing shows.
  private func hidden(_ final: String, _ ending: String) -> String {
    let name = final.dropFirst(folder.count + 1)
    return "\(folder)/.\(name).\(getpid()).\(ending)"
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
