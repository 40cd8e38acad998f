import KubernetesManifests

/// `nodePort: 8080` and the like.
package enum NodePortOutOfRange: Rule {
  package static let code = "PS1002"
  package static let severity = Finding.Severity.error
  package static let title = "nodePort out of range"
  package static let cause = "A Service asks for a nodePort outside 30000–32767."
  package static let effect = """
    The API server refuses the Service with 422 on spec.ports[i].nodePort; nothing is created or \
    changed, so a client of a new Service gets NXDOMAIN.
    """
  package static let fix = """
    Leave nodePort out, so that a free one is allocated, or choose one from 30000 to 32767.
    """

  /// Whether a refusal of the typed reader is this rule's to tell.
  static func owns(_ refusal: Diagnostic) -> Bool {
    refusal.field.hasSuffix(".nodePort") && refusal.message.contains("not in the valid range")
  }

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.filter { ["NodePort", "LoadBalancer"].contains($0.type) }
      .flatMap { service in
        service.ports.compactMap { port in
          guard let value = port.nodePort, let number = value.integer, number != 0,
            !(30_000...32_767).contains(number)
          else { return nil }
          return finding(
            service.object,
            at: value.span,
            "nodePort \(number) is outside the cluster's range 30000–32767",
            fix: "remove nodePort: \(number); clients inside the cluster keep using port "
              + "\(port.number), and those outside get a free port of the range"
          )
        }
      }
  }
}
