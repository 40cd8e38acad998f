package import KubernetesManifests

/// Whatever makes pods, or is one.
package struct WorkloadView: Sendable {
  package var object: ManifestObject
  /// The pods' own labels.
  package var labels: [LocatedLabel]
  /// Which pods the workload counts as its own; `nil` for a bare Pod and for Jobs.
  package var selector: SelectorView?
  package var containers: [ContainerView]
  /// Init containers; those that restart always are sidecars and among `containers`, too.
  package var initContainers: [ContainerView]
  /// `spec.replicas`, 1 when not given; `nil` for a DaemonSet, which has one pod a node.
  package var replicas: Int?
  /// The pod's `spec`.
  package var podSpec: YAMLValue
  /// Where `spec.replicas` stands, or else the name.
  package var replicasSpan: SourceSpan

  /// The kinds that make pods, with the path to the pod template.
  private static let templates: [(kind: String, path: [String])] = [
    ("Pod", []), ("Deployment", ["spec", "template"]), ("StatefulSet", ["spec", "template"]),
    ("DaemonSet", ["spec", "template"]), ("ReplicaSet", ["spec", "template"]),
    ("ReplicationController", ["spec", "template"]), ("Job", ["spec", "template"]),
    ("CronJob", ["spec", "jobTemplate", "spec", "template"]),
  ]

  /// `nil` for objects without pods.
  init?(_ object: ManifestObject) {
    guard let path = Self.templates.first(where: { $0.kind == object.kind })?.path else {
      return nil
    }
    var template = object.tree
    for key in path {
      guard let inner = template[key] else { return nil }
      template = inner
    }
    guard let podSpec = template["spec"] else { return nil }
    self.object = object
    self.podSpec = podSpec
    labels = LocatedLabel.all(in: template.at("metadata", "labels"))
    let main = (podSpec["containers"]?.elements ?? []).compactMap { ContainerView($0) }
    initContainers = (podSpec["initContainers"]?.elements ?? []).compactMap { ContainerView($0) }
    containers = main + initContainers.filter { $0.tree["restartPolicy"]?.text == "Always" }
    let spec = object.tree["spec"]
    let isOwner = !["Pod", "Job", "CronJob"].contains(object.kind)
    selector = isOwner ? spec?["selector"].map { SelectorView($0) } : nil
    replicas = object.kind == "DaemonSet" ? nil : spec?["replicas"]?.integer ?? 1
    replicasSpan = spec?.at("replicas")?.span ?? object.nameSpan
  }

  /// `Deployment checkout-backend`.
  func title(seenFrom namespace: String) -> String { object.title(seenFrom: namespace) }

  /// Whether the pods serve for as long as they can, unlike those of a Job.
  var isLasting: Bool { !["Job", "CronJob"].contains(object.kind) }

  /// Seconds between SIGTERM being due and SIGKILL.
  var gracePeriod: Int { podSpec["terminationGracePeriodSeconds"]?.integer ?? 30 }

  /// Whether Services become environment variables, as they do unless refused.
  var hasServiceLinks: Bool { podSpec["enableServiceLinks"]?.text != "false" }

  /// The declared ports of all containers.
  var ports: [ContainerView.Port] { containers.flatMap(\.ports) }
}
