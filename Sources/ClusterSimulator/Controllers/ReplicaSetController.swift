import SimKernel

/// Keeps as many pods of each template as wanted, as pkg/controller/replicaset/replica_set.go does.
///
/// Owns the members of every workload and the calls that are under way. Pods that are finished or
/// being deleted do not count. Creations go in batches of 1, 2, 4, 8 … and every API call takes a
/// token from the controller's one bucket (20 a second, burst 30). Victims of a scale-down follow
/// `ActivePodsWithRanks`; the order is blind to load.
struct ReplicaSetController {
  /// One row a template, in the order of workloads and of each one's templates.
  var rows: [ReplicaSet] = []
  /// The row of each workload's first template.
  private(set) var firstTemplate: [Int] = []
  /// Pods of each workload that are not gone, in order of creation.
  var members: [[Int]]
  /// `spec.replicas` of each workload.
  var desired: [Int]
  var created: [UInt32]
  /// Whether the workload's object is there.
  var isWanted: [Bool]
  /// The instant at which the bucket would be full again.
  private var bucketFullAt = SimTime.zero
  private let interval: SimDuration
  private let burst: Int64

  init(plan: SimulationPlan) {
    members = Array(repeating: [], count: plan.workloads.count)
    desired = plan.workloads.map(\.replicas)
    created = Array(repeating: 0, count: plan.workloads.count)
    isWanted = plan.workloads.map { $0.replicas > 0 }
    for (index, workload) in plan.workloads.enumerated() {
      firstTemplate.append(rows.count)
      for revision in workload.templates.indices {
        rows.append(ReplicaSet(workload: Int32(index), revision: Int32(revision)))
      }
      let surge = workload.rollout.limits(desired: workload.replicas).surge
      rows[firstTemplate[index]].replicas = workload.replicas
      rows[firstTemplate[index]].recordedDesired = workload.replicas
      rows[firstTemplate[index]].recordedMaximum = workload.replicas + surge
    }
    interval = SimDuration(
      nanoseconds: 1_000_000_000 / Int64(max(plan.cluster.controlPlane.replicaSetQPS, 1))
    )
    burst = Int64(plan.cluster.controlPlane.replicaSetBurst)
  }

  /// The rows of a workload's templates, oldest first.
  func templates(ofWorkload workload: Int) -> Range<Int> {
    let next = workload + 1
    return firstTemplate[workload]..<(next < firstTemplate.count ? firstTemplate[next] : rows.count)
  }

  /// Takes a token; returns when the call may go out.
  mutating func takeToken(at now: SimTime) -> SimTime {
    let full = max(bucketFullAt, now) + interval
    bucketFullAt = full
    return max(now, full - interval * burst)
  }
}

extension Simulation {
  /// One call to the API server by a controller.
  private static var apiCall: SimDuration { .milliseconds(10) }
  /// An object written → the controller that watches it has seen it.
  static var watchDelay: SimDuration { .milliseconds(10) }

  /// The template that a pod was made from.
  func template(of pod: Int) -> TemplateSpec { templates[Int(pods[pod].template)] }

  /// Sets the wanted number of pods; the workload's controller acts on it after its watch delay.
  mutating func setDesired(_ count: Int, ofWorkload workload: Int) {
    replicaSets.desired[workload] = count
    replicaSets.isWanted[workload] = count > 0
    if plan.workloads[workload].kind == .cronJob && count > 0 { startTimetable(workload) }
    planWorkloadSync(workload)
  }

  /// Something about the workload or its pods changed: its controller looks again.
  mutating func planWorkloadSync(_ workload: Int, after delay: SimDuration = watchDelay) {
    switch plan.workloads[workload].kind {
    case .deployment: schedule(.deploymentSyncDue, workload, at: now + delay)
    case .statefulSet, .replicaSet, .daemonSet, .job, .cronJob, .pod:
      schedule(.workloadSyncDue, workload, at: now + delay)
    }
  }

  /// One pass of the controller that has nothing but the workload to look at.
  mutating func syncWorkload(_ workload: Int) {
    switch plan.workloads[workload].kind {
    case .deployment: syncDeployment(workload)
    case .statefulSet: syncStatefulSet(workload)
    case .replicaSet:
      let template = replicaSets.firstTemplate[workload]
      replicaSets.rows[template].replicas = replicaSets.desired[workload]
      syncReplicaSet(template)
    case .daemonSet: syncDaemonSet(workload)
    case .job: jobWanted(workload)
    case .cronJob: syncCronJob(workload)
    case .pod: syncPod(workload)
    }
  }

