package import KubernetesManifests

/// One field given another value: from `--set`, `overrides`, a variant or a sweep.
///
/// Paths start below `spec` (`run.seed`, `workloads.frontend.backlog`). Workloads may be named by
/// an unambiguous tail of `namespace/kind/name`; list elements by their `name` or as `[0]`.
/// `manifests.KIND.NAME.FIELD…` reaches into a manifest, `autoscalers.NAME.FIELD…` into the `spec`
/// of an HPA and `hpa.FIELD…` into that of the only one. The value `null` removes what the path
/// names: `hpa: null` switches autoscaling off, `…containers.backend.livenessProbe: null` drops a
/// probe. Any other value replaces what was there, mappings included.
package struct Override: Sendable {
  package var path: [PathComponent]
  /// The path as written.
  package var text: String
  package var value: YAMLValue
  /// Where the path was written.
  package var mark: SourceMark

  /// Reads a path; what is wrong with it is reported.
  package init?(_ text: String, value: YAMLValue, at mark: SourceMark, _ reader: YAMLReader) {
    do throws(YAMLPath.Problem) {
      path = try YAMLPath.parse(text)
    } catch {
      reader.report(error.message, at: mark, hint: error.hint)
      return nil
    }
    self.text = text
    self.value = value
    self.mark = mark
  }

  /// Reads `path=value` from the command line, the value being YAML.
  package init?(argument: String, _ reader: YAMLReader) {
    guard let equals = Self.equalsSign(in: argument) else {
      reader.report(
        "'\(argument)' is not path=value",
        at: SourceMark(file: "--set", line: 1, column: 1),
        hint: "such as --set run.seed=7"
      )
      return nil
    }
    let text = String(argument[..<equals])
    let file = "--set \(PrintableText.of(text))"
    let start = SourceMark(file: file, line: 1, column: 1)
    let written = argument[argument.index(after: equals)...]
    // Left alone, an unset variable of a shell would quietly mean the default.
    if written.first(where: { $0 != " " }) ?? "#" == "#" {
      reader.report(
        "no value is given",
        at: start,
        hint: "--set \(text)=null goes back to the default"
      )
      return nil
    }
    let documents = YAMLParser.documents(
      in: Array(written.utf8),
      file: file,
      into: &reader.diagnostics
    )
    self.init(text, value: documents.first ?? .plain("", at: start), at: start, reader)
  }

  /// The first `=` outside quotes.
  private static func equalsSign(in argument: String) -> String.Index? {
    var isQuoted = false
    for index in argument.indices {
      if argument[index] == "\"" { isQuoted.toggle() }
      if argument[index] == "=", !isQuoted { return index }
    }
    return nil
  }
}
