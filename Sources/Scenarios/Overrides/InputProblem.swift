/// Why a path, a name or a URL cannot be used, before it is known where it stands.
struct InputProblem: Error, Hashable, Sendable {
  var message: String
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
