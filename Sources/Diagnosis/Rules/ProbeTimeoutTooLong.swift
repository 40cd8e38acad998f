/// A probe that may take longer than its period.
package enum ProbeTimeoutTooLong: Rule {
  package static let code = "PS1505"
  package static let severity = Finding.Severity.warning
  package static let title = "a probe's timeout is not shorter than its period"
  package static let cause = "timeoutSeconds is larger than periodSeconds, or (a note) equal to it."
  package static let effect = """
    A probe never overlaps itself, so a hanging server is asked less often than the period says: \
    failureThreshold × timeoutSeconds pass before anybody notices, and the pod gets traffic all \
    the while.
    """
  package static let fix = "Make timeoutSeconds smaller than periodSeconds."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      workload.containers.flatMap { container in
        container.probes.compactMap { probe in
          guard probe.timeout >= probe.period, probe.timeout > 1,
            let value = probe.tree.at("timeoutSeconds") ?? probe.tree.at("periodSeconds")
          else { return nil }
          let late = Seconds.product(probe.failureThreshold, probe.timeout)
          return finding(
            workload.object,
            at: value.span,
            "the \(probe.role.rawValue) probe of container \(container.name) may take "
              + "\(probe.timeout) s and is due every \(probe.period) s: a server that hangs is "
              + "noticed after \(late) s and more",
            severity: probe.timeout > probe.period ? severity : .note,
            fix: "write `timeoutSeconds: \(max(1, probe.period / 2))`"
          )
        }
      }
    }
  }
}
