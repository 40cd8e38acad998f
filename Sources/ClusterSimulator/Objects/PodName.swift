import SimKernel

/// Pod names as kubectl prints them.
enum PodName {
  /// The alphabet of Kubernetes' generated names: no vowels, no look-alikes.
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// `backend-6d5f8c7b9d-x2x4z` under a Deployment, `postgres-0` under a StatefulSet.
  static func of(_ pod: Pod, in plan: SimulationPlan) -> String {
    let workload = plan.workloads[Int(pod.workload)]
    let name = workload.name.split(separator: "/").last.map(String.init) ?? workload.name
    if workload.kind == .statefulSet { return "\(name)-\(pod.number)" }
    let template = letters(Mixing.finalize(Mixing.fnv1a(workload.name)), count: 10)
    return "\(name)-\(template)-\(letters(pod.uid, count: 5))"
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
