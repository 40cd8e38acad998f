import KubernetesManifests

/// A probe that asks a port nobody serves.
package enum ProbePortNobodyServes: Rule {
  package static let code = "PS1502"
  package static let severity = Finding.Severity.error
  package static let title = "a probe asks a port that nobody serves"
  package static let cause = """
    A probe names a port that its container does not declare (the probe can never succeed), or \
    gives a number that no container of the pod declares though they declare others: a warning \
    when one digit makes the difference, else a note, as it may be open all the same.
    """
  package static let effect = """
    Readiness: the pods run and never become Ready; they are listed as notReadyAddresses, and \
    connections to the Service are refused at once. Liveness and startup: the container is \
    killed again and again, with waits of 10 s, 20 s, 40 s up to 5 minutes.
    """
  package static let fix = "Ask the port on which the container listens."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      workload.containers.flatMap { container in
        container.probes.compactMap { check($0, container, workload) }
      }
    }
  }

  private static func check(
    _ probe: ProbeView,
    _ container: ContainerView,
    _ workload: WorkloadView
  ) -> Finding? {
    guard let value = probe.port, let word = PortWord(value) else { return nil }
    let declared = container.ports.text
    switch word {
    case .name(let name):
      // A probe's port is looked up in its own container only, whatever the transport.
      guard !container.ports.contains(where: { $0.name == name }) else { return nil }
      let near = EditDistance.nearest(name, in: container.ports.compactMap(\.name))
      let first = container.ports.first.map { $0.name ?? String($0.number) }
      return finding(
        workload.object,
        at: value.span,
        "the \(probe.role.rawValue) probe of container \(container.name) asks port \(name), "
          + (declared.isEmpty ? "but it declares none" : "but it declares \(declared)"),
        effect: effect(of: probe),
        fix: (near ?? first).map { "write `port: \($0)`" }
          ?? "declare a port with `name: \(name)` in the container"
      )
    case .number(let number):
      guard !workload.ports.isEmpty, !workload.ports.contains(where: { $0.number == number }) else {
        return nil
      }
      let first = (container.ports.first ?? workload.ports.first).map { $0.name ?? "\($0.number)" }
      return finding(
        workload.object,
        at: value.span,
        "the \(probe.role.rawValue) probe of container \(container.name) asks port \(number); the "
          + "pod declares \(workload.ports.text)",
        severity: isSlip(number, in: workload) ? .warning : .note,
        effect: effect(of: probe),
        fix: "write `port: \(first ?? "")`, or declare \(number) if it is open"
      )
    }
  }

  /// Whether the number is one digit away from a declared one; others are often left undeclared.
  private static func isSlip(_ number: Int, in workload: WorkloadView) -> Bool {
    number > 999
      && workload.ports.contains { EditDistance.between(String(number), String($0.number)) == 1 }
  }

  private static func effect(of probe: ProbeView) -> String {
    probe.role == .readiness
      ? "the pods run and never become Ready: they are listed as notReadyAddresses, and with no "
        + "other pod every connection to the Service is refused at once"
      : "the container is killed \(probe.budget) s after its start, again and again, with waits of "
        + "10 s, 20 s, 40 s up to 5 minutes (CrashLoopBackOff)"
  }
}
