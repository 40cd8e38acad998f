/// An Ingress (networking.k8s.io/v1) with the API's defaults filled in.
package struct Ingress: Sendable {
  /// How a path is compared with that of a request.
  package enum PathType: String, CaseIterable, Sendable {
    case exact = "Exact"
    case prefix = "Prefix"
    case implementationSpecific = "ImplementationSpecific"
  }
  /// Where requests go.
  package enum Backend: Hashable, Sendable {
    case service(name: String, port: PortReference, SourceMark)
    /// An object that is no Service, in words.
    case resource(String, SourceMark)
  }
  /// One of a rule's `paths`.
  package struct Path: Hashable, Sendable {
    /// Empty stands for every path.
    package var path: String
    package var type: PathType
    package var backend: Backend
    package var mark: SourceMark
  }
  /// One of `rules`.
  package struct Rule: Hashable, Sendable {
    /// A name, a wildcard such as `*.shop.example`, or empty for every host.
    package var host: String
    /// Empty sends everything for the host to the default backend.
    package var paths: [Path]
    package var mark: SourceMark
  }
  /// One of `tls`.
  package struct TLS: Hashable, Sendable {
    package var hosts: [String]
    package var secretName: String?
  }
  package var metadata: ObjectMeta
  package var ingressClassName: Located<String>?
  package var defaultBackend: Backend?
  package var rules: [Rule]
  package var tls: [TLS]
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Ingress? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.invalid("", "either `defaultBackend` or `rules` must be specified", field: "spec")
      return nil
    }
    let className = spec.located("ingressClassName", without: DNSName.subdomainProblem)
    let backend = IngressReader.backend(&spec, "defaultBackend")
    let rules = spec.mappings("rules").map(IngressReader.rule)
    if spec.isValid, !spec.has("defaultBackend"), !spec.has("rules") || spec.isEmptyList("rules") {
      spec.invalid("", "either `defaultBackend` or `rules` must be specified", field: "")
    }
    let tls = spec.mappings("tls").map(IngressReader.tls)
    spec.finish()
    guard let metadata else { return nil }
    checkClass(className, metadata, object)
    return Ingress(
      metadata: metadata,
      ingressClassName: className,
      defaultBackend: backend,
      rules: rules,
      tls: tls,
      mark: object.mark
    )
  }

  private static let classAnnotation = "kubernetes.io/ingress.class"

  private static func checkClass(
    _ name: Located<String>?,
    _ metadata: ObjectMeta,
    _ object: FieldReader
  ) {
    guard let name, let old = metadata.annotations[classAnnotation], old != name.value else {
      return
    }
    object.reader.report(
      "Invalid value: '\(YAMLScalar(text: old, style: .quoted).excerpt)': "
        + "must match `ingressClassName` when both are specified",
      at: name.mark,
      path: object.path(of: "annotations.\(classAnnotation)")
    )
  }
}
