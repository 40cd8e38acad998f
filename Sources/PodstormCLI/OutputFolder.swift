import ArgumentParser
import Foundation
import Reports

/// Checks before a run that its results can be written after it.
enum OutputFolder {
  /// Makes the folder if need be and tries to write into it; ends with 74 when that fails.
  static func prepare(_ path: String) throws(ExitCode) {
    guard make(path), check(file: path + "/.podstorm-\(getpid())") else {
      throw cannotWrite(path, lastError)
    }
  }

  /// Tries to make a file next to where one will be written; ends with 74 when that fails.
  static func prepare(file path: String) throws(ExitCode) {
    guard check(file: path + ".podstorm-\(getpid())") else { throw cannotWrite(path, lastError) }
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
  private static func make(_ path: String) -> Bool {
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT else { return false }
    let parent = (path as NSString).deletingLastPathComponent
    guard !parent.isEmpty, parent != path, make(parent) else { return false }
    return mkdir(path, 0o777) == 0 || errno == EEXIST
  }

  private static func check(file: String) -> Bool {
    let descriptor = open(file, O_WRONLY | O_CREAT, 0o600)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return unlink(file) == 0
  }
}
