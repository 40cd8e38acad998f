import KubernetesManifests

/// An autoscaler that measures in percent of nothing.
package enum AutoscalerWithoutRequests: Rule {
  package static let code = "PS1604"
  package static let severity = Finding.Severity.error
  package static let title = "the autoscaler's workload has no request to measure by"
  package static let cause = """
    A HorizontalPodAutoscaler aims at a utilisation, which is a percentage of the request, and a \
    container of the workload has no request (nor limit) for that resource.
    """
  package static let effect = """
    The metric fails for the whole workload ("missing request for cpu"): ScalingActive is False \
    and the replicas stay as they are, whatever the load.
    """
  package static let fix = "Give every container a request for the resource."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.autoscalers.flatMap { autoscaler -> [Finding] in
      guard let workload = inventory.workload(scaledBy: autoscaler) else { return [] }
      let words = autoscaler.utilizations
      let isDefault = autoscaler.spec.at("metrics") == nil
      let resources = words.compactMap { word in word.text.map { ($0, word.span) } }
      let wanted = isDefault ? [("cpu", autoscaler.targetName.span)] : resources
      return wanted.compactMap { resource, span in
        guard let container = workload.containers.first(where: { lacks(resource, $0) }) else {
          return nil
        }
        return finding(
          autoscaler.object,
          at: span,
          "utilisation of \(resource) cannot be computed: container \(container.name) of "
            + "\(workload.title(seenFrom: autoscaler.object.namespace)) requests none",
          fix: "add `resources: {requests: {\(resource): …}}` to container \(container.name) "
            + "(\(container.nameSpan.mark.file):\(container.nameSpan.mark.line))"
        )
      }
    }
  }

  private static func lacks(_ resource: String, _ container: ContainerView) -> Bool {
    container.tree.at("resources", "requests", resource) == nil
      && container.tree.at("resources", "limits", resource) == nil
  }
}
