import ArgumentParser
import Foundation
import Reports

/// Checks before a run that its results can be written after it.
struct OutputFolder {
  /// Folders that did not exist before, the outermost first.
  private var made: [String] = []

  /// Makes the folder if need be and tries to write into it; ends with 74 when that fails.
  init(preparing path: String) throws(ExitCode) {
    guard make(path), Self.check(file: path + "/.podstorm-\(getpid())") else {
      let reason = Self.lastError
      removeIfEmpty()
      throw Self.cannotWrite(path, reason)
    }
  }

  /// Removes the folders again that were made for results which never came.
  func removeIfEmpty() {
    for folder in made.reversed() { rmdir(folder) }
  }

  /// Checks that a file can be written, without touching it; ends with 74 when it cannot.
  static func prepare(file path: String) throws(ExitCode) {
    var status = stat()
    let exists = stat(path, &status) == 0
    switch exists ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFDIR: throw cannotWrite(path, String(cString: strerror(EISDIR)))
    case S_IFREG:
      // The file is replaced by another one, which takes a folder that can be written to.
      guard check(file: path + ".podstorm-\(getpid())") else { throw cannotWrite(path, lastError) }
    default: guard access(path, W_OK) == 0 else { throw cannotWrite(path, lastError) }
    }
  }

  /// Writes a whole file under a temporary name and then renames it; ends with 74 on failure.
  static func write(_ bytes: [UInt8], to path: String) throws(ExitCode) {
    do {
      try ResultFolder.writeFile(bytes, to: path)
    } catch {
      throw cannotWrite(error.path, error.reason)
    }
  }

  /// Says what could not be written and why.
  static func cannotWrite(_ path: String, _ reason: String) -> ExitCode {
    Console.standardError.write("podstorm: error: cannot write '\(path)': \(reason)\n")
    return .cannotWrite
  }

  /// The system's own words, because they are the ones that can be looked up.
  private static var lastError: String { String(cString: strerror(errno)) }

  /// Makes a folder and those above it; true when it is there in the end.
  private mutating func make(_ path: String) -> Bool {
    if makeLast(path) { return true }
    guard errno == ENOENT else { return false }
    let parent = (path as NSString).deletingLastPathComponent
    guard !parent.isEmpty, parent != path, make(parent) else { return false }
    return makeLast(path)
  }

  private mutating func makeLast(_ path: String) -> Bool {
    guard mkdir(path, 0o777) == 0 else { return errno == EEXIST }
    made.append(path)
    return true
  }

  private static func check(file: String) -> Bool {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return unlink(file) == 0
  }
}
