import ClusterSimulator
import KubernetesManifests
import SimKernel

extension Lowering {
  /// The autoscalers of the manifests, with the cluster-wide settings of their controller.
  func autoscalers() -> [AutoscalerPlan] {
    var plans: [AutoscalerPlan] = []
    for autoscaler in facts.autoscalers {
      guard let plan = plan(of: autoscaler) else { continue }
      if plans.contains(where: { $0.workload == plan.workload }) {
        reader.report(
          "'\(facts.workloads[plan.workload].key)' has two autoscalers",
          at: autoscaler.mark,
          hint: "Kubernetes would stop both (AmbiguousSelector)"
        )
      }
      plans.append(plan)
    }
    return plans
  }

  private func plan(of autoscaler: HorizontalPodAutoscaler) -> AutoscalerPlan? {
    guard let workload = target(of: autoscaler), let percent = cpuPercent(autoscaler) else {
      return nil
    }
    checkRequests(autoscaler, workload)
    var plan = AutoscalerPlan(
      name: autoscaler.metadata.qualifiedName,
      workload: workload,
      minReplicas: autoscaler.minReplicas.value,
      maxReplicas: autoscaler.maxReplicas.value,
      targetCPUPercent: percent
    )
    plan.behavior = autoscaler.behavior.map { behavior in
      ScalingBehavior(
        up: rules(behavior.scaleUp, autoscaler),
        down: rules(behavior.scaleDown, autoscaler)
      )
    }
    let control = spec["cluster"]["controlPlane"]
    if let tolerance = control["hpaTolerance"].number {
      plan.tolerancePPM = Int((tolerance * 1e6).rounded())
    }
    plan.downscaleStabilization =
      control["hpaDownscaleStabilization"].duration ?? plan.downscaleStabilization
    plan.cpuInitializationPeriod =
      control["hpaCPUInitializationPeriod"].duration ?? plan.cpuInitializationPeriod
    plan.initialReadinessDelay =
      control["hpaInitialReadinessDelay"].duration ?? plan.initialReadinessDelay
    return plan
  }

  private func target(of autoscaler: HorizontalPodAutoscaler) -> Int? {
    let target = autoscaler.scaleTargetRef
    guard target.kind == "Deployment" else {
      reader.report(
        "autoscaling a \(target.kind) is not simulated yet",
        at: target.mark,
        hint: "scaleTargetRef.kind must be Deployment"
      )
      return nil
    }
    let name = autoscaler.metadata.namespace + "/" + target.name
    let index = facts.workloads.firstIndex { $0.kind == .deployment && $0.name == name }
    if index == nil {
      let names = facts.workloads.filter { $0.kind == .deployment }.map(\.name)
      reader.report(
        "there is no Deployment '\(name)' to scale",
        at: target.mark,
        hint: WorkloadName.hint(for: name, in: names)
      )
    }
    return index
  }

  /// The CPU target; further or other metrics are refused, since they would change the size.
  private func cpuPercent(_ autoscaler: HorizontalPodAutoscaler) -> Int? {
    var percent: Int?
    for (index, metric) in autoscaler.metrics.enumerated() {
      switch metric {
      case .cpuUtilization(let target, let mark):
        if percent != nil { reader.report("CPU utilisation is given twice", at: mark) }
        percent = target
      case .other(let words, let mark):
        reader.report(
          "autoscaling on \(words) is not simulated yet",
          at: mark,
          hint: "to leave it out: "
            + "--set 'autoscalers.\(autoscaler.metadata.name.value).metrics[\(index)]=null'"
        )
      }
    }
    return percent
  }

  /// Utilisation is a share of the request; without one in every container there is none.
  private func checkRequests(_ autoscaler: HorizontalPodAutoscaler, _ workload: Int) {
    for container in facts.workloads[workload].template.containers
    where (container.resources.cpuRequest?.milliValue ?? 0) == 0 {
      reader.report(
        "container '\(container.name.value)' has no CPU request, so autoscaler "
          + "'\(autoscaler.metadata.qualifiedName)' cannot work",
        at: container.mark,
        hint: "add resources.requests.cpu"
      )
    }
  }

  private func rules(
    _ rules: AutoscalerBehavior.Rules,
    _ autoscaler: HorizontalPodAutoscaler
  ) -> ScalingRules {
    if rules.tolerance != nil {
      reader.warn(
        "a tolerance of its own is accepted, not simulated yet",
        at: autoscaler.mark,
        hint: "cluster.controlPlane.hpaTolerance holds"
      )
    }
    let select: ScalingRules.Select =
      switch rules.selectPolicy {
      case .max: .max
      case .min: .min
      case .disabled: .disabled
      }
    return ScalingRules(
      stabilizationWindow: .seconds(Int64(rules.stabilizationWindowSeconds)),
      select: select,
      policies: rules.policies.map { policy in
        ScalingRules.Policy(
          kind: policy.type == .pods ? .pods : .percent,
          value: policy.value,
          period: .seconds(Int64(policy.periodSeconds))
        )
      }
    )
  }
}
