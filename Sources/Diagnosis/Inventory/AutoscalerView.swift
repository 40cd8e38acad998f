package import KubernetesManifests

/// A HorizontalPodAutoscaler as its manifest has it.
package struct AutoscalerView: Sendable {
  package var object: ManifestObject
  package var spec: YAMLValue
  package var targetKind: String
  /// The name of the workload to scale.
  package var targetName: YAMLValue

  init?(_ object: ManifestObject) {
    guard object.kind == "HorizontalPodAutoscaler", let spec = object.tree["spec"],
      let kind = spec.at("scaleTargetRef", "kind")?.text,
      let name = spec.at("scaleTargetRef", "name")
    else { return nil }
    self.object = object
    self.spec = spec
    targetKind = kind
    targetName = name
  }

  var minReplicas: Int { spec.at("minReplicas")?.integer ?? 1 }
  var maxReplicas: Int? { spec.at("maxReplicas")?.integer }

  /// Names of the resources whose use is measured in percent of the request.
  var utilizations: [YAMLValue] {
    (spec["metrics"]?.elements ?? []).compactMap { metric in
      let resource = metric.at("resource")
      let isShare = resource?.at("target", "type")?.text == "Utilization"
      return isShare ? resource?.at("name") : nil
    }
  }

  /// Whether the workload is the one to scale.
  func scales(_ workload: WorkloadView) -> Bool {
    workload.object.kind == targetKind && workload.object.name == targetName.text
      && workload.object.namespace == object.namespace
  }
}

/// A PodDisruptionBudget as its manifest has it.
package struct BudgetView: Sendable {
  package var object: ManifestObject
  package var spec: YAMLValue
  package var selector: SelectorView

  init?(_ object: ManifestObject) {
    guard object.kind == "PodDisruptionBudget", let spec = object.tree["spec"] else { return nil }
    self.object = object
    self.spec = spec
    selector = SelectorView(spec["selector"])
  }

  func covers(_ workload: WorkloadView) -> Bool {
    workload.object.namespace == object.namespace && selector.matches(workload.labels)
  }
}
