import ClusterSimulator
import Experiments
import SimKernel
import Testing

/// Metrics of the cluster on pods whose shares can be computed by hand.
@Suite struct LoadMetricsTests {
  private func value(_ name: String, of run: RunResult) throws -> Double? {
    let metric = try #require(MetricDictionary.metric(named: name))
    guard case .cluster(let extract) = metric.extraction else {
      Issue.record("\(name) is not a metric of the cluster")
      return nil
    }
    let plan = HandMade.plan(horizon: .seconds(1_000), workloads: 2)
    return extract(ClusterRun(plan: plan, result: run))
  }

  private func run(_ pods: [PodResult]) -> RunResult {
    var run = RunResult(seed: 1, replication: 1)
    run.pods = pods
    return run
  }

  /// Four pods, ready for 1000, 1000, 1000 and 200 s: with 1000 + n requests in all, a fair share
  /// of the third is (1000 + n) * 1000 / 3200, a hundredth of which is 3.13 for n = 3 or 4.
  @Test(arguments: [(3, 2.0), (4, 1.0)])
  func podBelowAHundredthOfItsShareIsIdle(requests: Int, expected: Double) throws {
    let pods = [
      HandMade.pod(requests: 1_000, ready: 1_000), HandMade.pod(requests: 0, ready: 1_000),
      HandMade.pod(requests: requests, ready: 1_000), HandMade.pod(requests: 0, ready: 200),
    ]
    #expect(try value("idle_pods_total", of: run(pods)) == expected)
  }

  @Test func shareIsThatOfThePodsOwnWorkload() throws {
    let pods = [
      HandMade.pod(0, requests: 1_000_000, ready: 1_000),
      HandMade.pod(1, requests: 5, ready: 1_000), HandMade.pod(1, requests: 5, ready: 1_000),
    ]
    #expect(try value("idle_pods_total", of: run(pods)) == 0)
  }

  @Test func workloadThatNobodyCallsHasNoIdlePods() throws {
    let pods = [HandMade.pod(requests: 0, ready: 1_000), HandMade.pod(requests: 0, ready: 900)]
    #expect(try value("idle_pods_total", of: run(pods)) == 0)
  }

  /// Workload 0 is uneven, workload 1 even, and a pod of 200 s does not count.
  ///
  /// Workload 0 takes 0.1 and 0.3 requests a second (one pod lived for 500 s within the run), so
  /// Jain = 0.4² / (2 · (0.01 + 0.09)) = 0.8, hottest / mean = 0.3 / 0.2, CoV = 0.1 / 0.2.
  @Test(arguments: [
    ("jain_ratio", 0.8), ("hottest_to_mean_ratio", 1.5), ("load_cov_ratio", 0.5),
  ])
  func balanceIsThatOfTheWorstWorkload(name: String, expected: Double) throws {
    let pods = [
      HandMade.pod(0, requests: 50, from: -50, to: 500), HandMade.pod(0, requests: 300),
      HandMade.pod(0, requests: 0, from: 800), HandMade.pod(1, requests: 70),
      HandMade.pod(1, requests: 70),
    ]
    let value = try #require(try value(name, of: run(pods)))
    #expect(abs(value - expected) < 1e-12)
  }

  @Test func onePodAloneIsNotBalanced() throws {
    #expect(try value("jain_ratio", of: run([HandMade.pod(requests: 50)])) == nil)
  }

  @Test func replicasAreThoseOfTheLargestWorkloadAtItsPeak() throws {
    var run = run([])
    run.workloadWindows = [(0, 10), (1, 12), (0, 10), (1, 40), (1, 38)].map { workload, current in
      var window = WorkloadWindow(workload: workload, window: 0)
      window.current = current
      return window
    }
    #expect(try value("replicas_max_total", of: run) == 40)
  }
}
