/// The name, namespace, labels and annotations of an object.
package struct ObjectMeta: Sendable {
  package var name: Located<String>
  /// `default` when the manifest names none; empty for kinds that live in no namespace.
  package var namespace: String
  package var labels: Labels
  package var annotations: Labels
  /// Where the object stands in its document, such as `items[3]`; empty at the top.
  package var path: String

  /// `namespace/name`.
  package var qualifiedName: String { "\(namespace)/\(name.value)" }

  /// The path of a field of the object, such as `spec.ports`, within its document.
  package func path(of field: String) -> String { path.isEmpty ? field : "\(path).\(field)" }

  /// Which form the API asks of an object's name.
  enum NameForm {
    case label, subdomain
    /// A subdomain with at most so many characters.
    case short(Int)

    func problem(_ name: String) -> String? {
      switch self {
      case .label: DNSName.labelProblem(name)
      case .subdomain: DNSName.subdomainProblem(name)
      case .short(let most):
        DNSName.subdomainProblem(name)
          ?? (name.utf8.count > most ? "must be no more than \(most) characters" : nil)
      }
    }
  }

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
    let annotations = meta.annotations("annotations")
    var namespace = isNamespaced ? "default" : ""
    if let given = meta.located("namespace") {
      namespace = given.value
      if !isNamespaced {
        meta.forbidden("not allowed on this type", field: "namespace")
      } else if let problem = DNSName.labelProblem(given.value) {
        meta.invalid(given.value, problem, field: "namespace")
      }
    }
    let name = meta.requiredString("name")
    if let name, let problem = form.problem(name.value) {
      meta.invalid(name.value, problem, field: "name")
    }
    meta.accept(unusedFields)
    meta.finish()
    return name.map {
      ObjectMeta(
        name: $0,
        namespace: namespace,
        labels: labels,
        annotations: annotations,
        path: object.path
      )
    }
  }

  /// Reads the `metadata` of a template, whose name nobody uses.
  static func readTemplate(
    _ object: inout FieldReader
  ) -> (labels: Located<Labels>, annotations: Labels) {
    guard var meta = object.mapping("metadata") else {
      return (Located(Labels(), at: object.mark), Labels())
    }
    let labels = meta.labels("labels")
    let annotations = meta.annotations("annotations")
    let mark = meta.mark(of: "labels")
    meta.accept(unusedFields + ["name", "namespace"])
    meta.finish()
    return (Located(labels, at: mark), annotations)
  }

  private static let unusedFields = [
    "generateName", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp",
    "deletionTimestamp", "deletionGracePeriodSeconds", "ownerReferences", "finalizers",
    "managedFields",
  ]
}
