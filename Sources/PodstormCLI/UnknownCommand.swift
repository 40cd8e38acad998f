import ArgumentParser
import KubernetesManifests

/// The parser calls a mistyped command an unexpected argument; this says what was meant.
enum UnknownCommand {
  /// What to print when the first argument is neither an option nor a command; `nil` when it is.
  static func message(_ arguments: [String], root: any ParsableCommand.Type) -> String? {
    guard let first = arguments.first, !first.hasPrefix("-"), first != "help" else { return nil }
    let names = root.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !names.contains(first) else { return nil }
    var text = "podstorm: error: unknown command '\(first)'\n"
    if let closest = EditDistance.nearest(first, in: names) {
      text += "  hint: did you mean '\(closest)'?\n"
    } else {
      text += "  hint: the commands are \(names.joined(separator: ", "))\n"
    }
    return text
  }
}
