import ClusterState
import KubernetesManifests

/// `kubectl describe hpa`.
enum DescribeAutoscalers: Describable {
  static let resource: any ResourceTable.Type = AutoscalersResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.sortedAutoscalers.map { row in
      let labels = picture.manifest(of: row)?.metadata.labels ?? Labels()
      var text = Description(row.key, labels: labels)
      text.add("Reference", row.reference)
      text.add("Metrics", "( current / target )")
      for (index, metric) in row.metrics.enumerated() {
        text.add("  " + words(metric), values(metric, row.currentText(index)))
      }
      text.add("Min replicas", String(row.minReplicas))
      text.add("Max replicas", String(row.maxReplicas))
      let kind = row.reference.split(separator: "/").first ?? ""
      text.add("\(kind) pods", "\(row.current(in: picture)) current / \(row.replicas) desired")
      text.append(conditions(row))
      text.add(picture.events(of: "horizontalpodautoscaler/" + row.key.name, in: row.key.namespace))
      return text
    }
  }

  private static func words(_ metric: MetricSpec) -> String {
    switch metric.source {
    case .resource(let name):
      guard case .utilization = metric.target else { return "resource \(name) on pods" }
      return "resource \(name) on pods  (as a percentage of request)"
    case .containerResource(let name, let container):
      return "resource \(name) of container \"\(container)\" on pods"
    case .pods(let metric): return "\"\(metric.name)\" on pods"
    case .object(let object, let metric):
      return "\"\(metric.name)\" on \(object.kind)/\(object.name)"
    case .external(let metric): return "\"\(metric.name)\" (external metric)"
    }
  }

  private static func values(_ metric: MetricSpec, _ current: String) -> String {
    let target = metric.target.text(forCPU: metric.source == .resource(name: "cpu"))
    return "\(current) / \(target)"
  }

  private static func conditions(_ row: ClusterPicture.Autoscaler) -> [String] {
    let isActive = row.current.contains { $0 != nil }
    let active = isActive ? "True    ValidMetricFound" : "False   FailedGetResourceMetric"
    var limit = ("False", "DesiredWithinRange")
    if row.replicas >= row.maxReplicas { limit = ("True", "TooManyReplicas") }
    if row.replicas <= row.minReplicas { limit = ("True", "TooFewReplicas") }
    return [
      "Conditions:", "  Type            Status  Reason", "  ----            ------  ------",
      "  ScalingActive   \(active)",
      "  ScalingLimited  \(Description.pad(limit.0, to: 8))\(limit.1)",
    ]
  }
}

extension ClusterPicture.Autoscaler {
  /// The pods that its target has.
  fileprivate func current(in picture: ClusterPicture) -> Int {
    picture.workloads.first {
      $0.key.namespace == key.namespace && $0.kind.rawValue + "/" + $0.key.name == reference
    }?.current ?? 0
  }
}

/// `kubectl describe pdb`.
enum DescribeBudgets: Describable {
  static let resource: any ResourceTable.Type = BudgetsResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.budgets.map { budget in
      var text = Description(budget.key, labels: budget.manifest.metadata.labels)
      if let least = budget.least { text.add("Min available", least.text) }
      if let most = budget.most { text.add("Max unavailable", most.text) }
      text.add("Selector", budget.manifest.selector?.value.text ?? "<unset>")
      text.add("Status", "")
      text.add("    Allowed disruptions", String(budget.allowed))
      text.add("    Current", String(budget.healthy))
      text.add("    Desired", String(budget.desired))
      text.add("    Total", String(budget.expected))
      return text
    }
  }
}
