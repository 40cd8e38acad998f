import KubernetesManifests

/// A numeric targetPort that no container of the selected pods declares.
package enum TargetPortNobodyListens: Rule {
  package static let code = "PS1201"
  package static let severity = Finding.Severity.error
  package static let title = "nobody listens on the targetPort"
  package static let cause = """
    The Service forwards to a port number that none of the selected pods' containers declares, \
    though they declare others. (A port need not be declared to be open; one that is declared \
    and never asked for is a sign of a slip; without one it is a warning.)
    """
  package static let effect = """
    The endpoints are listed and look healthy, but the pod's kernel answers every connection \
    with a reset: connection refused at once, 502 behind a proxy.
    """
  package static let fix = "Write the containers' port, best by its name."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.flatMap { service in
      service.ports.flatMap { port in
        inventory.workloads(behind: service).compactMap { check(port, of: service, $0) }.prefix(1)
      }
    }
  }

  /// Whether a declared port is left over that no port of the Service leads to.
  private static func isSlip(_ service: ServiceView, _ workload: WorkloadView) -> Bool {
    workload.ports.contains { declared in
      !service.ports.contains { port in
        workload.ports.number(of: port.target, transport: port.transport) == declared.number
      }
    }
  }

  private static func check(
    _ port: ServiceView.Port,
    of service: ServiceView,
    _ workload: WorkloadView
  ) -> Finding? {
    // Clients of a headless Service choose the pod's port themselves.
    guard case .number(let number) = port.target, !service.isHeadless, !workload.ports.isEmpty
    else { return nil }
    let same = workload.ports.filter { $0.number == number }
    if same.contains(where: { $0.transport == port.transport }) { return nil }
    let pods = "the pods of \(workload.title(seenFrom: service.object.namespace))"
    if let other = same.first {
      return finding(
        service.object,
        at: port.targetSpan,
        "port \(port.number) is \(port.transport), but \(pods) serve \(number) over "
          + other.transport,
        effect: "connections of the wrong transport are answered by nobody: TCP is refused, UDP "
          + "gets no answer",
        fix: "write `protocol: \(other.transport)` for this port"
      )
    }
    let likely = workload.ports.first { $0.transport == port.transport }
    let isWritten = port.targetSpan != port.numberSpan
    let subject = isWritten ? "targetPort \(number)" : "port \(number), which has no targetPort,"
    let repair = likely.map { $0.name ?? String($0.number) } ?? "a declared port"
    return finding(
      service.object,
      at: port.targetSpan,
      "\(subject) is declared by no container of \(pods); they declare \(workload.ports.text)",
      severity: isSlip(service, workload) ? severity : .warning,
      fix: isWritten ? "write `targetPort: \(repair)`" : "add `targetPort: \(repair)` to this port"
    )
  }
}
