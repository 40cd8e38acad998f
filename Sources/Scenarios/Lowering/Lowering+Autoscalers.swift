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
    guard let workload = target(of: autoscaler) else { return nil }
    var plan = AutoscalerPlan(
      name: autoscaler.metadata.qualifiedName,
      workload: workload,
      minReplicas: autoscaler.minReplicas.value,
      maxReplicas: autoscaler.maxReplicas.value,
      targetCPUPercent: 80
    )
    plan.metrics = metrics(of: autoscaler, workload)
    plan.behavior = autoscaler.behavior.map { behavior in
      ScalingBehavior(
        up: rules(behavior.scaleUp),
        down: rules(behavior.scaleDown)
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
    let kinds: [String: WorkloadPlan.Kind] = [
      "Deployment": .deployment, "StatefulSet": .statefulSet,
    ]
    guard let kind = kinds[target.kind] else {
      reader.report(
        "autoscaling a \(target.kind) is not simulated yet",
        at: target.mark,
        hint: "scaleTargetRef.kind must be Deployment or StatefulSet"
      )
      return nil
    }
    let name = autoscaler.metadata.namespace + "/" + target.name
    let index = facts.workloads.firstIndex { $0.kind == kind && $0.name == name }
    if index == nil {
      let names = facts.workloads.filter { $0.kind == kind }.map(\.name)
      reader.report(
        "there is no \(target.kind) '\(name)' to scale",
        at: target.mark,
        hint: WorkloadName.hint(for: name, in: names)
      )
    }
    return index
  }

  private func rules(_ rules: AutoscalerBehavior.Rules) -> ScalingRules {
    let select: ScalingRules.Select =
      switch rules.selectPolicy {
      case .max: .max
      case .min: .min
      case .disabled: .disabled
      }
    var plan = ScalingRules(
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
    plan.tolerancePPM = rules.tolerance.map { Int(min($0.milliValue, 1_000_000_000)) * 1_000 }
    return plan
  }
}
