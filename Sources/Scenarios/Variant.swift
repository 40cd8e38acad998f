package import ClusterSimulator
package import KubernetesManifests
package import SimKernel

/// One arm of the comparison.
package struct Variant: Sendable {
  /// Objects that somebody applies or deletes during the run.
  package struct Change: Sendable {
    package var at: SimDuration
    package var applied = ManifestSet()
    /// The Service that is deleted: its name or `namespace/name`.
    package var deletedService: String?
    /// The trees of the objects applied.
    var documents: [YAMLValue] = []
  }
  package var name: String
  package var plan: SimulationPlan
  /// The objects at the start, overrides applied.
  package var manifests: ManifestSet
  package var changes: [Change]
  /// The trees of the objects at the start, and that of the scenario file, overrides applied.
  var documents: [YAMLValue] = []
  package internal(set) var scenarioTree: YAMLValue?

  package init(
    name: String,
    plan: SimulationPlan,
    manifests: ManifestSet = ManifestSet(),
    changes: [Change] = []
  ) {
    self.name = name
    self.plan = plan
    self.manifests = manifests
    self.changes = changes
  }

  /// The objects after all changes up to an instant, that one's included.
  package func manifests(at time: SimTime) -> ManifestSet {
    var state = manifests
    for change in changes.sorted(by: { $0.at < $1.at }) where .zero + change.at <= time {
      Self.put(change.applied.services, into: &state.services, by: \.metadata.qualifiedName)
      Self.put(change.applied.deployments, into: &state.deployments, by: \.metadata.qualifiedName)
      Self.put(change.applied.statefulSets, into: &state.statefulSets, by: \.metadata.qualifiedName)
      Self.put(change.applied.ingresses, into: &state.ingresses, by: \.metadata.qualifiedName)
      if let name = change.deletedService {
        state.services.removeAll {
          $0.metadata.qualifiedName == name || $0.metadata.qualifiedName.hasSuffix("/" + name)
        }
      }
    }
    return state
  }

  /// The trees of the objects after all changes up to an instant.
  package func documents(at time: SimTime) -> [YAMLValue] {
    var state = documents
    for change in changes.sorted(by: { $0.at < $1.at }) where .zero + change.at <= time {
      Self.put(change.documents, into: &state, by: Self.identity)
      if let name = change.deletedService {
        state.removeAll { Self.identity($0).hasSuffix("/" + name) && Self.isService($0) }
      }
    }
    return state
  }

  private static func isService(_ object: YAMLValue) -> Bool {
    object["kind"]?.scalar?.text == "Service"
  }

  /// `kind/namespace/name`.
  private static func identity(_ object: YAMLValue) -> String {
    let metadata = object["metadata"]
    let parts = [
      object["kind"]?.scalar?.text ?? "", metadata?["namespace"]?.scalar?.text ?? "default",
      metadata?["name"]?.scalar?.text ?? "",
    ]
    return parts.joined(separator: "/")
  }

  private static func put<Object>(
    _ objects: [Object],
    into state: inout [Object],
    by name: (Object) -> String
  ) {
    for object in objects {
      if let index = state.firstIndex(where: { name($0) == name(object) }) {
        state[index] = object
      } else {
        state.append(object)
      }
    }
  }
}
