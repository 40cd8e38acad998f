import ClusterState
import Diagnosis
import KubernetesManifests

enum StaleHardcodedAddresses: Observation {
  static let code = "PS2006"
  static let severity = Finding.Severity.error
  static let title = "hardcoded addresses are stale"
  static let cause = "A workload calls pods by addresses that were written down once."
  static let effect =
    "Calls to addresses that are gone wait for the timeout, those to addresses that were given to "
    + "another pod get another application's answer, and new pods get nothing to do."
  static let fix = "call the Service by its name: routing dns"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.beliefs.compactMap { belief in
      guard case .configuration(let caller) = belief.believer, !belief.addresses.isEmpty else {
        return nil
      }
      let service = picture.snapshot.service(belief.service)
      let behind = picture.pods.filter { pod in
        service?.selects(pod.state) ?? false && !pod.state.phase.isTerminal
      }
      let right = Set(behind.compactMap(\.state.ip))
      let wrong = belief.addresses.filter { !right.contains($0) }
      let unknown = behind.filter { pod in
        pod.state.isReady && !belief.addresses.contains(pod.state.ip ?? "")
      }
      guard !wrong.isEmpty || !unknown.isEmpty else { return nil }
      let row = picture.workloads.first { $0.key == caller && $0.owner == nil }
      return finding(
        row.map(picture.title) ?? "Workload \(caller)",
        at: row.flatMap(picture.name),
        words(wrong, of: belief, unknown.count, in: picture),
        severity: wrong.isEmpty ? .warning : .error
      )
    }
  }

  private static func words(
    _ wrong: [String],
    of belief: ClusterPicture.Belief,
    _ unknown: Int,
    in picture: ClusterPicture
  ) -> String {
    var parts: [String] = []
    if !wrong.isEmpty {
      let owners = wrong.map { address in
        picture.snapshot.pod(at: address).map { "\(address) belongs to \($0.key.name)" }
          ?? "\(address) to nobody"
      }
      parts.append(
        Words.share(wrong.count, of: belief.addresses.count, "address", plural: "addresses")
          + " none of \(belief.service.name): \(Words.list(owners))"
      )
    }
    if unknown > 0 {
      parts.append("\(unknown) ready \(unknown == 1 ? "pod is" : "pods are") not in its list")
    }
    return parts.joined(separator: "; ")
  }
}
