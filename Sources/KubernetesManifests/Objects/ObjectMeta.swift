/// The name, namespace and labels of an object.
package struct ObjectMeta: Sendable {
  package var name: Located<String>
  /// `default` when the manifest names none.
  package var namespace: String
  package var labels: Labels

  /// `namespace/name`.
  package var qualifiedName: String { "\(namespace)/\(name.value)" }

  /// Which form the API asks of an object's name.
  enum NameForm { case label, subdomain }

  /// Reads `metadata`; `nil` when there is no usable name.
  static func read(
    _ object: inout FieldReader,
    name form: NameForm,
    isNamespaced: Bool = true
  ) -> ObjectMeta? {
    guard var meta = object.mapping("metadata") else {
      object.required("'metadata' with a name must be given", field: "metadata")
      return nil
    }
    let labels = meta.labels("labels")
    meta.checkAnnotations("annotations")
    var namespace = "default"
    if let given = meta.string("namespace") {
      namespace = given
      if !isNamespaced {
        meta.forbidden("not allowed on this type", field: "namespace")
      } else if let problem = DNSName.labelProblem(given) {
        meta.invalid(given, problem, field: "namespace")
      }
    }
    let name = meta.requiredString("name")
    if let name {
      let problem =
        form == .label
        ? DNSName.labelProblem(name.value) : DNSName.subdomainProblem(name.value)
      if let problem { meta.invalid(name.value, problem, field: "name") }
    }
    meta.accept(unusedFields)
    meta.finish()
    return name.map { ObjectMeta(name: $0, namespace: namespace, labels: labels) }
  }

  /// Reads the `metadata` of a pod template, whose name nobody uses.
  static func readTemplate(_ object: inout FieldReader) -> Labels {
    guard var meta = object.mapping("metadata") else { return Labels() }
    let labels = meta.labels("labels")
    meta.checkAnnotations("annotations")
    meta.accept(unusedFields + ["name", "namespace"])
    meta.finish()
    return labels
  }

  private static let unusedFields = [
    "generateName", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp",
    "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences", "finalizers",
    "managedFields",
  ]
}
