package import Foundation

/// The built program, for tests that use it as its users do.
package enum Podstorm {
  /// Where the binary is: beside the running tests, or where `PODSTORM_BINARY` says.
  package static var binary: URL {
    if let path = ProcessInfo.processInfo.environment["PODSTORM_BINARY"] {
      return URL(filePath: path)
    }
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let beside = tests.appending(path: "podstorm")
    let isThere = FileManager.default.isExecutableFile(atPath: beside.path)
    return isThere ? beside : Repository.url(".build/release/podstorm")
  }

  /// Runs `podstorm` with the given arguments, in the repository's root unless told otherwise.
  package static func run(
    _ arguments: [String],
    in folder: URL = Repository.root,
    environment: [String: String] = [:],
    timeout seconds: Double = 300
  ) throws -> CommandResult {
    try runCommand(
      binary,
      arguments,
      in: folder,
      environment: environment,
      timeout: seconds
    )
  }
}