  /// A pod that somebody applies or deletes by hand.
  private mutating func syncPod(_ workload: Int) {
    let template = replicaSets.firstTemplate[workload]
    forgetRemovedPods(ofWorkload: workload)
    if !replicaSets.isWanted[workload] {
      for pod in replicaSets.members[workload] { deletePod(pod) }
    } else if replicaSets.members[workload].isEmpty, replicaSets.created[workload] == 0 {
      enqueueForScheduling(createPod(ofTemplate: template))
    }
  }

  /// A pod of the template is gone or about to go: whoever keeps their number looks again.
  mutating func planReplacement(of pod: Int) {
    let workload = Int(pods[pod].workload)
    switch plan.workloads[workload].kind {
    case .deployment, .replicaSet:
      schedule(.replicaSetSyncDue, Int(pods[pod].template), at: now + Self.watchDelay * 2)
    case .statefulSet, .daemonSet: planWorkloadSync(workload, after: Self.watchDelay * 2)
    case .job, .cronJob, .pod: break
    }
  }

  /// Changes `spec.replicas` of a ReplicaSet.
  mutating func scaleReplicaSet(_ template: Int, to count: Int) {
    let old = replicaSets.rows[template].replicas
    replicaSets.rows[template].replicas = count
    guard count != old else { return }
    metrics.record(.scalingReplicaSet, object: template, value: count, previous: old, at: now)
    schedule(.replicaSetSyncDue, template, at: now + Self.watchDelay)
  }

  /// Compares what is with what is wanted.
  ///
  /// Nothing is decided while calls are under way; the last of them looks again.
  mutating func syncReplicaSet(_ template: Int) {
    let set = replicaSets.rows[template]
    let workload = Int(set.workload)
    forgetRemovedPods(ofWorkload: workload)
    guard set.pendingCalls == 0 else { return }
    let active = activePods(ofTemplate: template)
    if active.count < set.replicas {
      createPods(set.replicas - active.count, ofTemplate: template)
    } else if active.count > set.replicas {
      deleteVictims(active.count - set.replicas, among: active, ofTemplate: template)
    }
  }

  /// Drops pods whose objects are gone from the members.
  mutating func forgetRemovedPods(ofWorkload workload: Int) {
    replicaSets.members[workload] = replicaSets.members[workload].filter { !pods[$0].isRemoved }
  }

  /// Pods that count for a ReplicaSet.
  func activePods(ofTemplate template: Int) -> [Int] {
    let workload = Int(replicaSets.rows[template].workload)
    return replicaSets.members[workload].filter {
      pods[$0].isActive && Int(pods[$0].template) == template
    }
  }

  /// Slow start: a batch goes out when the one before it has come back.
  private mutating func createPods(_ count: Int, ofTemplate template: Int) {
    var left = min(count, 500)
    var batch = 1
    var start = now
    while left > 0 {
      var end = start
      for _ in 0..<min(batch, left) {
        let time = replicaSets.takeToken(at: start) + Self.apiCall
        replicaSets.rows[template].pendingCalls += 1
        schedule(.podCreationDue, template, at: time)
        end = max(end, time)
      }
      left -= min(batch, left)
      batch *= 2
      start = end
    }
  }

  /// The API server has stored a new pod.
  mutating func podCreationDue(template: Int) {
    let workload = Int(replicaSets.rows[template].workload)
    let pod = createPod(ofTemplate: template)
    metrics.record(.successfulCreate, object: workload, value: pod, at: now)
    enqueueForScheduling(pod)
    callFinished(ofTemplate: template)
  }

  /// The last call under way is back: more than 500 pods to go, or another size wanted meanwhile.
  private mutating func callFinished(ofTemplate template: Int) {
    replicaSets.rows[template].pendingCalls -= 1
    if replicaSets.rows[template].pendingCalls == 0 {
      schedule(.replicaSetSyncDue, template, at: now)
    }
  }

