/// A name inside the cluster that no manifest explains.
package enum UnknownServiceName: Rule {
  package static let code = "PS1304"
  package static let severity = Finding.Severity.note
  package static let title = "no Service of that name in these manifests"
  package static let cause = """
    A host can only be meant for a Service of this cluster, and none of these manifests defines \
    it. It may come from elsewhere.
    """
  package static let effect = """
    If nobody else creates the Service, DNS answers NXDOMAIN, at once and every time.
    """
  package static let fix = """
    Add the Service, or its manifest to the diagnosis; or correct the name.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.references.compactMap { check($0, inventory) }
  }

  /// The finding for one reference.
  static func check(_ reference: NameReference, _ inventory: Inventory) -> Finding? {
    guard
      case .missing(let name, let namespace) = inventory.resolve(
        reference.host,
        from: reference.namespace
      ), MisspeltServiceName.nearest(to: reference, inventory) == nil,
      reference.host.contains(".") || inventory.services(named: name).isEmpty
    else { return nil }
    let elsewhere = inventory.services(named: name).first
    let where_ = elsewhere.map { "; namespace \($0.object.namespace) has one" } ?? ""
    return Finding(
      code: code,
      severity: severity,
      object: reference.object,
      span: reference.hostSpan,
      message: "\(reference.source) calls \(reference.host), but no Service \(name) of namespace "
        + "\(namespace) is among these manifests\(where_)",
      effect: effect,
      fix: elsewhere.map { "write \(name).\($0.object.namespace)" }
        ?? "add the manifest of Service \(namespace)/\(name), or correct the name"
    )
  }
}
