import Dispatch
package import Foundation

/// A signal to a running program.
package struct TimedSignal: Sendable {
  /// Seconds after the program's start.
  package var after: Double
  /// Such as `SIGTERM`.
  package var number: Int32

  package init(after: Double, number: Int32) {
    self.after = after
    self.number = number
  }
}

/// Runs a program, sends it signals and waits for its end; killed after a minute.
///
/// - Returns: What it left behind, and the seconds from the last signal to its end.
package func runCommand(
  _ executable: URL,
  _ arguments: [String],
  in folder: URL,
  signals: [TimedSignal]
) throws -> (result: CommandResult, seconds: Double) {
  try withTemporaryDirectory { scratch in
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let output = scratch.appending(path: "stdout")
    let errors = scratch.appending(path: "stderr")
    process.standardOutput = try emptyFile(output)
    process.standardError = try emptyFile(errors)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    let start = ContinuousClock.now
    try process.run()
    var last = start
    for signal in signals {
      let rest = Duration.seconds(signal.after) - (ContinuousClock.now - start)
      usleep(UInt32(max(0, rest / .microseconds(1))))
      last = ContinuousClock.now
      kill(process.processIdentifier, signal.number)
    }
    let timedOut = ended.wait(timeout: .now() + 60) == .timedOut
    if timedOut { kill(process.processIdentifier, SIGKILL) }
    let seconds = (ContinuousClock.now - last) / .seconds(1)
    process.waitUntilExit()
    let result = CommandResult(
      status: process.terminationReason == .exit
        ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8),
      timedOut: timedOut
    )
    return (result, seconds)
  }
}
