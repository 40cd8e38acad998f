/// A Pod (v1) that no controller made.
package struct Pod: Sendable {
  package var metadata: ObjectMeta
  package var spec: PodSpec
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Pod? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    let spec = PodSpec.read(&object, owner: .nobody)
    object.accept(["status"])
    object.finish()
    guard let metadata, let spec else { return nil }
    return Pod(metadata: metadata, spec: spec, mark: object.mark)
  }
}

extension Pod {
  /// The pod as if a controller had stamped it out.
  package var template: PodTemplate {
    PodTemplate(labels: metadata.labels, annotations: metadata.annotations, spec: spec, mark: mark)
  }
}
