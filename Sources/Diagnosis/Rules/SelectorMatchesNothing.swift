import KubernetesManifests

/// A Service whose selector fits no pod of its namespace.
package enum SelectorMatchesNothing: Rule {
  package static let code = "PS1101"
  package static let severity = Finding.Severity.error
  package static let title = "selector matches no pod"
  package static let cause = """
    No workload of the Service's namespace has pods with all labels of its selector. Labels are \
    compared exactly, upper and lower case included, and all must match.
    """
  package static let effect = """
    The name resolves, but the Service has no endpoints: every connection is refused at once \
    (REJECT), which a proxy in front turns into 502 or 503. Nothing times out, and \
    NotReadyAddresses is empty, too.
    """
  package static let fix = """
    Make the selector equal to the labels of the pod template (spec.template.metadata.labels, \
    not the Deployment's own labels).
    """

  /// Workloads that are compared letter by letter; more would take long and tell no more.
  private static let most = 500

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard service.selectsPods, inventory.workloads(behind: service).isEmpty,
        !inventory.workloads.isEmpty,
        SelectorInOtherNamespace.workload(for: service, inventory) == nil
      else { return nil }
      let own = inventory.labels.workloads(in: service.object.namespace).prefix(most)
      guard let nearest = LabelComparison.nearest(service, among: own, of: inventory.workloads),
        nearest.isNear,
        let label = nearest.missing.first
      else { return nothingAlike(service, inventory) }
      return mismatch(service, nearest, label)
    }
  }

  private static func nothingAlike(_ service: ServiceView, _ inventory: Inventory) -> Finding? {
    guard let label = service.selector.first else { return nil }
    return finding(
      service.object,
      at: label.valueSpan,
      "no pod template of these manifests has anything like the selector's "
        + "\(service.selector.text)",
      severity: inventory.hasForeignKinds ? .note : .warning,
      effect: effect(on: service),
      fix: "add the workload's manifest to the diagnosis, or correct the selector"
    )
  }

  private static func mismatch(
    _ service: ServiceView,
    _ nearest: LabelComparison,
    _ label: LocatedLabel
  ) -> Finding {
    let pods = "the pods of \(nearest.workload.title(seenFrom: service.object.namespace))"
    let object = nearest.workload.object
    let differences = nearest.missing.map { difference($0, nearest) }
    let meant = nearest.nearest(to: label)
    let place =
      nearest.workload.labels.value(of: label.key) == nil && meant == nil
      ? label.keySpan : label.valueSpan
    let isOtherKey = meant.map { $0.key != label.key } ?? false
    let others = nearest.missing.count > 1 ? ", and likewise for the other labels" : ""
    let repair =
      meant.map { "write `\($0.text)` here\(others)" }
      ?? "remove `\(label.text)` here, or add it to spec.template.metadata.labels of "
      + "\(object.kind) \(object.name) (\(object.place))\(others)"
    return finding(
      service.object,
      at: isOtherKey ? label.keySpan : place,
      "the selector asks for \(differences.map(\.asked).joined(separator: " and ")), "
        + "but \(pods) have \(differences.map(\.found).joined(separator: " and "))"
        + remark(label, nearest),
      effect: effect(on: service),
      fix: repair
    )
  }

  private static func difference(
    _ label: LocatedLabel,
    _ nearest: LabelComparison
  ) -> (asked: String, found: String) {
    if let value = nearest.workload.labels.value(of: label.key) {
      return ("`\(label.text)`", "`\(label.key): \(value)`")
    }
    let meant = nearest.nearest(to: label)
    return ("`\(label.text)`", meant.map { "`\($0.text)`" } ?? "no label `\(label.key)`")
  }

  /// What makes the difference easy to overlook.
  private static func remark(_ label: LocatedLabel, _ nearest: LabelComparison) -> String {
    guard nearest.missing.count == 1 else { return "" }
    if let meant = nearest.nearest(to: label) {
      let differsInCase =
        meant.text != label.text && meant.text.lowercased() == label.text.lowercased()
      return differsInCase ? "; only the case differs, and it counts" : ""
    }
    let isOnWorkload = nearest.workload.object.labels.value(of: label.key) == label.value
    return isOnWorkload
      ? "; the label stands on the \(nearest.workload.object.kind) itself, not on its pods" : ""
  }

  private static func effect(on service: ServiceView) -> String {
    service.isHeadless
      ? "DNS answers NXDOMAIN for the headless Service, because it has no ready endpoint" : effect
  }
}
