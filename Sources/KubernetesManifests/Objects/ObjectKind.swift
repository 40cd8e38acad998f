/// What is known about an object's `kind` and `apiVersion`.
enum ObjectKind: String, CaseIterable {
  case deployment = "Deployment"
  case statefulSet = "StatefulSet"
  case service = "Service"
  case horizontalPodAutoscaler = "HorizontalPodAutoscaler"
  case namespace = "Namespace"
  case replicaSet = "ReplicaSet"
  case daemonSet = "DaemonSet"
  case job = "Job"
  case cronJob = "CronJob"
  case pod = "Pod"
  case endpoints = "Endpoints"
  case endpointSlice = "EndpointSlice"
  case ingress = "Ingress"
  case podDisruptionBudget = "PodDisruptionBudget"
  case configMap = "ConfigMap"
  case secret = "Secret"
  case node = "Node"
  case list = "List"

  /// Kinds that are read and checked but change nothing in a simulation yet, with how much that
  /// matters; whoever makes one work removes it here.
  static let notSimulated: [(kind: ObjectKind, severity: Diagnostic.Severity)] = [
    (.endpoints, .warning), (.endpointSlice, .warning),
  ]

  /// The one version that is read.
  var apiVersion: String {
    switch self {
    case .deployment, .statefulSet, .replicaSet, .daemonSet: "apps/v1"
    case .job, .cronJob: "batch/v1"
    case .service, .namespace, .pod, .endpoints, .configMap, .secret, .node, .list: "v1"
    case .horizontalPodAutoscaler: "autoscaling/v2"
    case .endpointSlice: "discovery.k8s.io/v1"
    case .ingress: "networking.k8s.io/v1"
    case .podDisruptionBudget: "policy/v1"
    }
  }

  /// The kind whose typed list has this name, such as that of `DeploymentList`.
  init?(ofList name: String) {
    guard name.hasSuffix("List"), name != "List" else { return nil }
    self.init(rawValue: String(name.dropLast(4)))
  }

  /// Kinds of Kubernetes that would change what users feel, were they read.
  static let influential = [
    "ReplicationController", "NetworkPolicy", "ResourceQuota", "LimitRange", "PriorityClass",
  ]

  /// Further kinds of the groups below, so that a misspelt kind is noticed.
  private static let harmless = [
    "ServiceAccount", "PersistentVolume", "PersistentVolumeClaim", "PodTemplate", "Event",
    "Binding", "ComponentStatus", "ControllerRevision",
  ]

  /// Groups whose kinds are all known here.
  private static let closedGroups = ["v1", "apps/v1", "batch/v1", "autoscaling/v2"]

  /// The nearest known kind when this one is a misspelling, else `nil`.
  static func correction(of kind: String, apiVersion: String) -> String? {
    let singular = kind.hasSuffix("List") ? String(kind.dropLast(4)) : kind
    let known = allCases.map(\.rawValue) + influential + harmless
    if known.contains(singular) || !closedGroups.contains(apiVersion) { return nil }
    return EditDistance.nearest(kind, in: known)
  }

  /// Whether the group is one that others may define, such as `serving.knative.dev/v1`.
  func isForeign(_ apiVersion: String) -> Bool {
    guard let group = Self.group(of: apiVersion), group.contains(".") else { return false }
    return group != Self.group(of: self.apiVersion)
  }

  private static func group(of apiVersion: String) -> Substring? {
    apiVersion.split(separator: "/").first
  }
}
