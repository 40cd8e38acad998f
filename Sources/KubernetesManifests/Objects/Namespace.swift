/// A Namespace (v1).
package struct Namespace: Sendable {
  package var name: Located<String>
  package var labels: Labels
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Namespace? {
    let metadata = ObjectMeta.read(&object, name: .label, isNamespaced: false)
    object.accept(["spec", "status"])
    object.finish()
    return metadata.map { Namespace(name: $0.name, labels: $0.labels, mark: object.mark) }
  }
}
