import ClusterSimulator
import KubernetesManifests
import SimKernel

/// `spec.cluster.autoscaler` → `ClusterAutoscalerPlan`.
extension ClusterLowering {
  /// The autoscaler over the last nodes of the cluster; `nil` for none.
  func autoscaler(_ nodes: [NodePlan]) -> ClusterAutoscalerPlan? {
    let written = cluster["autoscaler"]
    guard written.isPresent else { return nil }
    let groups = written["groups"].items
    let total = groups.reduce(0) { $0 + ($1["max"].integer ?? 0) }
    guard total <= nodes.count else { return nil }
    var first = nodes.count - total
    var plans: [ClusterAutoscalerPlan.Group] = []
    for group in groups {
      let most = group["max"].integer ?? 0
      let least = group["min"].integer ?? 0
      let size = group["size"].integer ?? least
      check(group, least: least, size: size, most: most)
      plans.append(
        ClusterAutoscalerPlan.Group(
          name: group["name"].text ?? "",
          nodes: first..<(first + most),
          minimum: min(least, most),
          size: min(size, most)
        )
      )
      first += most
    }
    var plan = ClusterAutoscalerPlan(groups: plans)
    plan.expander = written["expander"].text.flatMap { .init(rawValue: $0) } ?? plan.expander
    plan.scanInterval = written["scanInterval"].duration ?? plan.scanInterval
    if written["provisioning"].isPresent {
      written["provisioning"].checkDistribution(reader)
      plan.provisioning = written["provisioning"].distribution
    }
    plan.scaleDownUnneededTime =
      written["scaleDownUnneededTime"].duration ?? plan.scaleDownUnneededTime
    plan.scaleDownDelayAfterAdd =
      written["scaleDownDelayAfterAdd"].duration ?? plan.scaleDownDelayAfterAdd
    if case .ratio(let share) = written["scaleDownUtilizationThreshold"].value {
      plan.utilizationThresholdPPM = share
    }
    return plan
  }

  private func check(_ group: Setting, least: Int, size: Int, most: Int) {
    guard group["max"].integer != nil, group["min"].integer != nil else { return }
    if least > most {
      reader.report(
        "min \(least) is above max \(most)",
        at: group["min"].mark,
        path: group["min"].path
      )
    } else if !(least...most).contains(size) {
      reader.report(
        "size \(size) is not between min \(least) and max \(most)",
        at: group["size"].mark,
        path: group["size"].path
      )
    }
  }

  /// A group's nodes are numbered, which may give the name of another node.
  func checkDoubles(_ nodes: [NodePlan]) {
    let groups = cluster["autoscaler"]["groups"]
    guard groups.isPresent else { return }
    var seen: Set<String> = []
    for node in nodes where !seen.insert(node.name).inserted {
      reader.report(
        "two nodes would be named '\(node.name)'",
        at: groups.mark,
        path: groups.path,
        hint: "give the group another name"
      )
    }
  }
}