  /// Writes a new pod's row; `ordinal` is its place in a StatefulSet.
  mutating func createPod(ofTemplate template: Int, ordinal: Int = -1, job: Int = -1) -> Int {
    let workload = Int(replicaSets.rows[template].workload)
    let number = replicaSets.created[workload]
    replicaSets.created[workload] += 1
    let key = Draws.key(plan.workloads[workload].name)
    var generator = draws.uid.generator(key, UInt64(number))
    var row = Pod(
      workload: UInt16(workload),
      template: UInt16(template),
      workloadKey: key,
      number: number,
      ordinal: Int32(ordinal),
      job: Int32(job),
      uid: generator.next(),
      createdAt: now
    )
    row.busyTime = TimeWeighted(at: now)
    row.queueTime = TimeWeighted(at: now)
    row.cpuSince = now
    row.ledgerSince = now
    let pod = pods.append(row).int
    let spec = servers[template]
    let range = Int(spec.firstCall)..<(Int(spec.firstCall) + Int(spec.callCount))
    pods[pod].firstConnectionPool = makeConnectionPools(calls: range, owner: UInt32(pod))
    replicaSets.members[workload].append(pod)
    return pod
  }

  private mutating func deleteVictims(_ count: Int, among active: [Int], ofTemplate template: Int) {
    let workload = Int(replicaSets.rows[template].workload)
    // Counted before the first goes and not anew after each.
    let ranks = nodes.indices.map { scheduler.active(workload, on: $0) }
    let victims = count >= active.count ? active : active.sorted { precedes($0, $1, ranks) }
    for pod in victims.prefix(min(count, 500)) {
      let time = replicaSets.takeToken(at: now)
      if time > now {
        replicaSets.rows[template].pendingCalls += 1
        schedule(.podDeletionDue, pod, at: time)
      } else {
        deleteVictim(pod)
      }
    }
    if count > 500 && replicaSets.rows[template].pendingCalls == 0 {
      schedule(.replicaSetSyncDue, template, at: now)
    }
  }

  private mutating func deleteVictim(_ pod: Int) {
    metrics.record(.successfulDelete, object: Int(pods[pod].workload), value: pod, at: now)
    deletePod(pod)
  }

  /// A deletion has its token.
  mutating func podDeletionDue(_ id: ID<Pod>) {
    let pod = id.int
    if pods[pod].isActive { deleteVictim(pod) }
    callFinished(ofTemplate: Int(pods[pod].template))
  }

  /// Whether `a` is deleted before `b`: the first differing rule decides.
  private func precedes(_ a: Int, _ b: Int, _ ranks: [Int]) -> Bool {
    let p = pods[a]
    let q = pods[b]
    if (p.node < 0) != (q.node < 0) { return p.node < 0 }
    if p.phase != q.phase { return p.phase.rawValue < q.phase.rawValue }
    if p.isReady != q.isReady { return !p.isReady }
    if p.node >= 0, q.node >= 0, ranks[Int(p.node)] != ranks[Int(q.node)] {
      return ranks[Int(p.node)] > ranks[Int(q.node)]
    }
    if p.isReady, q.isReady, let order = youngerFirst(p.readySince, q.readySince, p, q) {
      return order
    }
    if p.restarts != q.restarts { return p.restarts > q.restarts }
    if let order = youngerFirst(p.createdAt, q.createdAt, p, q) { return order }
    return p.uid < q.uid
  }

  /// API timestamps have whole seconds; ages compare by their power of two, ties by UID.
  private func youngerFirst(_ a: SimTime, _ b: SimTime, _ p: Pod, _ q: Pod) -> Bool? {
    let first = wholeSeconds(a)
    let second = wholeSeconds(b)
    if first == second { return nil }
    let ranks = (logarithm(of: now - first), logarithm(of: now - second))
    return ranks.0 == ranks.1 ? p.uid < q.uid : ranks.0 < ranks.1
  }

  private func wholeSeconds(_ time: SimTime) -> SimTime {
    let second: Int64 = 1_000_000_000
    let floor = time.nanoseconds / second - (time.nanoseconds % second < 0 ? 1 : 0)
    return SimTime(nanoseconds: floor * second)
  }

  private func logarithm(of age: SimDuration) -> Int {
    age.nanoseconds <= 0 ? -1 : 63 - age.nanoseconds.leadingZeroBitCount
  }
}
