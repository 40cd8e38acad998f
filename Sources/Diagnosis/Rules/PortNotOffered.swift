/// A client that asks a Service for a port it does not have.
package enum PortNotOffered: Rule {
  package static let code = "PS1203"
  package static let severity = Finding.Severity.error
  package static let title = "a client asks for a port that the Service does not have"
  package static let cause = """
    A URL names a Service of these manifests and a port that is none of spec.ports[].port. \
    Clients use the Service's port, not the container's; only a headless Service has no port of \
    its own.
    """
  package static let effect = """
    The name resolves to the ClusterIP, on which nothing answers for that port: with iptables \
    the connection times out, with nftables it is refused at once.
    """
  package static let fix = "Ask for the Service's port, or add the port to the Service."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.references.compactMap { check($0, inventory) }
  }

  /// The finding for one reference.
  static func check(_ reference: NameReference, _ inventory: Inventory) -> Finding? {
    guard
      case .service(let service) = inventory.resolve(
        reference.host,
        from: reference.namespace
      ), !service.isHeadless, !service.isExternalName, let asked = reference.port,
      !service.ports.isEmpty, !service.ports.contains(where: { $0.number == asked })
    else { return nil }
    let isTarget = service.ports.first { $0.target == .number(asked) }
    let remark = isTarget == nil ? "" : ", which is its targetPort"
    let meant = (isTarget ?? service.ports.first)?.number ?? asked
    return Finding(
      code: code,
      severity: severity,
      object: reference.object,
      span: reference.portSpan,
      message: "\(reference.source) asks \(service.object.title) for port \(asked)\(remark); "
        + "the Service has \(service.portList)",
      effect: effect,
      fix: reference.portSpan == reference.hostSpan
        ? "write \(reference.host):\(meant)" : "write port \(meant)"
    )
  }
}
