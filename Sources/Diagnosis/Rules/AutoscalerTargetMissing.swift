import KubernetesManifests

/// An autoscaler of nothing.
package enum AutoscalerTargetMissing: Rule {
  package static let code = "PS1605"
  package static let severity = Finding.Severity.error
  package static let title = "the autoscaler's target does not exist"
  package static let cause = """
    scaleTargetRef names no workload of its namespace, although these manifests have workloads \
    there.
    """
  package static let effect = """
    AbleToScale is False with FailedGetScale; nothing is ever scaled, and the workload keeps the \
    replicas of its own manifest.
    """
  package static let fix = "Write the workload's kind and name."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.autoscalers.compactMap { autoscaler in
      let known = ["Deployment", "StatefulSet", "ReplicaSet"]
      guard known.contains(autoscaler.targetKind), let name = autoscaler.targetName.text,
        inventory.workload(scaledBy: autoscaler) == nil
      else { return nil }
      let namespace = autoscaler.object.namespace
      // Comparing letter by letter with thousands would take long.
      let scalable = inventory.labels.workloads(in: namespace).prefix(1_000)
        .map { inventory.workloads[$0] }.filter { known.contains($0.object.kind) }
      guard !scalable.isEmpty else { return nil }
      let near = EditDistance.nearest(name, in: scalable.map(\.object.name))
      let meant = scalable.first { $0.object.name == near }
      return finding(
        autoscaler.object,
        at: autoscaler.targetName.span,
        "there is no \(autoscaler.targetKind) \(name) in namespace \(namespace)",
        severity: meant == nil ? .warning : severity,
        fix: meant.map { "write `kind: \($0.object.kind)` and `name: \($0.object.name)`" }
          ?? "correct the name, or add the workload's manifest to the diagnosis"
      )
    }
  }
}
