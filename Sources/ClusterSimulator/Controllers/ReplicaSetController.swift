import SimKernel

/// Keeps as many pods as wanted, as pkg/controller/replicaset/replica_set.go does.
///
/// Pods that are finished or being deleted do not count. Creations go in batches of 1, 2, 4, 8 …
/// and every API call takes a token from the controller's one bucket (20 a second, burst 30).
/// Victims of a scale-down follow `ActivePodsWithRanks`; the order is blind to load. The pods of a
/// StatefulSet are kept alike here, except that a new pod waits until the one it replaces is gone;
/// ordered creation is left out for now.
struct ReplicaSetController {
  /// Pods of each workload that are not gone, in order of creation.
  var members: [[Int]]
  var desired: [Int]
  var created: [UInt32]
  /// Creations and deletions under way: the controller's expectations.
  var pendingCalls: [Int]
  /// The instant at which the bucket would be full again.
  private var bucketFullAt = SimTime.zero
  private let interval: SimDuration
  private let burst: Int64

  init(plan: SimulationPlan) {
    members = Array(repeating: [], count: plan.workloads.count)
    desired = plan.workloads.map(\.replicas)
    created = Array(repeating: 0, count: plan.workloads.count)
    pendingCalls = Array(repeating: 0, count: plan.workloads.count)
    interval = SimDuration(
      nanoseconds: 1_000_000_000 / Int64(max(plan.cluster.controlPlane.replicaSetQPS, 1))
    )
    burst = Int64(plan.cluster.controlPlane.replicaSetBurst)
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

  /// Sets the wanted number of pods; the controller acts on it after its watch delay.
  mutating func setDesired(_ count: Int, ofWorkload workload: Int) {
    replicaSets.desired[workload] = count
    schedule(.replicaSetSyncDue, workload, at: now + .milliseconds(20))
  }

  /// Compares what is with what is wanted.
  ///
  /// Nothing is decided while calls are under way; the last of them looks again.
  mutating func syncReplicaSet(workload: Int) {
    let members = replicaSets.members[workload].filter { !pods[$0].isRemoved }
    replicaSets.members[workload] = members
    guard replicaSets.pendingCalls[workload] == 0 else { return }
    let active = members.filter { pods[$0].isActive }
    let desired = replicaSets.desired[workload]
    let isStateful = plan.workloads[workload].kind == .statefulSet
    let present = isStateful ? members.count : active.count
    if present < desired {
      createPods(desired - present, ofWorkload: workload)
    } else if active.count > desired {
      deleteVictims(active.count - desired, among: active, ofWorkload: workload)
    }
  }

  /// Slow start: a batch goes out when the one before it has come back.
  private mutating func createPods(_ count: Int, ofWorkload workload: Int) {
    var left = min(count, 500)
    var batch = 1
    var start = now
    while left > 0 {
      var end = start
      for _ in 0..<min(batch, left) {
        let time = replicaSets.takeToken(at: start) + Self.apiCall
        replicaSets.pendingCalls[workload] += 1
        schedule(.podCreationDue, workload, at: time)
        end = max(end, time)
      }
      left -= min(batch, left)
      batch *= 2
      start = end
    }
  }

  /// The API server has stored a new pod.
  mutating func podCreationDue(workload: Int) {
    let pod = createPod(ofWorkload: workload)
    metrics.record(.successfulCreate, object: workload, value: pod, at: now)
    enqueueForScheduling(pod)
    callFinished(ofWorkload: workload)
  }

  /// The last call under way is back: more than 500 pods to go, or another size wanted meanwhile.
  private mutating func callFinished(ofWorkload workload: Int) {
    replicaSets.pendingCalls[workload] -= 1
    if replicaSets.pendingCalls[workload] == 0 {
      schedule(.replicaSetSyncDue, workload, at: now)
    }
  }

  /// Writes a new pod's row.
  mutating func createPod(ofWorkload workload: Int) -> Int {
    let number = replicaSets.created[workload]
    replicaSets.created[workload] += 1
    let key = Draws.key(plan.workloads[workload].name)
    var generator = draws.uid.generator(key, UInt64(number))
    var row = Pod(
      workload: UInt16(workload),
      workloadKey: key,
      number: number,
      uid: generator.next(),
      createdAt: now
    )
    row.busyTime = TimeWeighted(at: now)
    row.queueTime = TimeWeighted(at: now)
    row.cpuSince = now
    row.ledgerSince = now
    let pod = pods.append(row).int
    let spec = servers[workload]
    let range = Int(spec.firstCall)..<(Int(spec.firstCall) + Int(spec.callCount))
    pods[pod].firstConnectionPool = makeConnectionPools(calls: range, owner: UInt32(pod))
    replicaSets.members[workload].append(pod)
    return pod
  }

  private mutating func deleteVictims(_ count: Int, among active: [Int], ofWorkload workload: Int) {
    let ranks = activePodsPerNode(ofWorkload: workload)
    let victims = count >= active.count ? active : active.sorted { precedes($0, $1, ranks) }
    for pod in victims.prefix(min(count, 500)) {
      let time = replicaSets.takeToken(at: now)
      if time > now {
        replicaSets.pendingCalls[workload] += 1
        schedule(.podDeletionDue, pod, at: time)
      } else {
        deleteVictim(pod)
      }
    }
    if count > 500 && replicaSets.pendingCalls[workload] == 0 {
      schedule(.replicaSetSyncDue, workload, at: now)
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
    callFinished(ofWorkload: Int(pods[pod].workload))
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
