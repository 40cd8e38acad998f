package import ArgumentParser
import Foundation

/// The command line: parses, calls, prints and exits, and is the only part that does.
package struct Podstorm: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "podstorm",
    abstract: "Simulates what users feel when a Kubernetes cluster has a bad day.",
    discussion: """
      Results go to standard output, progress and remarks to standard error.

      EXIT CODES:
        0    everything ran, every threshold held, nothing wrong was found
        2    diagnose found errors, lookup found nothing
        64   wrong usage
        65   invalid scenario or manifest
        66   a file named on the command line cannot be read
        69   a program that is needed is missing (plot)
        70   a defect of podstorm itself
        74   results cannot be written
        98   a threshold cannot be decided with so few replications
        99   a threshold is broken
        130  interrupted; finished runs are kept
        143  terminated; finished runs are kept
      """,
    version: "podstorm \(podstormVersion)",
    subcommands: [
      RunCommand.self, SweepCommand.self, PlotCommand.self, DiagnoseCommand.self, GetCommand.self,
      DescribeCommand.self, LookupCommand.self,
    ]
  )

  package init() {}

  /// Runs the program and ends the process with its exit code.
  package static func start() -> Never {
    Console.occupyClosedStreams()
    // A reader that went away ("| head") is seen as an error of write, and ends the output quietly.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that grows beyond the limit of the process, which ends with 74.
    signal(SIGXFSZ, SIG_IGN)
    Interruption.shared.install()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let message = UnknownCommand.message(arguments, root: Self.self) {
      Console.standardError.write(message)
      exit(withError: ExitCode.usage)
    }
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      exit(withError: ExitCode.success)
    } catch let error where isForParser(error) {
      exit(error)
    } catch {
      Console.standardError.write(
        "podstorm: internal error: \(error)\n"
          + "  hint: a defect of podstorm; please report it with the command and its input\n"
      )
      exit(withError: ExitCode.internalError)
    }
  }

  /// Ends the process; help and version are results, which must not get lost.
  private static func exit(_ error: any Error) -> Never {
    guard !(error is ExitCode), exitCode(for: error) == .success else { exit(withError: error) }
    do {
      try Console.standardOutput.deliver(fullMessage(for: error) + "\n")
      exit(withError: ExitCode.success)
    } catch {
      exit(withError: error)
    }
  }

  /// Whether the parser knows how to print the error and which exit code it has.
  private static func isForParser(_ error: any Error) -> Bool {
    if error is ExitCode || error is CleanExit || error is ValidationError { return true }
    // Errors of parsing, help and version requests have a type that the parser keeps to itself.
    let code = exitCode(for: error)
    return code == .success || code == .validationFailure
  }
}
