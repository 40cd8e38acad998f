/// An Ingress that asks for a port the Service does not have.
package enum IngressPortMissing: Rule {
  package static let code = "PS1702"
  package static let severity = Finding.Severity.error
  package static let title = "the Ingress asks for a port that the Service does not have"
  package static let cause = """
    A backend gives a port number or name that is none of the Service's spec.ports. What counts \
    is the Service's port, not the container's.
    """
  package static let effect = """
    ingress-nginx finds no endpoints for it and answers 503, although all pods are Ready.
    """
  package static let fix = "Write a port of the Service."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.ingresses.flatMap { ingress in
      ingress.routes.compactMap { route in
        guard let name = route.service.text, let port = route.port, let word = PortWord(port),
          let service = inventory.service(name, in: ingress.object.namespace),
          !service.isExternalName, let first = service.ports.first,
          !service.ports.contains(where: { offers($0, word) })
        else { return nil }
        let meant = service.ports.first { $0.target == word } ?? first
        let remark = meant.target == word ? ", which is its targetPort" : ""
        return finding(
          ingress.object,
          at: port.span,
          "Service \(name) has no port \(port.text ?? "")\(remark); it has \(service.portList)",
          fix: "write `number: \(meant.number)`"
        )
      }
    }
  }

  private static func offers(_ port: ServiceView.Port, _ word: PortWord) -> Bool {
    switch word {
    case .number(let number): port.number == number
    case .name(let name): port.name == name
    }
  }
}
