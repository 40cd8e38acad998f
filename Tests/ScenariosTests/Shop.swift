import Foundation
import KubernetesManifests
import Scenarios
import TestSupport

/// A small valid scenario with manifests, and ways to spoil it.
enum Shop {
  static let scenario = """
    apiVersion: podstorm/v1
    kind: Scenario
    metadata: {name: shop}
    spec:
      manifests: [shop.yaml]
      run: {duration: 1h}
      cluster: {nodes: 3}
      workloads:
        shop/deployment/web:
          concurrency: 4
          serviceTime: 20ms
          calls:
            api: {target: http://api.shop, timeout: 2s}
        shop/deployment/api:
          concurrency: 8
          database: {target: db, transaction: 10ms}
        shop/statefulset/db:
          database: {maxConnections: 100}
      traffic:
        - name: users
          arrivals: {poisson: {rate: 50/s}}
          target: http://web.shop/
          timeout: 5s
      faults:
        - {at: 10m, nodeLoss: {node: node-2, for: 5m}}
      variants:
        fast: {workloads.web.calls.api.timeout: 1s}
        slow: {workloads.web.calls.api.timeout: 4s}
      thresholds: ["fast: availability >= 99.9%"]

    """

  static let manifests = [
    deployment("web", replicas: 2), service("web"), deployment("api", replicas: 3),
    service("api"), autoscaler, database, service("db", port: 5432),
  ].joined(separator: "---\n")

  static func deployment(_ name: String, replicas: Int) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), namespace: shop}
    spec:
      replicas: \(replicas)
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers:
            - name: \(name)
              image: registry.example/\(name)
              ports: [{name: http, containerPort: 8080}]
              resources: {requests: {cpu: 100m}}

    """
  }

  static func service(_ name: String, port: Int = 80) -> String {
    """
    apiVersion: v1
    kind: Service
    metadata: {name: \(name), namespace: shop}
    spec:
      selector: {app: \(name)}
      ports: [{port: \(port), targetPort: http}]

    """
  }

  static let autoscaler = """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: api, namespace: shop}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
      minReplicas: 3
      maxReplicas: 9

    """

  static let database = """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: db, namespace: shop}
    spec:
      serviceName: db
      replicas: 1
      selector: {matchLabels: {app: db}}
      template:
        metadata: {labels: {app: db}}
        spec:
          containers:
            - name: db
              image: registry.example/db
              ports: [{name: http, containerPort: 5432}]

    """

  /// Reads the given texts as files of a folder of their own.
  static func load(
    _ scenario: String = Shop.scenario,
    manifests: String = Shop.manifests,
    overrides: [String] = []
  ) throws -> Scenario {
    try withTemporaryDirectory { folder in
      let file = folder.appending(path: "scenario.yaml")
      try Data(scenario.utf8).write(to: file)
      try Data(manifests.utf8).write(to: folder.appending(path: "shop.yaml"))
      return try ScenarioLoader.load(path: file.path, overrides: overrides)
    }
  }

  /// Everything that is said about the given texts, errors only: `line:column message | hint`.
  ///
  /// Lines of manifests are prefixed with their file, those of overrides with their path.
  static func errors(
    _ scenario: String = Shop.scenario,
    manifests: String = Shop.manifests,
    overrides: [String] = []
  ) throws -> [String] {
    do {
      _ = try load(scenario, manifests: manifests, overrides: overrides)
      return []
    } catch let error as InvalidInput {
      return error.diagnostics.filter { $0.severity == .error }.map(text)
    }
  }

  /// Warnings about the given texts, in the same form.
  static func warnings(
    _ scenario: String = Shop.scenario,
    manifests: String = Shop.manifests
  ) throws -> [String] {
    try load(scenario, manifests: manifests).remarks.filter { $0.severity == .warning }.map(text)
  }

  private static func text(_ diagnostic: Diagnostic) -> String {
    var text = ""
    if let mark = diagnostic.mark {
      let file = mark.file.split(separator: "/").last.map(String.init) ?? ""
      if file != "scenario.yaml" { text += file + ":" }
      text += "\(mark.line):\(mark.column) "
    }
    text += diagnostic.message
    if let hint = diagnostic.hint { text += " | " + hint }
    return text
  }
}
