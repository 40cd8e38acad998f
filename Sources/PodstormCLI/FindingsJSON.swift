import Diagnosis
import KubernetesManifests
import Reports

/// Findings for programs.
enum FindingsJSON {
  /// The whole document.
  static func document(_ findings: [Finding], objects: Int) -> JSON {
    let counts = Finding.Severity.allCases.map { severity in
      (
        key: severity.rawValue + "s",
        value: JSON.integer(findings.count { $0.severity == severity })
      )
    }
    return .object(
      [(key: "objects", value: .integer(objects))] + counts
        + [(key: "findings", value: .array(findings.map(finding)))]
    )
  }

  /// A way of a connection.
  static func document(_ walk: ConnectionWalk) -> JSON {
    .object([
      (key: "from", value: .string(walk.client)),
      (key: "to", value: .string(walk.target)),
      (key: "broken", value: .bool(walk.isBroken)),
      (key: "result", value: .string(walk.result)),
      (
        key: "steps",
        value: .array(
          walk.steps.map { step in
            .object([
              (key: "step", value: .string(step.name.rawValue)),
              (key: "outcome", value: .string(step.outcome.rawValue)),
              (key: "text", value: .string(step.text)),
            ])
          }
        )
      ),
      (key: "finding", value: walk.finding.map(finding) ?? .null),
    ])
  }

  private static func finding(_ finding: Finding) -> JSON {
    let mark = finding.span.mark
    return .object([
      (key: "code", value: .string(finding.code)),
      (key: "severity", value: .string(finding.severity.rawValue)),
      (key: "object", value: .string(finding.object)),
      (key: "file", value: .string(mark.file)),
      (key: "line", value: .integer(mark.line)),
      (key: "column", value: .integer(mark.column)),
      (key: "length", value: .integer(finding.span.length)),
      (key: "message", value: .string(finding.message)),
      (key: "effect", value: .string(finding.effect)),
      (key: "fix", value: .string(finding.fix)),
    ])
  }
}
