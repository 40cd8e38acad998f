import ClusterState
import Diagnosis
import KubernetesManifests

enum RolloutNotFinished: Observation {
  static let code = "PS2009"
  static let severity = Finding.Severity.note
  static let title = "rollout is not finished"
  static let cause = "Not all pods of a Deployment or StatefulSet are of its present template."
  static let effect =
    "Old and new pods serve side by side; when the new ones never get ready it stays so for ever, "
    + "and nothing is rolled back."
  static let fix = "wait, or go back with rolloutUndo when the new pods do not get ready"

  static func findings(in picture: ClusterPicture) -> [Finding] {
    picture.workloads.filter { $0.owner == nil }.compactMap { row in
      let old = row.current - row.updated
      let isStalled = picture.events(of: "deployment/" + row.key.name, in: row.key.namespace)
        .contains { $0.reason == "ProgressDeadlineExceeded" }
      guard [.deployment, .statefulSet].contains(row.kind), old > 0, row.desired > 0 else {
        return nil
      }
      return finding(
        picture.title(row),
        at: picture.name(of: row),
        "\(row.updated) of \(row.desired) replicas are new, \(old) old "
          + (old == 1 ? "one is" : "ones are") + " left"
          + (isStalled ? ", and its progress deadline is over" : ""),
        severity: isStalled ? .error : .note
      )
    }
  }
}
