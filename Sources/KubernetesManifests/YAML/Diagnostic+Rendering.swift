extension Diagnostic {
  /// `file:line:column: error: message (field.path)`, with the hint on a line of its own.
  package var rendered: String {
    var text = ""
    if let mark { text += "\(mark.file):\(mark.line):\(mark.column): " }
    text += "\(severity.rawValue): \(message)"
    if !field.isEmpty { text += " (\(field))" }
    if let hint { text += "\n  hint: \(hint)" }
    return text
  }
}

extension Diagnostics {
  /// Adds all that another reader found.
  package mutating func add(contentsOf others: [Diagnostic]) {
    for diagnostic in others { add(diagnostic) }
  }

  /// Throws all that was found when any of it is an error.
  package func throwIfErrors() throws(InvalidInput) {
    if hasErrors { throw InvalidInput(diagnostics: all) }
  }
}
