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
