/// A node port chosen by hand.
package enum FixedNodePort: Rule {
  package static let code = "PS1403"
  package static let severity = Finding.Severity.note
  package static let title = "nodePort is chosen by hand"
  package static let cause = """
    A Service fixes its nodePort. Above 30085, where automatic allocation takes its numbers, \
    that is a warning.
    """
  package static let effect = """
    The number belongs to the whole cluster: a second copy of the manifest in another namespace \
    is refused with 422, "provided port is already allocated", and so is the first one when an \
    automatic allocation came earlier.
    """
  package static let fix = """
    Leave nodePort out and let the cluster choose, or take one from the static band 30000–30085.
    """
  /// Automatic allocation takes these only when all others are taken.
  private static let staticBand = 30_000...30_085

  package static func findings(in inventory: Inventory) -> [Finding] {
    let conflicting = NodePortConflict.conflicts(in: inventory).map(\.span)
    let open = inventory.services.filter { ["NodePort", "LoadBalancer"].contains($0.type) }
    return open.flatMap { service in
      service.ports.compactMap { port in
        guard let value = port.nodePort, let number = value.integer,
          (30_000...32_767).contains(number), !conflicting.contains(value.span)
        else { return nil }
        let isSafe = staticBand.contains(number)
        return finding(
          service.object,
          at: value.span,
          isSafe
            ? "nodePort \(number) is fixed, so that this Service can exist once per cluster"
            : "nodePort \(number) is fixed inside the band of automatic allocation (30086–32767)",
          severity: isSafe ? severity : .warning,
          fix: "remove nodePort: \(number)"
            + (isSafe ? "" : ", or take one from the static band 30000–30085")
        )
      }
    }
  }
}
