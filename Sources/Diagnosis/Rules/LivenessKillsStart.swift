import KubernetesManifests

/// A liveness probe that does not wait for the start.
package enum LivenessKillsStart: Rule {
  package static let code = "PS1503"
  package static let severity = Finding.Severity.error
  package static let title = "liveness kills the container before it has started"
  package static let cause = """
    Without a startupProbe, the liveness probe may fail failureThreshold times before the time \
    at which the readiness probe asks first, or before the start that a scenario knows is over.
    """
  package static let effect = """
    The container is killed while it starts, and starts again with longer and longer waits \
    (CrashLoopBackOff, up to 5 minutes): a slow day, a cold cache or a throttled CPU turns into \
    an outage that no waiting ends.
    """
  package static let fix = """
    Add a startupProbe, whose failureThreshold × periodSeconds covers the slowest start; it \
    holds the liveness probe back.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      workload.containers.compactMap { container in
        guard let liveness = container.liveness, container.startup == nil,
          let (start, source) = start(container, workload, inventory), liveness.budget <= start
        else { return nil }
        return finding(
          workload.object,
          at: liveness.keySpan,
          "liveness gives up after \(liveness.budget) s (\(liveness.initialDelay) + "
            + "\(liveness.failureThreshold) × \(liveness.period)), but \(source) \(start) s",
          fix: "add a startupProbe with the same question and `failureThreshold: "
            + "\(threshold(start, liveness.period))`, and no initialDelaySeconds"
        )
      }
    }
  }

  /// Seconds that the start is said to take, and who says so.
  private static func start(
    _ container: ContainerView,
    _ workload: WorkloadView,
    _ inventory: Inventory
  ) -> (Int, String)? {
    let startup = inventory.scenario.startups.first {
      ScenarioView.name($0.workload, means: workload)
    }
    if let startup {
      return (Int(startup.nanoseconds / 1_000_000_000), "the scenario's start takes")
    }
    guard let delay = container.readiness?.initialDelay, delay > 0 else { return nil }
    return (delay, "readiness does not even ask before")
  }

  /// Twice the start, in periods.
  private static func threshold(_ start: Int, _ period: Int) -> Int {
    Seconds.sum(Seconds.product(start, 2) / max(1, period), 1)
  }
}
