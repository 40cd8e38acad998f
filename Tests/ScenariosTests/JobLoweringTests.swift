import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

@Suite("Jobs, CronJobs and other makers of pods reach the plan")
struct JobLoweringTests {
  private static func job(_ fields: String = "") -> String {
    """
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: import, namespace: shop}
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: import, image: registry.example/import}]
      \(fields)

    """
  }

  private static func cron(_ schedule: String, _ fields: String = "") -> String {
    """
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: report, namespace: shop}
    spec:
      schedule: "\(schedule)"
      \(fields)
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers: [{name: report, image: registry.example/report}]

    """
  }

  private func plan(
    _ manifests: String,
    behavior: String = "",
    overrides: [String] = []
  ) throws -> WorkloadPlan {
    let scenario = Shop.scenario.replacing(
      "    shop/statefulset/db:",
      with: behavior.isEmpty
        ? "    shop/statefulset/db:" : "    \(behavior)\n    shop/statefulset/db:"
    )
    let all = try Shop.load(scenario, manifests: Shop.manifests + manifests, overrides: overrides)
    return try #require(all.variants[0].plan.workloads.last)
  }

  @Test("a Job's fields and how long its pods run")
  func jobs() throws {
    let workload = try plan(
      Self.job("parallelism: 2\n  completions: 6\n  backoffLimit: 3\n  activeDeadlineSeconds: 900"),
      behavior: "shop/job/import: {runtime: {exponential: {mean: 30s}}, failureRatio: 5%}"
    )
    let job = try #require(workload.job)
    #expect(workload.kind == .job && workload.replicas == 2)
    #expect(workload.restartPolicy == .onFailure)
    #expect(job.runtime == .exponential(mean: 30) && job.failuresPPM == 50_000)
    #expect(job.parallelism == 2 && job.completions == 6 && job.backoffLimit == 3)
    #expect(job.activeDeadline == .seconds(900) && job.timetable == nil)
  }

  @Test("pods of a Job of which nothing is said run for a minute")
  func standard() throws {
    #expect(try plan(Self.job()).job?.runtime == .deterministic(60))
    #expect(try plan(Self.job("suspend: true")).replicas == 0)
  }

  /// The run starts on a Thursday at the given time of day and takes an hour.
  @Test(
    "times of a schedule",
    arguments: [
      ("*/20 * * * *", "0s", [20, 40]), ("0 * * * *", "30m", [30]),
      ("5,10 9 * * *", "8h59m30s", [5.5, 10.5]), ("@hourly", "23h45m", [15]),
      ("@every 25m", "7h", [25, 50]), ("15 0 * * thu", "0s", [15]), ("15 0 * * 5", "0s", []),
      ("15 0 2 * *", "0s", []), ("15 0 2 * thu", "0s", [15]), ("15 0 1 1 *", "0s", [15]),
      ("15 0 1 2 *", "0s", []), ("0 0 * * fri", "23h30m", [30]),
    ]
  )
  func schedules(_ schedule: String, _ start: String, _ minutes: [Double]) throws {
    let workload = try plan(Self.cron(schedule), overrides: ["run.timeOfDay=\(start)"])
    #expect(workload.job?.timetable?.times.map { $0.seconds / 60 } == minutes)
  }

  @Test("names of a CronJob's Jobs count minutes since 1970")
  func epoch() throws {
    // 2026-01-01T08:30Z is 1767256200 s after 1970.
    let workload = try plan(Self.cron("0 9 * * *"), overrides: ["run.timeOfDay=8h30m"])
    #expect(workload.job?.timetable?.epochMinutes == 1_767_256_200 / 60)
  }

  @Test("a CronJob's policies")
  func policies() throws {
    let fields =
      "concurrencyPolicy: Forbid\n  startingDeadlineSeconds: 30\n"
      + "  successfulJobsHistoryLimit: 0\n  failedJobsHistoryLimit: 2"
    let table = try #require(try plan(Self.cron("*/5 * * * *", fields)).job?.timetable)
    #expect(table.concurrency == .forbid && table.startingDeadline == .seconds(30))
    #expect(table.successfulHistory == 0 && table.failedHistory == 2)
  }

  @Test("a DaemonSet, a ReplicaSet and a Pod")
  func others() throws {
    let containers = "containers: [{name: a, image: registry.example/a}]"
    let template =
      "selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, "
      + "spec: {\(containers)}}"
    let daemon = try plan(
      "---\n{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, namespace: shop}, "
        + "spec: {\(template)}}\n"
    )
    #expect(daemon.kind == .daemonSet && daemon.unreachableToleration == .forever)
    #expect(daemon.placement?.toleratesUnschedulable == true)
    let set = try plan(
      "---\n{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a, namespace: shop}, "
        + "spec: {replicas: 4, \(template)}}\n"
    )
    #expect(set.kind == .replicaSet && set.replicas == 4)
    let pod = try plan(
      "---\n{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}, "
        + "spec: {restartPolicy: Never, \(containers)}}\n"
    )
    #expect(pod.kind == .pod && pod.replicas == 1 && pod.restartPolicy == .never)
  }

  @Test("nothing is said any more about not simulating them")
  func remarks() throws {
    let warnings = try Shop.warnings(manifests: Shop.manifests + Self.job() + Self.cron("@daily"))
    #expect(!warnings.contains { $0.contains("not simulated") }, "\(warnings)")
  }

  @Test(
    "what is wrong",
    arguments: [
      (
        "shop/deployment/web", "runtime: 5s",
        "'shop/deployment/web' runs for ever | only pods of a Job or CronJob come to an end"
      ),
      (
        "shop/deployment/web", "failureRatio: 5%",
        "'shop/deployment/web' runs for ever | only pods of a Job or CronJob come to an end"
      ),
      ("shop/deployment/web", "runtim: 5s", "unknown field 'runtim' | did you mean 'runtime'?"),
    ]
  )
  func wrongFields(_ workload: String, _ field: String, _ message: String) throws {
    let scenario = Shop.scenario.replacing(
      "    \(workload):\n",
      with: "    \(workload):\n      \(field)\n"
    )
    let errors = try Shop.errors(scenario)
    #expect(errors.count == 1 && errors[0].hasSuffix(message), "\(errors)")
  }

  @Test("a Job has no size")
  func noSize() throws {
    let scenario = Shop.scenario.replacing(
      "nodeLoss: {node: node-2, for: 5m}",
      with: "scale: {workload: import, replicas: 3}"
    )
    let errors = try Shop.errors(scenario, manifests: Shop.manifests + Self.job())
    #expect(errors.count == 1 && errors[0].contains("'shop/job/import' has no size"), "\(errors)")
  }

  @Test("operations suit their objects")
  func operations() throws {
    let scenario =
      Shop.scenario
      .replacing(
        "  faults:\n",
        with: "  operations:\n    - {at: 1m, rolloutRestart: {workload: import}}\n  faults:\n"
      )
    let errors = try Shop.errors(scenario, manifests: Shop.manifests + Self.job())
    #expect(
      errors.count == 1
        && errors[0].contains("rolloutRestart does nothing to 'shop/job/import'"),
      "\(errors)"
    )
  }

  @Test("too many runs are refused")
  func tooMany() throws {
    let errors = try Shop.errors(manifests: Shop.manifests + Self.job("completions: 2000000"))
    #expect(errors.contains { $0.contains("pods are too many") }, "\(errors)")
  }
}
