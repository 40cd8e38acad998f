import KubernetesManifests

/// Objects that the API server refuses: nothing of them ever runs.
package enum RejectedByAPIServer: Rule {
  package static let code = "PS1001"
  package static let severity = Finding.Severity.error
  package static let title = "the API server refuses the object"
  package static let cause = """
    A field is missing, unknown, misspelt or has a value that the API server's validation \
    refuses.
    """
  package static let effect = """
    `kubectl apply` fails with 422 (or 400) and leaves the cluster as it was: the object as \
    written never exists, and what was there before keeps running.
    """
  package static let fix = "Correct the field; the finding names the nearest right spelling."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.refusals.compactMap { refusal in
      guard let mark = refusal.mark, !NodePortOutOfRange.owns(refusal),
        !NodePortConflict.owns(refusal)
      else { return nil }
      let object = inventory.object(at: mark)
      let field = refusal.field.isEmpty ? "" : "\(refusal.field): "
      return Finding(
        code: code,
        severity: severity,
        object: object?.title ?? mark.file,
        span: inventory.word(at: mark),
        message: field + refusal.message,
        effect: effect,
        fix: refusal.hint ?? "correct the value"
      )
    }
  }
}
