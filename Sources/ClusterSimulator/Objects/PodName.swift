import SimKernel

/// Pod names as kubectl prints them.
package enum PodName {
  /// The alphabet of Kubernetes' generated names: no vowels, no look-alikes.
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// `backend-6d5f8c7b9d-x2x4z` under a Deployment, `postgres-0` under a StatefulSet, and under a
  /// CronJob `report-29453765-x2x4z` with the minute for which it was planned.
  static func of(
    _ pod: Pod,
    in plan: SimulationPlan,
    revision: Int,
    scheduledMinute: Int64 = -1
  ) -> String {
    let workload = plan.workloads[Int(pod.workload)]
    let name = bareName(workload)
    let own = letters(pod.uid, count: 5)
    switch workload.kind {
    case .deployment: return "\(replicaSet(workload, revision: revision))-\(own)"
    case .statefulSet: return "\(name)-\(pod.ordinal)"
    case .replicaSet, .daemonSet: return "\(name)-\(own)"
    case .pod: return name
    case .job, .cronJob:
      let job = scheduledMinute < 0 ? name : "\(name)-\(scheduledMinute)"
      return pod.ordinal < 0 ? "\(job)-\(own)" : "\(job)-\(pod.ordinal)-\(own)"
    }
  }

  /// `backend-6d5f8c7b9d`: the Deployment's name and a hash of its pod template.
  package static func replicaSet(_ workload: WorkloadPlan, revision: Int) -> String {
    let identity = revision == 0 ? workload.name : "\(workload.name)@\(revision)"
    let template = letters(Mixing.finalize(Mixing.fnv1a(identity)), count: 10)
    return "\(bareName(workload))-\(template)"
  }

  private static func bareName(_ workload: WorkloadPlan) -> String {
    workload.name.split(separator: "/").last.map(String.init) ?? workload.name
  }

  private static func letters(_ bits: UInt64, count: Int) -> String {
    var rest = bits
    var text = ""
    for _ in 0..<count {
      text.append(alphabet[Int(rest % UInt64(alphabet.count))])
      rest /= UInt64(alphabet.count)
    }
    return text
  }
}
