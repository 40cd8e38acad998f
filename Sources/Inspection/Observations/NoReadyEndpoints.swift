import ClusterState
import Diagnosis
import KubernetesManifests

enum NoReadyEndpoints: Observation {
  static let code = "PS2003"
  static let severity = Finding.Severity.error
  static let title = "Service has no ready endpoint"
  static let cause = "No pod that a Service selects is ready."
  static let effect =
    "Its name resolves and its variables are set, but every connection is refused at once; a "
    + "headless Service has no addresses at all."
  static let fix = "make the pods ready, or make the selector match them"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.snapshot.services.compactMap { service in
      guard service.hasSelector, let manifest = picture.manifest(of: service),
        !picture.snapshot.slices(of: service.key).flatMap(\.endpoints).contains(where: \.isReady)
      else { return nil }
      return finding(
        "Service \(service.key)",
        at: manifest.metadata.name,
        reason(service, in: picture)
      )
    }
  }

  private static func reason(_ service: ServiceState, in picture: ClusterPicture) -> String {
    let chosen = picture.pods.filter { service.selects($0.state) }
    if chosen.isEmpty { return "\(service.selector.text) matches no pod" }
    let leaving = chosen.filter(\.state.isTerminating)
    if leaving.count == chosen.count {
      return "all \(chosen.count) pods behind it are terminating"
    }
    let waiting = chosen.filter { $0.state.ip == nil }
    if waiting.count == chosen.count { return "no pod behind it has an address yet" }
    let statuses = chosen.map { "\($0.state.key.name) (\($0.status))" }
    return "none of the \(chosen.count) pods behind it is ready: \(Words.list(statuses))"
  }
}
