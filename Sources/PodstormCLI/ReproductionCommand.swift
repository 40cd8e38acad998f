/// The command line that gives the same bytes again.
package struct ReproductionCommand {
  private var words: [String] = ["podstorm"]

  init(_ verb: String, _ options: SharedOptions, seed: UInt64, replications: Int) {
    words += [verb, options.scenario]
    for override in options.overrides { words += ["--set", override] }
    words += ["--seed", String(seed), "--replications", String(replications)]
  }

  /// Adds further words.
  mutating func append(_ more: String...) { words += more }

  /// Ready to be pasted into a shell.
  var text: String { words.map(Self.quoted).joined(separator: " ") }

  /// In single quotes when the shell would read it otherwise.
  package static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "-_./=:,@%+".unicodeScalars.contains(scalar))
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
