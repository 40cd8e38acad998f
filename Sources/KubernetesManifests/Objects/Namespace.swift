/// A Namespace (v1).
package struct Namespace: Sendable {
  package var metadata: ObjectMeta
  package var mark: SourceMark

  package var name: Located<String> { metadata.name }
  package var labels: Labels { metadata.labels }

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Namespace? {
    let metadata = ObjectMeta.read(&object, name: .label, isNamespaced: false)
    object.accept(["spec", "status"])
    object.finish()
    return metadata.map { Namespace(metadata: $0, mark: object.mark) }
  }
}
