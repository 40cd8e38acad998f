/// A headless Service that pretends to map ports.
package enum HeadlessPortMapping: Rule {
  package static let code = "PS1204"
  package static let severity = Finding.Severity.warning
  package static let title = "a headless Service maps no ports"
  package static let cause = """
    A headless Service (clusterIP: None) has a targetPort that differs from its port.
    """
  package static let effect = """
    DNS gives the pods' own addresses and no proxy is in between, so port is never translated: a \
    client of the Service's port is refused by the pods at once. Only SRV records tell the right \
    port.
    """
  package static let fix = "Make port equal to the containers' port, and let clients use it."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.filter(\.isHeadless).flatMap { service in
      service.ports.compactMap { port in
        let numbers = inventory.workloads(behind: service)
          .compactMap { $0.ports.number(of: port.target, transport: port.transport) }
        guard let real = numbers.first ?? number(port.target), real != port.number else {
          return nil
        }
        return finding(
          service.object,
          at: port.numberSpan,
          "port \(port.number) is not translated to \(real): the Service is headless",
          fix: "write `port: \(real)`"
        )
      }
    }
  }

  private static func number(_ word: PortWord) -> Int? {
    if case .number(let number) = word { number } else { nil }
  }
}
