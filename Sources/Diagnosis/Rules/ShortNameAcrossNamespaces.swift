/// A short name for a Service of another namespace.
package enum ShortNameAcrossNamespaces: Rule {
  package static let code = "PS1302"
  package static let severity = Finding.Severity.error
  package static let title = "a short name for a Service in another namespace"
  package static let cause = """
    A host without a dot is looked up in the caller's own namespace, which has no such Service; \
    another namespace has it.
    """
  package static let effect = """
    DNS answers NXDOMAIN, at once and every time: the client reports "no such host", and no \
    connection is tried.
    """
  package static let fix = """
    Write SERVICE.NAMESPACE. The full SERVICE.NAMESPACE.svc.cluster.local works, too, but \
    without a dot at its end costs four lookups instead of two.
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
      ), namespace == reference.namespace, !reference.host.contains("."),
      let other = inventory.services(named: name).first
    else { return nil }
    return Finding(
      code: code,
      severity: severity,
      object: reference.object,
      span: reference.hostSpan,
      message: "\(reference.source) calls \(name), which is no Service of namespace "
        + "\(namespace); the Service \(name) is in namespace \(other.object.namespace)",
      effect: effect,
      fix: "write \(name).\(other.object.namespace)"
    )
  }
}
