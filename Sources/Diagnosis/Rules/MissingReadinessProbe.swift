/// Pods that get traffic as soon as their process runs.
package enum MissingReadinessProbe: Rule {
  package static let code = "PS1501"
  package static let severity = Finding.Severity.warning
  package static let title = "no readiness probe behind a Service"
  package static let cause = """
    A Service selects the pods, and none of their containers has a readiness probe.
    """
  package static let effect = """
    A pod counts as ready the moment its container runs, and for as long as the process lives: \
    during start every new pod refuses connections, in each rollout and each scale-out, and a \
    pod that hangs keeps its share of the traffic.
    """
  package static let fix = "Add a readinessProbe that asks what the Service's clients need."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.compactMap { workload in
      guard workload.isLasting, let service = inventory.services(before: workload).first,
        workload.containers.allSatisfy({ $0.readiness == nil }),
        let container = serving(workload, service)
      else { return nil }
      let port = container.ports.first.map { $0.name ?? String($0.number) } ?? "PORT"
      return finding(
        workload.object,
        at: container.nameSpan,
        "container \(container.name) has no readinessProbe, and Service \(service.object.name) "
          + "sends it traffic",
        fix: "add `readinessProbe: {httpGet: {path: /ready, port: \(port)}}` or a tcpSocket probe"
      )
    }
  }

  /// The container that has the Service's port, or else the first.
  private static func serving(
    _ workload: WorkloadView,
    _ service: ServiceView
  ) -> ContainerView? {
    workload.containers.first { container in
      service.ports.contains { port in
        container.ports.contains {
          port.target == .number($0.number) || $0.name.map { .name($0) } == port.target
        }
      }
    } ?? workload.containers.first
  }
}
