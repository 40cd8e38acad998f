internal import KubernetesManifests

/// Finds the pods that a selector may pick without looking at every pod of the cluster.
package struct PodIndex: Sendable {
  /// One label in one namespace.
  private struct Entry: Hashable {
    var namespace: String
    var label: Labels.Entry
  }
  private let pods: [PodState]
  private var positions: [Entry: [Int]] = [:]

  package init(_ pods: [PodState]) {
    self.pods = pods
    for (index, pod) in pods.enumerated() {
      for label in pod.labels.entries {
        positions[Entry(namespace: pod.key.namespace, label: label), default: []].append(index)
      }
    }
  }

  /// The pods that have the rarest label of the selector; the others may be missing.
  package func candidates(for service: ServiceState) -> [PodState] {
    guard service.hasSelector else { return [] }
    let lists = service.selector.entries.map { label in
      positions[Entry(namespace: service.key.namespace, label: label)] ?? []
    }
    return lists.min { $0.count < $1.count }?.map { pods[$0] } ?? []
  }
}
