import ClusterSimulator
import KubernetesManifests
import SimKernel

extension Lowering {
  /// `spec.faults`, in file order.
  func faults(_ plan: SimulationPlan) -> [FaultPlan] {
    spec["faults"].items.compactMap { fault($0, plan) }
  }

  private func fault(_ setting: Setting, _ plan: SimulationPlan) -> FaultPlan? {
    let kinds = ["nodeLoss", "scale", "podKill", "registryOutage", "dnsOutage"]
      .filter { setting[$0].isPresent }
    guard kinds.count == 1, let at = setting["at"].duration else {
      if kinds.count != 1 {
        reader.report(
          "expected exactly one kind of fault, found \(kinds.count)",
          at: setting.mark,
          path: setting.path,
          hint: "one of: nodeLoss, scale, podKill, registryOutage, dnsOutage"
        )
      }
      return nil
    }
    if at >= plan.horizon, plan.horizon > .zero {
      reader.warn(
        "this fault comes after the end of the run",
        at: setting["at"].mark,
        path: setting["at"].path,
        hint: "it never happens"
      )
    }
    let fields = setting[kinds[0]]
    if kinds[0] == "registryOutage" {
      return .registryOutage(at: at, duration: fields["for"].duration)
    }
    if kinds[0] == "nodeLoss" { return nodeLoss(fields, at, plan) }
    if kinds[0] == "dnsOutage" {
      let outage = fields["answer"].text.flatMap(DNSPlan.Outage.init)
      return .dnsOutage(at: at, duration: fields["for"].duration, outage ?? .silent)
    }
    guard let name = fields["workload"].text,
      let workload = workload(
        named: name,
        at: fields["workload"].mark,
        path: fields["workload"].path
      )
    else { return nil }
    if kinds[0] == "podKill" {
      return .podKill(workload: workload, at: at, count: fields["count"].integer ?? 1)
    }
    guard [.deployment, .statefulSet, .replicaSet].contains(facts.workloads[workload].kind) else {
      reader.report(
        "'\(facts.workloads[workload].key)' has no size",
        at: fields["workload"].mark,
        path: fields["workload"].path,
        hint: "only Deployments, StatefulSets and ReplicaSets can be scaled"
      )
      return nil
    }
    if plan.autoscalers.contains(where: { $0.workload == workload }) {
      reader.warn(
        "'\(facts.workloads[workload].key)' has an autoscaler, which will overrule this",
        at: fields.mark,
        path: fields.path
      )
    }
    return .scale(workload: workload, at: at, replicas: fields["replicas"].integer ?? 0)
  }

  private func nodeLoss(
    _ fields: Setting,
    _ at: SimDuration,
    _ plan: SimulationPlan
  ) -> FaultPlan? {
    guard let node = node(fields["node"], in: plan) else { return nil }
    return .nodeLoss(
      node: node,
      at: at,
      duration: fields["for"].duration,
      emptyDisk: fields["emptyDisk"].isTrue
    )
  }
}
