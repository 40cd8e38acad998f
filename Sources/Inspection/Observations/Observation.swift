import ClusterState
package import Diagnosis
import KubernetesManifests
import SimKernel

/// Something wrong with a cluster at an instant of a run, seen in its state and not in manifests.
///
/// An observation is a file in `Observations/` and a line in `observations`; docs/DIAGNOSTICS.md is
/// written from its words.
package protocol Observation: FindingWords {
  /// All places where it is seen.
  static func findings(in picture: ClusterPicture) -> [Finding]
}

/// Every observation, in the order of the codes.
package let observations: [any Observation.Type] = [
  PodsNotReady.self, PodsPending.self, NoReadyEndpoints.self, ContainersRestarted.self,
  AutoscalerAtMaximum.self, StaleHardcodedAddresses.self, StaleRules.self, NodeNotReady.self,
  RolloutNotFinished.self, NoDisruptionAllowed.self,
]

extension Observation {
  /// A finding about an object; without a place in a manifest it stands under `--at`.
  static func finding(
    _ object: String,
    at name: Located<String>?,
    _ message: String,
    severity: Finding.Severity? = nil,
    fix: String? = nil
  ) -> Finding {
    let nowhere = SourceSpan(SourceMark(file: "--at", line: 1, column: 1))
    return Finding(
      code: code,
      severity: severity ?? Self.severity,
      object: object,
      span: name.map { SourceSpan($0.mark, length: $0.value.count) } ?? nowhere,
      message: message,
      effect: effect,
      fix: fix ?? Self.fix
    )
  }
}

extension ClusterPicture {
  /// `Deployment shop/web`.
  func title(_ row: Workload) -> String { "\(row.kind.rawValue) \(row.key)" }

  /// Where the manifest names a workload; that of its Deployment for a ReplicaSet.
  func name(of row: Workload) -> Located<String>? {
    templates[row.kind, row.key]?.metadata.name
  }

  /// The pods of a workload that are not finished.
  func pods(of row: Workload) -> [Pod] {
    pods.filter {
      $0.state.key.namespace == row.key.namespace && $0.state.workload == row.key.name
        && !$0.state.phase.isTerminal
    }
  }
}

/// Words for messages.
enum Words {
  /// `1 of 3 pods is`, `2 of 3 pods are`.
  static func share(
    _ count: Int,
    of total: Int,
    _ thing: String,
    plural: String? = nil
  ) -> String {
    let things = total == 1 ? thing : plural ?? thing + "s"
    return "\(count) of \(total) \(things) \(count == 1 ? "is" : "are")"
  }

  /// Three at most, and how many more there are.
  static func list(_ items: [String]) -> String {
    let shown = items.prefix(3).joined(separator: ", ")
    return items.count > 3 ? "\(shown) and \(items.count - 3) more" : shown
  }
}
