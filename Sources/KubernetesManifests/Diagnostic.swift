/// A place in an input file; line and column count from 1, columns in characters.
package struct SourceMark: Hashable, Sendable {
  /// As the user wrote it or as the including file names it, never made absolute.
  package var file: String
  package var line: Int
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One thing to tell the user about an input file.
package struct Diagnostic: Hashable, Sendable {
  /// Only an error stops a run.
  package enum Severity: String, Sendable { case error, warning, note }
  package var severity: Severity
  /// The cause in one sentence, with the offending value quoted.
  package var message: String
  /// `nil` when no place in a file is to blame, such as a missing file.
  package var mark: SourceMark?
  /// The field path, such as `spec.traffic[0].timeout`; empty when there is none.
  package var field: String
  /// What to write instead, such as `did you mean 'timeout'?`.
  package var hint: String?

  package init(
    _ severity: Severity,
    _ message: String,
    at mark: SourceMark?,
    field: String = "",
    hint: String? = nil
  ) {
    self.severity = severity
    self.message = PrintableText.of(message)
    self.mark = mark
    self.field = PrintableText.of(field)
    self.hint = hint.map(PrintableText.of)
  }
}

extension Diagnostic {
  /// The same, with a place when it has none of its own.
  package func placed(at mark: SourceMark?) -> Diagnostic {
    var placed = self
    placed.mark = self.mark ?? mark
    return placed
  }
}

/// Everything found wrong, gathered while reading goes on.
package struct Diagnostics: Sendable {
  /// Errors beyond this many are left out, so that hostile input cannot flood the terminal; the
  /// same holds for remarks.
  package static let errorLimit = 1_000

  package private(set) var all: [Diagnostic] = []
  private var errors = 0
  private var remarks = 0

  package init() {}

  /// Keeps a diagnostic; of too many errors only that there are more.
  package mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error {
      errors += 1
      if errors == Self.errorLimit + 1 {
        all.append(
          Diagnostic(.error, "more errors follow, which are not shown", at: diagnostic.mark)
        )
      }
      if errors > Self.errorLimit { return }
    } else {
      remarks += 1
      if remarks == Self.errorLimit + 1 {
        let more = "more remarks follow, which are not shown"
        all.append(Diagnostic(.note, more, at: diagnostic.mark))
      }
      if remarks > Self.errorLimit { return }
    }
    all.append(diagnostic)
  }

  package var hasErrors: Bool { errors > 0 }

  /// Whether further errors are left out.
  package var isFull: Bool { errors > Self.errorLimit }

  /// Whether further warnings and notes are left out.
  package var areRemarksFull: Bool { remarks > Self.errorLimit }
}

/// Thrown once, after reading everything, with all that was found.
package struct InvalidInput: Error, Sendable {
  package var diagnostics: [Diagnostic]
  /// True when a file named on the command line does not exist or cannot be read (exit 66).
  package var isMissingInput: Bool
  package init(diagnostics: [Diagnostic], isMissingInput: Bool = false) {
    self.diagnostics = diagnostics
    self.isMissingInput = isMissingInput
  }
}
