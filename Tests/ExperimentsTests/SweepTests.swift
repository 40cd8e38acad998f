import Experiments
import KubernetesManifests
import Scenarios
import Testing

@Suite struct SweepTests {
  private static let axes = [
    SweepAxis(path: "hpa.maxReplicas", values: ["20", "40"]),
    SweepAxis(path: "cluster.kubeProxy.mode", values: ["iptables", "ipvs", "nftables"]),
  ]

  private func sweep(
    stop: StopFlag = StopFlag(),
    rejecting bad: String? = nil,
    onFinished: @escaping @Sendable (FinishedRun) -> Void = { _ in }
  ) -> Sweep {
    var runner = ReplicationRunner(threads: 1, stop: stop, onFinished: onFinished)
    runner.simulate = { _, _, job, _, _ in
      HandMade.run(replication: job.replication, failed: 1)
    }
    return Sweep(axes: Self.axes, experiment: Experiment(runner: runner)) {
      overrides throws(InvalidInput) in
      if let bad, overrides.contains(bad) {
        throw InvalidInput(diagnostics: [Diagnostic(.error, "no such value", at: nil)])
      }
      return HandMade.scenario(variants: overrides, replications: 2)
    }
  }

  @Test func firstAxisVariesSlowest() {
    #expect(
      sweep().points == [
        ["20", "iptables"], ["20", "ipvs"], ["20", "nftables"],
        ["40", "iptables"], ["40", "ipvs"], ["40", "nftables"],
      ]
    )
  }

  @Test func noAxesIsOnePoint() {
    var sweep = sweep()
    sweep.axes = []
    #expect(sweep.points == [[]])
  }

  @Test func pointsAreOverrides() {
    #expect(
      sweep().overrides(for: ["20", "ipvs"]) == [
        "hpa.maxReplicas=20", "cluster.kubeProxy.mode=ipvs",
      ]
    )
  }

  @Test func pointsRunInOrderWithTheirOwnScenario() throws {
    var seen: [SweepPoint] = []
    let isWhole = try sweep().run { seen.append($0) }
    #expect(isWhole)
    #expect(seen.map(\.coordinates) == sweep().points)
    #expect(seen[4].variants.map(\.name) == ["hpa.maxReplicas=40", "cluster.kubeProxy.mode=ipvs"])
    #expect(seen[4].variants[0].estimates.contains { $0.metric == "failed_total" })
  }

  @Test func badPointIsFoundBeforeAnythingRuns() {
    #expect(throws: InvalidInput.self) {
      try sweep(rejecting: "cluster.kubeProxy.mode=nftables").check()
    }
    #expect(throws: Never.self) { try sweep().check() }
  }

  @Test func unfinishedPointIsLeftOut() throws {
    let stop = StopFlag()
    var points = 0
    // The second variant's first replication of the first point: that point is not whole.
    let isWhole = try sweep(stop: stop, onFinished: { if $0.finished == 2 { stop.set() } })
      .run { _ in points += 1 }
    #expect(!isWhole)
    #expect(points == 0)
  }
}
