/// A StatefulSet behind a Service with an address of its own.
package enum GoverningServiceNotHeadless: Rule {
  package static let code = "PS1610"
  package static let severity = Finding.Severity.warning
  package static let title = "the StatefulSet's governing Service is not headless"
  package static let cause = "spec.serviceName of a StatefulSet names a Service with a ClusterIP."
  package static let effect = """
    The Service's name leads to one address that spreads connections over all replicas, so that \
    writes meant for the primary reach any of them. CoreDNS answers for single pods all the \
    same, which the DNS specification does not promise, and only for ready ones.
    """
  package static let fix = """
    Write clusterIP: None. It cannot be changed later: delete the Service and create it anew, \
    best with a second, ordinary Service for clients that may reach any replica.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.filter { $0.object.kind == "StatefulSet" }.compactMap { workload in
      guard let value = workload.object.tree.at("spec", "serviceName"), let name = value.text,
        let service = inventory.service(name, in: workload.object.namespace),
        !service.isHeadless, service.selects(workload)
      else { return nil }
      return finding(
        workload.object,
        at: value.span,
        "Service \(name) has a ClusterIP, so that \(name) leads to any of the "
          + "\(workload.replicas ?? 1) replicas",
        severity: workload.replicas ?? 1 > 1 ? severity : .note,
        fix: "write `clusterIP: None` in Service \(name) (\(service.object.place))"
      )
    }
  }
}
