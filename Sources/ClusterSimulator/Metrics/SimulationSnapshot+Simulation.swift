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
        let rules = plan.autoscalers[index]
        return SimulationSnapshot.Autoscaler(current: rules.metrics.map { current($0, rules) })
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
      isEvicted: row.isEvicted,
      labels: labels(of: row, revision),
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

  private func labels(of row: Pod, _ revision: Int) -> [LabelPlan]? {
    if row.labels >= 0 { return plan.relabelings[Int(row.labels)].labels }
    let labels = plan.workloads[Int(row.workload)].templates[revision].labels
    return labels.isEmpty ? nil : labels
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
}
