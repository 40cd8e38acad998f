import ClusterSimulator
import KubernetesManifests
import SimKernel

/// One initializer a kind of object that makes pods.
extension ManifestFacts.Workload {
  init(_ object: Deployment) {
    self.init(
      metadata: object.metadata,
      kind: .deployment,
      replicas: object.replicas,
      selector: object.selector.value,
      template: object.template,
      rollout: RolloutPlan(object),
      mark: object.mark
    )
  }

  init(_ object: StatefulSet) {
    self.init(
      metadata: object.metadata,
      kind: .statefulSet,
      replicas: object.replicas,
      selector: object.selector.value,
      template: object.template,
      rollout: RolloutPlan(object),
      mark: object.mark
    )
  }

  init(_ object: ReplicaSet) {
    var rollout = RolloutPlan()
    rollout.minReady = .seconds(Int64(object.minReadySeconds))
    self.init(
      metadata: object.metadata,
      kind: .replicaSet,
      replicas: object.replicas,
      selector: object.selector.value,
      template: object.template,
      rollout: rollout,
      mark: object.mark
    )
  }

  /// How many pods there will be depends on the nodes.
  init(_ object: DaemonSet) {
    self.init(
      metadata: object.metadata,
      kind: .daemonSet,
      replicas: Located(1, at: object.mark),
      selector: object.selector.value,
      template: object.template,
      rollout: RolloutPlan(object),
      mark: object.mark
    )
  }

  init(_ object: Job) {
    self.init(
      metadata: object.metadata,
      kind: .job,
      replicas: Located(object.spec.isSuspended ? 0 : object.spec.parallelism, at: object.mark),
      template: object.spec.template,
      rollout: RolloutPlan(),
      mark: object.mark,
      job: object.spec
    )
  }

  /// One stands for a timetable that holds.
  init(_ object: CronJob) {
    let isIdle = object.isSuspended || object.job.isSuspended
    self.init(
      metadata: object.metadata,
      kind: .cronJob,
      replicas: Located(isIdle ? 0 : 1, at: object.mark),
      template: object.job.template,
      rollout: RolloutPlan(),
      mark: object.mark,
      job: object.job,
      cron: object
    )
  }

  init(_ object: Pod) {
    self.init(
      metadata: object.metadata,
      kind: .pod,
      replicas: Located(1, at: object.mark),
      template: object.template,
      rollout: RolloutPlan(),
      mark: object.mark
    )
  }
}
