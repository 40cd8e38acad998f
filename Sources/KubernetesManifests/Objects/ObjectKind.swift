/// What is known about an object's `kind` and `apiVersion`.
enum ObjectKind: String, CaseIterable {
  case deployment = "Deployment"
  case statefulSet = "StatefulSet"
  case service = "Service"
  case horizontalPodAutoscaler = "HorizontalPodAutoscaler"
  case namespace = "Namespace"
  case list = "List"

  /// The one version that is read.
  var apiVersion: String {
    switch self {
    case .deployment, .statefulSet: "apps/v1"
    case .service, .namespace, .list: "v1"
    case .horizontalPodAutoscaler: "autoscaling/v2"
    }
  }

  /// Kinds of Kubernetes that would change what users feel, were they simulated.
  static let influential = [
    "Pod", "ReplicaSet", "ReplicationController", "DaemonSet", "Job", "CronJob", "Ingress",
    "NetworkPolicy", "PodDisruptionBudget", "ResourceQuota", "LimitRange", "Endpoints",
    "EndpointSlice", "PriorityClass",
  ]

  /// Further kinds of the groups below, so that a misspelt kind is noticed.
  private static let harmless = [
    "ConfigMap", "Secret", "ServiceAccount", "PersistentVolume", "PersistentVolumeClaim",
    "PodTemplate", "Node", "Event", "Binding", "ComponentStatus", "ControllerRevision",
    "ConfigMapList", "SecretList", "ServiceList", "PodList", "DeploymentList", "StatefulSetList",
    "NamespaceList",
  ]

  /// Groups whose kinds are all known here.
  private static let closedGroups = ["v1", "apps/v1", "batch/v1", "autoscaling/v2"]

  /// The nearest known kind when this one is a misspelling, else `nil`.
  static func correction(of kind: String, apiVersion: String) -> String? {
    let known = allCases.map(\.rawValue) + influential + harmless
    if known.contains(kind) || !closedGroups.contains(apiVersion) { return nil }
    return EditDistance.nearest(kind, in: known)
  }

  /// Whether the group is one that others may define, such as `serving.knative.dev/v1`.
  static func isForeignGroup(_ apiVersion: String) -> Bool {
    apiVersion.split(separator: "/").first?.contains(".") ?? false
  }
}
