package import SimKernel

extension Simulation {
  /// Runs up to an instant and tells how the cluster stands then, before that instant's events.
  package consuming func snapshot(at time: SimTime) -> SimulationSnapshot {
    advance(events: .max, until: min(time, horizon))
    return SimulationSnapshot(
      time: now,
      pods: (0..<pods.count).filter { !pods[$0].isRemoved }.map { snapshotRow(ofPod: $0) },
      nodes: (0..<nodes.count).map { node in
        SimulationSnapshot.Node(
          isReady: nodes[node].isReady,
          isCordoned: nodes[node].isCordoned,
          exists: nodes[node].exists
        )
      },
      workloads: plan.workloads.indices.map { snapshotRow(ofWorkload: $0) },
      autoscalers: plan.autoscalers.indices.map { index in
        SimulationSnapshot.Autoscaler(utilization: utilization(seenBy: index))
      },
      run: finish()
    )
  }

  private func snapshotRow(ofPod pod: Int) -> SimulationSnapshot.Pod {
    let row = pods[pod]
    let revision = Int(replicaSets.rows[Int(row.template)].revision)
    let phase: SimulationSnapshot.Pod.Phase =
      switch row.phase {
      case .pending: .pending
      case .running: .running
      case .failed: .failed
      case .succeeded: .succeeded
      }
    return SimulationSnapshot.Pod(
      workload: Int(row.workload),
      template: revision,
      name: name(ofPod: pod),
      phase: phase,
      isReady: row.isReady,
      isTerminating: row.isTerminating,
      isBackingOff: row.incarnation > 0 && !row.isRunning && !row.isTerminating
        && row.lifecycleDue != .never && row.lifecycleDue > now,
      node: row.node < 0 ? nil : Int(row.node),
      address: row.address == Pod.none ? 0 : ipv4(row.address),
      waiting: row.waiting,
      initialized: initializedContainers(of: pod),
      lastTermination: row.lastTermination,
      restarts: Int(row.restarts),
      lastExit: row.lastExit,
      createdAt: row.createdAt
    )
  }

  /// The name of the pod's object.
  func name(ofPod pod: Int) -> String {
    let row = pods[pod]
    return PodName.of(
      row,
      in: plan,
      revision: Int(replicaSets.rows[Int(row.template)].revision),
      scheduledMinute: row.job < 0 ? -1 : jobs.rows[Int(row.job)].scheduledMinute
    )
  }

  private func initializedContainers(of pod: Int) -> Int {
    let steps = template(of: pod).steps
    let isDone = pods[pod].incarnation > 0
    let end = isDone ? steps.upperBound : max(pods[pod].step, steps.lowerBound)
    return (steps.lowerBound..<end).count { containerSteps[Int($0)].kind != .pull }
  }

  private func snapshotRow(ofWorkload workload: Int) -> SimulationSnapshot.Workload {
    let sets = replicaSets.templates(ofWorkload: workload)
    return SimulationSnapshot.Workload(
      desired: replicaSets.desired[workload],
      template: deployments.rollouts[workload].template - sets.lowerBound,
      replicaSets: sets.map { replicaSets.rows[$0].replicas }
    )
  }

  /// Whole percent of what the counted pods ask for, as `kubectl get hpa` shows it.
  private func utilization(seenBy autoscaler: Int) -> Int? {
    let members = replicaSets.members[plan.autoscalers[autoscaler].workload]
    let counted = members.filter { pods[$0].isActive && pods[$0].milliCPU >= 0 }
    let request = counted.reduce(0) { $0 + template(of: $1).milliCPURequest }
    guard request > 0 else { return nil }
    return Int(counted.reduce(0) { $0 + pods[$1].milliCPU }) * 100 / request
  }
}
