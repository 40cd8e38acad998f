package import SimKernel

/// A HorizontalPodAutoscaler (autoscaling/v2).
package struct AutoscalerPlan: Sendable {
  /// `namespace/name`.
  package var name: String
  /// Index of the Deployment it scales.
  package var workload: Int
  package var minReplicas: Int
  package var maxReplicas: Int
  /// The largest of their proposals is followed.
  package var metrics: [MetricPlan]
  /// `nil` means the manifest has no `behavior`, which is not the same as the default behaviour.
  package var behavior: ScalingBehavior?
  /// Tolerance around a ratio of 1, in parts per million.
  package var tolerancePPM = 100_000
  package var downscaleStabilization = SimDuration.seconds(300)
  package var cpuInitializationPeriod = SimDuration.seconds(300)
  package var initialReadinessDelay = SimDuration.seconds(30)

  package init(
    name: String,
    workload: Int,
    minReplicas: Int,
    maxReplicas: Int,
    targetCPUPercent: Int
  ) {
    self.name = name
    self.workload = workload
    self.minReplicas = minReplicas
    self.maxReplicas = maxReplicas
    metrics = [.cpu(percent: targetCPUPercent)]
  }
}

/// `spec.behavior` with the API's defaults filled in.
package struct ScalingBehavior: Hashable, Sendable {
  package var up: ScalingRules
  package var down: ScalingRules

  package init(up: ScalingRules = .defaultUp, down: ScalingRules = .defaultDown) {
    self.up = up
    self.down = down
  }
}

/// One direction of `spec.behavior`.
package struct ScalingRules: Hashable, Sendable {
  package enum Select: String, CaseIterable, Sendable {
    case max = "Max"
    case min = "Min"
    case disabled = "Disabled"
  }
  package struct Policy: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      case pods = "Pods"
      case percent = "Percent"
    }
    package var kind: Kind
    package var value: Int
    package var period: SimDuration
    package init(kind: Kind, value: Int, period: SimDuration) {
      self.kind = kind
      self.value = value
      self.period = period
    }
  }
  package var stabilizationWindow: SimDuration
  package var select: Select
  package var policies: [Policy]
  /// Tolerance of this direction in parts per million; `nil`: the autoscaler's.
  package var tolerancePPM: Int?

  package init(stabilizationWindow: SimDuration, select: Select, policies: [Policy]) {
    self.stabilizationWindow = stabilizationWindow
    self.select = select
    self.policies = policies
  }

  /// What the API server fills in for `scaleUp`.
  package static let defaultUp = ScalingRules(
    stabilizationWindow: .zero,
    select: .max,
    policies: [
      Policy(kind: .pods, value: 4, period: .seconds(15)),
      Policy(kind: .percent, value: 100, period: .seconds(15)),
    ]
  )

  /// What the API server fills in for `scaleDown`.
  package static let defaultDown = ScalingRules(
    stabilizationWindow: .seconds(300),
    select: .max,
    policies: [Policy(kind: .percent, value: 100, period: .seconds(15))]
  )
}
