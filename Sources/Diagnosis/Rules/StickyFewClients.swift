/// `sessionAffinity: ClientIP` where few addresses call.
package enum StickyFewClients: Rule {
  package static let code = "PS1410"
  package static let severity = Finding.Severity.note
  package static let title = "ClientIP affinity behind few addresses"
  package static let cause = """
    A Service has sessionAffinity: ClientIP. Behind an Ingress, which talks to the pods itself, \
    that is a warning.
    """
  package static let effect = """
    All clients behind one address (a node's, a proxy's, a gateway's) keep to one pod for three \
    hours after the last connection: pods added by the autoscaler stay idle. An Ingress \
    controller that connects to pods directly ignores it altogether.
    """
  package static let fix = """
    Remove it, or let the Ingress controller set a cookie.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard let value = service.spec.at("sessionAffinity"), value.text == "ClientIP" else {
        return nil
      }
      let ingress = inventory.ingresses.first { $0.leads(to: service) }
      return finding(
        service.object,
        at: value.span,
        ingress.map {
          "affinity by client address does nothing for requests through Ingress "
            + "\($0.object.name), whose controller connects to the pods itself"
        } ?? "all clients that share an address share one pod",
        severity: ingress == nil ? severity : .warning,
        fix: ingress == nil
          ? "remove sessionAffinity unless the pods keep sessions in memory"
          : "remove sessionAffinity, and use the controller's cookie affinity if sessions need it"
      )
    }
  }
}
