package import KubernetesManifests

/// A Kubernetes object of any kind, as its manifest has it.
///
/// Diagnosis points at single words, also of objects that the API server would refuse, so it reads
/// the located tree; whether the API server accepts the object is the typed reader's to say.
package struct ManifestObject: Sendable {
  package var kind: String
  package var apiVersion: String
  package var name: String
  /// `default` when the manifest names none.
  package var namespace: String
  /// Where the name stands.
  package var nameSpan: SourceSpan
  package var labels: [LocatedLabel]
  package var tree: YAMLValue
  /// The place in the order in which the files are applied.
  package var order: Int

  /// `nil` for what has no kind or no name, of which the reader complains.
  init?(_ tree: YAMLValue, order: Int) {
    guard let kind = tree["kind"]?.text, let name = tree.at("metadata", "name"),
      let nameText = name.text
    else { return nil }
    self.kind = kind
    self.tree = tree
    self.order = order
    self.name = nameText
    nameSpan = name.span
    apiVersion = tree["apiVersion"]?.text ?? ""
    namespace = tree.at("metadata", "namespace")?.text ?? "default"
    labels = LocatedLabel.all(in: tree.at("metadata", "labels"))
  }

  /// `Service default/checkout-service`.
  package var title: String { "\(kind) \(namespace)/\(name)" }

  /// `Service checkout-service`, with the namespace only where it is not the reader's own.
  func title(seenFrom other: String) -> String {
    namespace == other ? "\(kind) \(name)" : title
  }

  /// Whether it is a custom resource.
  var isForeign: Bool {
    guard let group = apiVersion.split(separator: "/").first, group.contains(".") else {
      return false
    }
    return !group.hasSuffix(".k8s.io")
  }

  /// An annotation's entry.
  func annotation(_ key: String) -> YAMLPair? { tree.at("metadata", "annotations")?.pair(key) }

  /// `file:line`, for pointing at a second place.
  var place: String { "\(nameSpan.mark.file):\(nameSpan.mark.line)" }
}
