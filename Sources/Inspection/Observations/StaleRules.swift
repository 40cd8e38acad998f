import ClusterState
import Diagnosis
import KubernetesManifests

enum StaleRules: Observation {
  static let code = "PS2007"
  static let severity = Finding.Severity.warning
  static let title = "rules lead to pods that are gone"
  static let cause = "kube-proxy on some nodes has not yet programmed what the slices say."
  static let effect =
    "New connections from those nodes that are sent there are refused, or wait for the timeout."
  static let fix = "give pods a preStop of some seconds, so that rules change before they stop"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    var nodes: [ObjectKey: [String: [String]]] = [:]
    for belief in picture.beliefs {
      guard case .node(let node) = belief.believer,
        picture.nodes.contains(where: { $0.state.name == node && $0.isReady })
      else { continue }
      for address in belief.addresses where picture.snapshot.pod(at: address) == nil {
        nodes[belief.service, default: [:]][address, default: []].append(node)
      }
    }
    return nodes.keys.sorted().flatMap { key in
      let stale = nodes[key] ?? [:]
      return stale.keys.sorted().map { address in
        let count = stale[address]?.count ?? 0
        let manifest = picture.snapshot.service(key).flatMap(picture.manifest)
        return finding(
          "Service \(key)",
          at: manifest?.metadata.name,
          "\(count) of \(picture.nodes.count) nodes still \(count == 1 ? "leads" : "lead") to "
            + "\(address), which no pod has"
        )
      }
    }
  }
}
