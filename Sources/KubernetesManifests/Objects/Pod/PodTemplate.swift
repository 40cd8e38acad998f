/// The pod that a workload stamps out.
package struct PodTemplate: Sendable {
  package var labels: Labels
  package var annotations: Labels
  package var spec: PodSpec
  package var mark: SourceMark

  package var containers: [Container] { spec.containers }
  package var terminationGracePeriodSeconds: Int { spec.terminationGracePeriodSeconds }

  /// Reads `spec.template`; `selector` must match its labels.
  static func read(
    _ spec: inout FieldReader,
    owner: PodSpec.Owner = .controller,
    matching selector: Located<LabelSelector>? = nil,
    matchesNothing: Bool = false
  ) -> PodTemplate? {
    guard var template = spec.mapping("template") else {
      spec.required("'template' must be given", field: "template")
      return nil
    }
    let (labels, annotations) = ObjectMeta.readTemplate(&template)
    if matchesNothing || !(selector?.value.matches(labels.value) ?? true) {
      let shown = YAMLScalar(text: labels.value.text, style: .quoted).excerpt
      template.reader.report(
        "Invalid value: `selector` does not match template `labels` '\(shown)'",
        at: labels.mark,
        path: template.path(of: "metadata.labels")
      )
    }
    defer { template.finish() }
    guard let pod = PodSpec.read(&template, owner: owner) else { return nil }
    return PodTemplate(
      labels: labels.value,
      annotations: annotations,
      spec: pod,
      mark: template.mark
    )
  }
}
