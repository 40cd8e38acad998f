import KubernetesManifests

/// A StatefulSet whose pods get no names.
package enum GoverningServiceMissing: Rule {
  package static let code = "PS1609"
  package static let severity = Finding.Severity.error
  package static let title = "the StatefulSet's Service does not exist or selects other pods"
  package static let cause = """
    spec.serviceName of a StatefulSet is absent (a warning), names no Service of its namespace, \
    or one that does not select its pods.
    """
  package static let effect = """
    The pods run, but POD.SERVICE.NAMESPACE.svc resolves for none of them (NXDOMAIN): peers do \
    not find each other and clients cannot choose the primary.
    """
  package static let fix = """
    Create a headless Service with that name and the pods' labels as selector.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.filter { $0.object.kind == "StatefulSet" }.compactMap { workload in
      guard let value = workload.object.tree.at("spec", "serviceName"), let name = value.text,
        !name.isEmpty
      else { return absent(workload, inventory) }
      let namespace = workload.object.namespace
      guard let service = inventory.service(name, in: namespace) else {
        return missing(workload, value, name, inventory)
      }
      // Of a selector that matches nothing at all, another rule speaks.
      if service.selects(workload) || inventory.workloads(behind: service).isEmpty { return nil }
      return finding(
        workload.object,
        at: value.span,
        "Service \(name) selects \(service.selector.text), and so other pods than this set's "
          + "\(workload.labels.text)",
        fix: "write the name of a headless Service that selects `\(workload.labels.text)`"
      )
    }
  }

  private static func absent(_ workload: WorkloadView, _ inventory: Inventory) -> Finding? {
    guard let headless = inventory.services(before: workload).first(where: \.isHeadless) else {
      return nil
    }
    return finding(
      workload.object,
      at: workload.object.nameSpan,
      "serviceName is not given, although there is the headless Service \(headless.object.name)",
      severity: .warning,
      fix: "add `serviceName: \(headless.object.name)` to spec"
    )
  }

  private static func missing(
    _ workload: WorkloadView,
    _ value: YAMLValue,
    _ name: String,
    _ inventory: Inventory
  ) -> Finding {
    let own = inventory.services(before: workload)
    let near = own.first(where: \.isHeadless) ?? own.first
    return finding(
      workload.object,
      at: value.span,
      "serviceName \(name) is no Service of namespace \(workload.object.namespace)"
        + (near.map { "; its pods are selected by Service \($0.object.name)" } ?? ""),
      fix: near.map { "write `serviceName: \($0.object.name)`" }
        ?? "add a Service \(name) with `clusterIP: None` and the selector `\(workload.labels.text)`"
    )
  }
}
