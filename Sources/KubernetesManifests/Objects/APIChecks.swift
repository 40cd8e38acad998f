/// The checks of the API server, worded with its own kinds of error.
///
/// Where the server blames another field than the one that the user wrote, `reportedAs` names it.
extension FieldReader {
  /// Reports `Invalid value`.
  package func invalid(
    _ value: String,
    _ reason: String,
    field name: String,
    reportedAs other: String? = nil
  ) {
    reader.report(
      "Invalid value: '\(YAMLScalar(text: value, style: .quoted).excerpt)': \(reason)",
      at: mark(of: name),
      path: path(of: other ?? name)
    )
  }

  /// Reports `Required value`.
  package func required(
    _ reason: String,
    field name: String,
    reportedAs other: String? = nil,
    hint: String? = nil
  ) {
    guard isValid else { return }
    reader.report(
      "Required value: \(reason)",
      at: mark(of: name),
      path: path(of: other ?? name),
      hint: hint
    )
  }

  /// Reports `Forbidden`.
  package func forbidden(
    _ reason: String,
    field name: String,
    reportedAs other: String? = nil,
    hint: String? = nil
  ) {
    reader.report(
      "Forbidden: \(reason)",
      at: mark(of: name),
      path: path(of: other ?? name),
      hint: hint
    )
  }

  /// Reports `Duplicate value`.
  package func duplicate(
    _ value: String,
    field name: String,
    reportedAs other: String? = nil
  ) {
    reader.report(
      "Duplicate value: '\(YAMLScalar(text: value, style: .quoted).excerpt)'",
      at: mark(of: name),
      path: path(of: other ?? name)
    )
  }

  /// Reports `Unsupported value`.
  func unsupported(
    _ value: String,
    of choices: [String],
    field name: String,
    reportedAs other: String? = nil
  ) {
    let supported = choices.map { "'\($0)'" }.joined(separator: ", ")
    reader.report(
      "Unsupported value: '\(YAMLScalar(text: value, style: .quoted).excerpt)': "
        + "supported values: \(supported)",
      at: mark(of: name),
      path: path(of: other ?? name),
      hint: EditDistance.nearest(value, in: choices).map { "did you mean '\($0)'?" }
    )
  }

  /// Warns that a field that was read has no effect yet.
  func warnNotSimulated(_ name: String, unless isDefault: Bool) {
    if isDefault || !has(name) || reader.isReadingUnsimulatedKind { return }
    reader.warn(
      "'\(name)' is accepted, not simulated yet",
      at: mark(of: name),
      path: path(of: name)
    )
  }
}
