import KubernetesManifests

/// Two Services that want the same node port.
package enum NodePortConflict: Rule {
  package static let code = "PS1404"
  package static let severity = Finding.Severity.error
  package static let title = "two Services want the same nodePort"
  package static let cause = """
    Two Services fix the same nodePort. Numbers are the whole cluster's, across namespaces and \
    protocols.
    """
  package static let effect = """
    The second Service is refused with 422, "provided port is already allocated"; which one is \
    the second depends on the order of applying.
    """
  package static let fix = "Remove nodePort from one of them, or from both."

  /// Whether a refusal of the typed reader is this rule's to tell.
  static func owns(_ refusal: Diagnostic) -> Bool {
    refusal.field.hasSuffix(".nodePort") && refusal.message.contains("already allocated")
  }

  package static func findings(in inventory: Inventory) -> [Finding] {
    conflicts(in: inventory).map { conflict in
      finding(
        conflict.service.object,
        at: conflict.span,
        "nodePort \(conflict.number) already belongs to \(conflict.first.title) "
          + "(\(conflict.first.place))",
        fix: "remove nodePort: \(conflict.number) here"
      )
    }
  }

  /// The later of each pair.
  static func conflicts(
    in inventory: Inventory
  ) -> [(service: ServiceView, number: Int, span: SourceSpan, first: ManifestObject)] {
    var owners: [Int: ManifestObject] = [:]
    var found: [(service: ServiceView, number: Int, span: SourceSpan, first: ManifestObject)] = []
    for service in inventory.services {
      for port in service.ports {
        guard let value = port.nodePort, let number = value.integer, number != 0 else { continue }
        if let first = owners[number], first.order != service.object.order {
          found.append((service, number, value.span, first))
        } else {
          owners[number] = service.object
        }
      }
    }
    return found
  }
}
