/// A ReplicaSet (apps/v1) with the API's defaults filled in.
package struct ReplicaSet: Sendable {
  package var metadata: ObjectMeta
  package var replicas: Located<Int>
  package var selector: Located<LabelSelector>
  package var template: PodTemplate
  package var minReadySeconds: Int
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> ReplicaSet? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let replicas = Located(spec.natural("replicas") ?? 1, at: spec.mark(of: "replicas"))
    let workload = Deployment.readSelectorAndTemplate(&spec)
    let minReady = spec.natural("minReadySeconds") ?? 0
    spec.finish()
    guard let metadata, let (selector, template) = workload else { return nil }
    return ReplicaSet(
      metadata: metadata,
      replicas: replicas,
      selector: selector,
      template: template,
      minReadySeconds: minReady,
      mark: object.mark
    )
  }
}
