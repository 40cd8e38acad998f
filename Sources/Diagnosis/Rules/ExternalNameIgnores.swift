/// Fields of an ExternalName that do nothing.
package enum ExternalNameIgnores: Rule {
  package static let code = "PS1407"
  package static let severity = Finding.Severity.warning
  package static let title = "an ExternalName ignores selector and ports"
  package static let cause = """
    A Service of type ExternalName has a selector, or a port with another targetPort.
    """
  package static let effect = """
    The Service is a CNAME and nothing else: no pod becomes an endpoint and no port is \
    translated, so clients reach the external host on the port they ask for, or get refused \
    there.
    """
  package static let fix = """
    Remove the field; for pods of this cluster make the Service a ClusterIP.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.filter(\.isExternalName).flatMap { service -> [Finding] in
      var found = service.ports.compactMap { port -> Finding? in
        guard port.target != .number(port.number) else { return nil }
        return finding(
          service.object,
          at: port.targetSpan,
          "targetPort is ignored: an ExternalName translates no port \(port.number)",
          fix: "remove targetPort, and let clients ask for the external host's own port"
        )
      }
      if let selector = service.spec.pair("selector"), !service.selector.isEmpty {
        found.append(
          finding(
            service.object,
            at: selector.keySpan,
            "the selector \(service.selector.text) is ignored: an ExternalName has no endpoints",
            fix: "remove the selector, or write `type: ClusterIP` and remove externalName"
          )
        )
      }
      return found
    }
  }
}
