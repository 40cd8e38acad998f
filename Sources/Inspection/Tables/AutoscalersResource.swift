import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get hpa`.
enum AutoscalersResource: ResourceTable {
  static let name = "horizontalpodautoscalers"
  static let shortNames = ["hpa", "horizontalpodautoscaler"]
  static let apiVersion = "autoscaling/v2"
  static let kind = "HorizontalPodAutoscaler"
  static let isNamespaced = true
  static let columns = ["NAME", "REFERENCE", "TARGETS", "MINPODS", "MAXPODS", "REPLICAS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.sortedAutoscalers.map { row in
      ResourceRow(
        row.key.namespace,
        row.key.name,
        labels: picture.manifest(of: row)?.metadata.labels ?? Labels(),
        [
          row.key.name, row.reference, targets(row), String(row.minReplicas),
          String(row.maxReplicas), String(row.replicas), KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  /// Two metrics at most.
  private static func targets(_ row: ClusterPicture.Autoscaler) -> String {
    let all = row.metrics.enumerated().map { index, metric in
      let current = row.currentText(index)
      return switch metric.source {
      case .resource(let name), .containerResource(let name, _):
        "\(name): \(current)/\(metric.target.text(forCPU: name == "cpu"))"
      case .pods: "\(current)/\(metric.target.text())"
      case .object, .external:
        "\(current)/\(metric.target.text())" + (metric.target.isAverage ? " (avg)" : "")
      }
    }
    let rest = all.count > 2 ? " + \(all.count - 2) more..." : ""
    return all.prefix(2).joined(separator: ", ") + rest
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.sortedAutoscalers.map { row in
      let manifest = picture.manifest(of: row)
      return KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          row.key,
          labels: manifest?.metadata.labels ?? Labels(),
          annotations: manifest?.metadata.annotations ?? Labels(),
          created: picture.age,
          in: picture
        ),
        spec: .fields([
          "scaleTargetRef": manifest.map { json($0.scaleTargetRef) },
          "minReplicas": .integer(row.minReplicas), "maxReplicas": .integer(row.maxReplicas),
          "metrics": .list(row.metrics.map(json)),
          "behavior": manifest?.behavior.map {
            .fields(["scaleUp": json($0.scaleUp), "scaleDown": json($0.scaleDown)])
          },
        ]),
        status: status(row)
      )
    }
  }

  private static func status(_ row: ClusterPicture.Autoscaler) -> JSON {
    let current = row.metrics.indices.compactMap { index -> JSON? in
      guard row.current[index] != nil else { return nil }
      let metric = row.metrics[index]
      let field: String
      var value: JSON = .string(row.currentText(index))
      switch metric.target {
      case .utilization:
        field = "averageUtilization"
        value = .integer(Int(clamping: row.current[index] ?? 0))
      case .averageValue: field = "averageValue"
      case .value: field = "value"
      }
      return json(metric.source, "current", .fields([field: value]))
    }
    return .fields([
      "currentReplicas": .integer(row.replicas),
      "currentMetrics": .list(current),
    ])
  }

  private static func json(_ target: HorizontalPodAutoscaler.Target) -> JSON {
    .fields([
      "apiVersion": .text(target.apiVersion), "kind": .string(target.kind),
      "name": .string(target.name),
    ])
  }

  private static func json(_ metric: MetricSpec) -> JSON {
    let isCPU = metric.source == .resource(name: "cpu")
    var target: JSON = .fields([:])
    switch metric.target {
    case .utilization(let percent):
      target = .fields(["type": .string("Utilization"), "averageUtilization": .integer(percent)])
    case .averageValue:
      target = .fields([
        "type": .string("AverageValue"),
        "averageValue": .string(metric.target.text(forCPU: isCPU)),
      ])
    case .value:
      target = .fields([
        "type": .string("Value"), "value": .string(metric.target.text(forCPU: isCPU)),
      ])
    }
    return json(metric.source, "target", target)
  }

  /// A metric with its target, or with what it is.
  private static func json(
    _ metric: MetricSpec.Source,
    _ field: String,
    _ value: JSON
  ) -> JSON {
    let (type, what) = source(metric)
    return .fields([
      "type": .string(type),
      type.prefix(1).lowercased() + type.dropFirst(): .fields([
        "name": what.name, "container": what.container, "metric": what.metric,
        "describedObject": what.object, field: value,
      ]),
    ])
  }

  /// What stands in the field of a metric's type.
  private struct Source {
    var name: JSON?
    var container: JSON?
    var metric: JSON?
    var object: JSON?
  }

  private static func source(_ source: MetricSpec.Source) -> (String, Source) {
    switch source {
    case .resource(let name): ("Resource", Source(name: .string(name)))
    case .containerResource(let name, let container):
      ("ContainerResource", Source(name: .string(name), container: .string(container)))
    case .pods(let metric): ("Pods", Source(metric: json(metric)))
    case .object(let object, let metric):
      ("Object", Source(metric: json(metric), object: json(object)))
    case .external(let metric): ("External", Source(metric: json(metric)))
    }
  }

  private static func json(_ metric: MetricSpec.Identifier) -> JSON {
    .fields(["name": .string(metric.name), "selector": .selector(metric.selector)])
  }

  private static func json(_ rules: AutoscalerBehavior.Rules) -> JSON {
    .fields([
      "stabilizationWindowSeconds": .integer(rules.stabilizationWindowSeconds),
      "selectPolicy": .string(rules.selectPolicy.rawValue),
      "policies": .list(
        rules.policies.map {
          .fields([
            "type": .string($0.type.rawValue), "value": .integer($0.value),
            "periodSeconds": .integer($0.periodSeconds),
          ])
        }
      ),
      "tolerance": .text(rules.tolerance?.cpuText),
    ])
  }
}

extension ClusterPicture {
  var sortedAutoscalers: [Autoscaler] { autoscalers.sorted { $0.key < $1.key } }

  /// The autoscaler as it was written.
  func manifest(of row: Autoscaler) -> HorizontalPodAutoscaler? {
    manifests.autoscalers.last {
      $0.metadata.name.value == row.key.name && $0.metadata.namespace == row.key.namespace
    }
  }
}

extension ClusterPicture.Autoscaler {
  /// What is known of a metric, as kubectl prints it.
  func currentText(_ index: Int) -> String {
    guard let value = current[index] else { return "<unknown>" }
    if case .utilization = metrics[index].target { return "\(value)%" }
    return value % 1_000 == 0 ? "\(value / 1_000)" : "\(value)m"
  }
}

extension MetricSpec.Target {
  fileprivate var isAverage: Bool {
    if case .averageValue = self { true } else { false }
  }

  /// As kubectl prints it.
  func text(forCPU isCPU: Bool = true) -> String {
    switch self {
    case .utilization(let percent): "\(percent)%"
    case .averageValue(let amount), .value(let amount):
      isCPU ? amount.cpuText : amount.memoryText
    }
  }
}
