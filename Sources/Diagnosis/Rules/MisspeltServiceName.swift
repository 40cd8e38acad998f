import KubernetesManifests

/// A name that is nearly that of a Service.
package enum MisspeltServiceName: Rule {
  package static let code = "PS1303"
  package static let severity = Finding.Severity.error
  package static let title = "a misspelt Service name"
  package static let cause = """
    A host inside the cluster is no Service of these manifests, and one of them is spelt almost \
    like it (a warning when more than one letter in five differs: there may be two).
    """
  package static let effect = """
    DNS answers NXDOMAIN, at once and every time: the client reports "no such host", and no \
    connection is tried.
    """
  package static let fix = "Write the Service's name."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.references.compactMap { check($0, inventory) }
  }

  /// The finding for one reference.
  static func check(_ reference: NameReference, _ inventory: Inventory) -> Finding? {
    guard let meant = nearest(to: reference, inventory) else { return nil }
    let namespace = meant.object.namespace
    let isOwn = namespace == reference.namespace
    return Finding(
      code: code,
      severity: isSure(reference.host, meant) ? severity : .warning,
      object: reference.object,
      span: reference.hostSpan,
      message: "\(reference.source) calls \(reference.host), which is no Service; there is "
        + meant.object.title,
      effect: effect,
      fix: "write \(meant.object.name)" + (isOwn ? "" : ".\(namespace)")
    )
  }

  /// Whether few letters of many differ; short names that are alike may well be two.
  private static func isSure(_ host: String, _ meant: ServiceView) -> Bool {
    let labels = host.split(separator: ".").map(String.init)
    let own = [meant.object.name, meant.object.namespace]
    let distance = zip(labels, own).reduce(0) { $0 + EditDistance.between($1.0, $1.1) }
    return distance * 5 <= labels.prefix(2).reduce(0) { $0 + $1.count }
  }

  /// The Service that was probably meant: a name spelt alike in the same namespace, or the same
  /// name in a namespace spelt alike.
  static func nearest(to reference: NameReference, _ inventory: Inventory) -> ServiceView? {
    guard
      case .missing(let name, let namespace) = inventory.resolve(
        reference.host,
        from: reference.namespace
      )
    else { return nil }
    let named = inventory.services(named: name)
    if !named.isEmpty {
      guard reference.host.contains("."),
        let near = EditDistance.nearest(namespace, in: named.map(\.object.namespace))
      else { return nil }
      return named.first { $0.object.namespace == near }
    }
    let candidates = inventory.services(in: namespace).filter { service in
      abs(service.object.name.utf8.count - name.utf8.count) <= 1 + name.utf8.count / 3
    }
    // Comparing letter by letter with thousands would take long.
    let near = EditDistance.nearest(name, in: candidates.prefix(1_000).map(\.object.name))
    return candidates.first { $0.object.name == near }
  }
}
