extension ScenarioReference {
  /// Every field as a page: path, type, default, one sentence.
  package static func markdown() -> String {
    var text = """
      # The scenario file

      Generated from the code. Durations are written as in Kubernetes (`250ms`, `5s`, `1h30m`),
      sizes as its quantities.

      Any field is changed by its path: on the command line (`--set run.seed=7`), in `overrides`, in
      a variant and on an axis of `sweep`. Workloads go by any unambiguous tail of their
      `namespace/kind/name`, elements of a list by their `name` or as `[0]`; `null` removes what the
      path names.

      | path | leads to |
      |---|---|
      | `run.seed`, `workloads.frontend.backlog` | a field of `spec` |
      | `manifests.deployment.frontend.spec.replicas` | a field of a manifest, by kind and name |
      | `autoscalers.backend.maxReplicas` | the `spec` of a HorizontalPodAutoscaler, by name |
      | `hpa.maxReplicas` | the same, when there is only one |

      | field | what may stand there | default | meaning |
      |---|---|---|---|

      """
    for line in lines { text += line + "\n" }
    return text
  }

  /// One field with its path.
  package struct Entry: Sendable {
    package var path: String
    package var field: ScenarioField
  }

  /// All fields, depth first, in the order of the file; keys of the user's own are `‹name›`.
  package static let entries: [Entry] = fields.flatMap { entries(of: $0, at: $0.name) }

  private static func entries(of field: ScenarioField, at path: String) -> [Entry] {
    [Entry(path: path, field: field)] + children(of: field.type, at: path)
  }

  private static func children(of type: FieldType, at path: String) -> [Entry] {
    switch type {
    // Eleven laws in four places would drown the page: the type's text names them.
    case .oneOf(_, let shorthand) where shorthand == "deterministic": []
    case .group(let fields), .oneOf(let fields, _):
      fields.flatMap { entries(of: $0, at: path + "." + $0.name) }
    case .map(let key, let element): children(of: element, at: "\(path).‹\(key)›")
    case .list(let element, _): children(of: element, at: path + "[]")
    case .either(_, let second): children(of: second, at: path)
    default: []
    }
  }

  private static var lines: [String] {
    let laws: [Entry] = {
      guard case .oneOf(let fields, _) = distribution else { return [] }
      return fields.flatMap { entries(of: $0, at: "‹distribution›." + $0.name) }
    }()
    return (entries + laws).map { entry in
      let words = entry.field.type.inWords.replacing("|", with: "\\|")
      return "| `\(entry.path)` | \(words) | \(entry.field.presence.inWords) "
        + "| \(entry.field.summary) |"
    }
  }
}

extension ScenarioField.Presence {
  /// What holds when the field is not written, for the reference.
  package var inWords: String {
    switch self {
    case .required: "required"
    case .optional: "none"
    case .preset(let value): "`\(value)`"
    case .filled: "its fields' defaults"
    case .derived(let words): words
    }
  }
}
