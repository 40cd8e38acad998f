package import Foundation

/// What a finished program left behind.
package struct CommandResult: Sendable {
  /// Exit code, or minus the signal that ended the program.
  package var status: Int32
  package var output: String
  package var errors: String
  /// Whether the program was killed because it took longer than allowed.
  package var timedOut: Bool

  /// Everything a failure message needs.
  package var summary: String {
    """
    \(timedOut ? "killed after its time limit" : "exit \(status)")
    stdout: \(output.suffix(2_000))
    stderr: \(errors.suffix(2_000))
    """
  }
}

/// Runs a program to its end and captures what it says.
///
/// Its output goes through files, so a talkative program never blocks on a full pipe.
package func runCommand(
  _ executable: URL,
  _ arguments: [String],
  in folder: URL = Repository.root,
  environment: [String: String] = [:],
  timeout seconds: Double = 120
) throws -> CommandResult {
  try withTemporaryDirectory { scratch in
    let output = scratch.appending(path: "stdout")
    let errors = scratch.appending(path: "stderr")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try emptyFile(output)
    process.standardError = try emptyFile(errors)
    let timedOut = try wait(for: process, seconds: seconds)
    return CommandResult(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8),
      timedOut: timedOut
    )
  }
}

/// Runs a program found through `PATH`, such as `swift`.
package func runCommand(
  named name: String,
  _ arguments: [String],
  in folder: URL = Repository.root,
  environment: [String: String] = [:],
  timeout seconds: Double = 120
) throws -> CommandResult {
  try runCommand(
    URL(filePath: "/usr/bin/env"),
    [name] + arguments,
    in: folder,
    environment: environment,
    timeout: seconds
  )
}

func emptyFile(_ url: URL) throws -> FileHandle {
  try Data().write(to: url)
  return try FileHandle(forWritingTo: url)
}

/// Starts the process and waits for it; true when it had to be killed.
private func wait(for process: Process, seconds: Double) throws -> Bool {
  let ended = DispatchSemaphore(value: 0)
  process.terminationHandler = { _ in ended.signal() }
  try process.run()
  if ended.wait(timeout: .now() + seconds) == .success { return false }
  process.terminate()
  if ended.wait(timeout: .now() + 2) == .success { return true }
  kill(process.processIdentifier, SIGKILL)
  process.waitUntilExit()
  return true
}
