import SimKernel

/// How pods that do not run for ever come to their end.
extension Simulation {
  /// The process of a Job's pod has begun: foresee its end.
  mutating func foreseeCompletion(of pod: Int) -> Bool {
    let workload = Int(pods[pod].workload)
    guard plan.workloads[workload].job != nil else { return false }
    let row = pods[pod]
    var generator = jobRuntimes[workload].stream.generator(
      Draws.entity(row),
      UInt64(row.incarnation)
    )
    let runtime = jobRuntimes[workload].sampler.duration(&generator, samplers)
    pods[pod].lifecycleDue = now + runtime
    schedule(.runCompleted, pod, at: now + runtime)
    return true
  }

  /// The process has done its work, or failed at it.
  mutating func runCompleted(_ id: ID<Pod>) {
    let pod = id.int
    guard pods[pod].lifecycleDue == now, pods[pod].isRunning, !pods[pod].isRemoved,
      nodes[Int(pods[pod].node)].isAlive
    else { return }
    let workload = Int(pods[pod].workload)
    let row = pods[pod]
    var generator = jobRuntimes[workload].stream.generator(
      Draws.entity(row),
      UInt64(row.incarnation),
      1
    )
    let failures = Double(plan.workloads[workload].job?.failuresPPM ?? 0) / 1e6
    pods[pod].endedWell = generator.uniform() >= failures
    processExited(pod)
  }

  /// Whether the container that ended is not started again.
  func isOver(_ pod: Int) -> Bool {
    switch template(of: pod).restartPolicy {
    case .always: false
    case .onFailure: pods[pod].endedWell
    case .never: true
    }
  }

  /// The pod's phase is final: it takes up nothing any more, and its object stays.
  mutating func finish(_ pod: Int, isSuccess: Bool) {
    settleLedger(of: pod)
    stopProbeWorkers(pod)
    setReady(pod, false)
    pods[pod].statusDue = .never
    pods[pod].lifecycleDue = .never
    releaseAddress(of: pod)
    releaseNode(of: pod)
    pods[pod].phase = isSuccess ? .succeeded : .failed
    if !pods[pod].isEvicted {
      metrics.record(isSuccess ? .succeeded : .failed, object: pod, at: now)
    }
    endpointsChanged(ofWorkload: Int(pods[pod].workload))
    jobPodEnded(pod, isSuccess: isSuccess)
    podChanged(pod)
    retryUnschedulablePods()
  }
}

/// How long the pods of a workload run.
struct JobRuntime: BitwiseCopyable {
  let sampler: Sampler
  let stream: RandomStream
}
