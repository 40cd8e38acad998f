/// One pod behind a Service.
package enum SingleReplica: Rule {
  package static let code = "PS1601"
  package static let severity = Finding.Severity.note
  package static let title = "a single replica behind a Service"
  package static let cause = """
    A Service leads to one Deployment with one replica, and no autoscaler raises it.
    """
  package static let effect = """
    Whenever the pod's node is drained, fails (about 6 minutes until the pod is replaced) or \
    runs out of memory, nobody answers, and connections are refused at once. A rolling update \
    alone does no harm, because the new pod comes first.
    """
  package static let fix = "Run at least two replicas and a PodDisruptionBudget."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      let workloads = inventory.workloads(behind: service)
      guard workloads.count == 1, let workload = workloads.first,
        workload.object.kind == "Deployment", inventory.largestSize(of: workload) == 1,
        inventory.services(before: workload).first?.object.order == service.object.order
      else { return nil }
      return finding(
        workload.object,
        at: workload.replicasSpan,
        "Service \(service.object.name) has this one pod and no other",
        fix: "write `replicas: 2`"
      )
    }
  }
}
