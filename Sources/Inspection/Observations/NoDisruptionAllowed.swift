import ClusterState
import Diagnosis
import KubernetesManifests

enum NoDisruptionAllowed: Observation {
  static let code = "PS2010"
  static let severity = Finding.Severity.note
  static let title = "budget lets no pod go"
  static let cause = "A PodDisruptionBudget allows no disruption at present."
  static let effect =
    "kubectl drain and the cluster autoscaler wait and try again; rolling updates, crashes and "
    + "lost machines do not ask."
  static let fix = "make the missing pods ready, or allow one more disruption"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.budgets.filter { $0.allowed == 0 && $0.expected > 0 }.map { budget in
      let isAsked = picture.nodes.contains(where: \.isCordoned)
      return finding(
        "PodDisruptionBudget \(budget.key)",
        at: budget.manifest.metadata.name,
        "\(budget.healthy) of \(budget.expected) pods are healthy and \(budget.desired) must be"
          + (isAsked ? ", while a node is cordoned" : ""),
        severity: isAsked ? .warning : .note
      )
    }
  }
}
