/// Pods that stop listening before everybody knows.
package enum NoPreStop: Rule {
  package static let code = "PS1506"
  package static let severity = Finding.Severity.note
  package static let title = "no preStop hook behind a Service"
  package static let cause = """
    A Service selects the pods of a Deployment, and no container has a preStop hook.
    """
  package static let effect = """
    SIGTERM and the removal from the endpoints run in parallel. A process that stops listening \
    at once refuses the connections of every node that has not programmed the change yet: a few \
    errors in each rollout and scale-in, unless the process goes on serving for some seconds.
    """
  package static let fix = """
    Add lifecycle.preStop.sleep of 5 to 15 seconds, or let the process go on serving after \
    SIGTERM.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.compactMap { workload in
      guard workload.object.kind == "Deployment",
        let service = inventory.services(before: workload).first,
        workload.containers.allSatisfy({ $0.tree.at("lifecycle", "preStop") == nil }),
        let container = workload.containers.first
      else { return nil }
      return finding(
        workload.object,
        at: container.nameSpan,
        "container \(container.name) has no preStop hook: it may stop listening while Service "
          + "\(service.object.name) still sends connections",
        fix: "add `lifecycle: {preStop: {sleep: {seconds: 5}}}`"
      )
    }
  }
}
