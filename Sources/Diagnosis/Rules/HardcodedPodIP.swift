import KubernetesManifests

/// An address of a pod in a configuration.
package enum HardcodedPodIP: Rule {
  package static let code = "PS1301"
  package static let severity = Finding.Severity.warning
  package static let title = "an address is hardcoded"
  package static let cause = """
    A variable, an argument, a ConfigMap or a scenario's call leads to a private IPv4 address \
    instead of a name. A pod keeps its address when a container restarts, and loses it when it \
    is replaced.
    """
  package static let effect = """
    When the pod is replaced the client goes on calling the old address: connections time out or \
    end in "no route to host", and once the address is given to another pod they reach a \
    stranger. New replicas get no traffic at all.
    """
  package static let fix = "Call a Service by its name."

  package static func findings(in inventory: Inventory) -> [Finding] {
    let literal = inventory.references.compactMap { reference -> Finding? in
      guard IPv4.isPrivate(reference.host), !inventory.keeps(address: reference.host) else {
        return nil
      }
      return Finding(
        code: code,
        severity: severity,
        object: reference.object,
        span: reference.hostSpan,
        message: "\(reference.source) leads to the address \(reference.host)",
        effect: effect,
        fix: repair(reference, inventory)
      )
    }
    return literal
      + inventory.scenario.calls.compactMap { call in
        guard let span = call.hardcodedIP else { return nil }
        return Finding(
          code: code,
          severity: severity,
          object: "Scenario workload \(call.caller)",
          span: span,
          message: "the call \(call.name) keeps the addresses of pods (routing: hardcodedIP)",
          effect: effect,
          fix: "write `routing: dns`"
        )
      }
  }

  private static func repair(_ reference: NameReference, _ inventory: Inventory) -> String {
    let fitting = inventory.services(in: reference.namespace).filter { service in
      service.ports.contains { port in
        port.number == reference.port || reference.port.map { .number($0) } == port.target
      }
    }
    guard fitting.count == 1, let service = fitting.first, let port = service.ports.first else {
      return "write the name of a Service, such as SERVICE.\(reference.namespace)"
    }
    return "write \(service.object.name):\(port.number), the Service that leads to that port"
  }
}
