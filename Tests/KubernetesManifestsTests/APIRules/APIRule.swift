import KubernetesManifests
import Testing

/// A rule of the API server: an edit of a document that breaks it, one next to it that does not.
struct APIRule: Sendable, CustomTestStringConvertible {
  /// What the server calls the error.
  enum Kind: String, Sendable {
    case required = "Required value"
    case invalid = "Invalid value"
    case forbidden = "Forbidden"
    case duplicate = "Duplicate value"
    case notSupported = "Unsupported value"
    case tooMany = "Too many"
  }
  var base: String
  var find: String
  /// `¶` marks where the error must point.
  var wrong: String
  var right: String
  var kind: Kind
  var path: String

  init(
    _ base: String,
    _ find: String,
    _ wrong: String,
    not right: String,
    _ kind: Kind,
    _ path: String
  ) {
    self.base = base
    self.find = find
    self.wrong = wrong
    self.right = right
    self.kind = kind
    self.path = path
  }

  var testDescription: String { "\(path): \(wrong)" }

  func edited(_ replacement: String) -> String {
    base.replacing(find, with: replacement, maxReplacements: 1)
  }
}

/// Documents that are right, for rules to break.
enum APIBase {
  static let clusterIP = """
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: web}
      ports:
        - {name: http, port: 80}
        - {name: admin, port: 81}

    """
  static let nodePort = clusterIP.replacing("spec:\n", with: "spec:\n  type: NodePort\n")
  static let loadBalancer = clusterIP.replacing("spec:\n", with: "spec:\n  type: LoadBalancer\n")
  static let externalName = """
    apiVersion: v1
    kind: Service
    metadata: {name: cloud}
    spec:
      type: ExternalName
      externalName: db.example.com

    """

  private static func template(indent: String, labels: String = "{app: web}") -> String {
    """
    template:
      metadata: {labels: \(labels)}
      spec:
        containers:
          - name: web
            image: web:1
    """
    .split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
  }

  private static func workload(_ kind: String, _ more: String = "") -> String {
    """
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
    \(more)\(template(indent: "  "))

    """
  }

  static let deployment = workload("Deployment")
  static let replicaSet = workload("ReplicaSet")
  static let daemonSet = workload("DaemonSet")
  static let statefulSet = workload("StatefulSet", "  serviceName: web\n")

  static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      restartPolicy: Always
      containers:
        - name: web
          image: web:1
        - name: log
          image: log:1

    """
  static let job = """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: report}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: a, image: a}]

    """
  static let cronJob = """
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: report}
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: OnFailure
              containers: [{name: a, image: a}]

    """
  static let ingress = """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service: {name: web, port: {number: 80}}

    """
  static let budget = """
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      minAvailable: 50%

    """
  static let endpoints = """
    apiVersion: v1
    kind: Endpoints
    metadata: {name: legacy}
    subsets:
      - addresses: [{ip: 10.0.0.1}]
        ports:
          - {name: sql, port: 5432}
          - {name: metrics, port: 9187}

    """
  static let slice = """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: legacy-1, labels: {kubernetes.io/service-name: legacy}}
    addressType: IPv4
    endpoints:
      - addresses: [10.0.0.1]
    ports:
      - {name: sql, port: 5432}
      - {name: metrics, port: 9187}

    """
  static let autoscaler = """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {kind: Deployment, name: web}
      maxReplicas: 10
      metrics:
        - type: Resource
          resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}

    """
  static let configMap = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings}
    data:
      color: blue

    """
  static let secret = """
    apiVersion: v1
    kind: Secret
    metadata: {name: keys}
    type: Opaque
    data:
      tls.crt: YQ==
      tls.key: YQ==

    """
  static let node = """
    apiVersion: v1
    kind: Node
    metadata: {name: a, labels: {topology.kubernetes.io/zone: eu-1a}}
    spec:
      podCIDR: 10.244.1.0/24
      taints:
        - {key: spot, effect: NoSchedule}
        - {key: gpu, effect: NoSchedule}

    """
}
