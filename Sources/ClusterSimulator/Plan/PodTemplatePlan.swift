package import SimKernel

/// What a workload's pods are made from: one revision of its template.
package struct PodTemplatePlan: Hashable, Sendable {
  /// Its pods' labels, where templates of the workload have different ones; for people.
  package var labels: [LabelPlan] = []
  package var milliCPURequest: Int
  /// 0 means no limit.
  package var milliCPULimit = 0
  package var memoryRequest = 0
  /// What the containers that keep running ask for; `nil`: the same as the pod.
  package var running: ResourceRequest?
  /// What the serving one of them asks for; `nil`: as `running`.
  package var serving: ResourceRequest?
  package var terminationGracePeriod = SimDuration.seconds(30)
  /// `preStop: sleep`, 0 means none.
  package var preStopSleep = SimDuration.zero
  package var restartPolicy = RestartPolicy.always
  /// How long its pods stay on an unreachable node.
  package var unreachableToleration = Toleration.byDefault
  /// Where its pods may run and would rather run; `nil`: anywhere.
  package var placement: PlacementPlan?
  package var readinessProbe: ProbePlan?
  package var livenessProbe: ProbePlan?
  package var startupProbe: ProbePlan?
  /// In the order of their start, sidecars among them.
  package var initContainers: [InitContainerPlan] = []
  /// The images of the other containers that may have to be pulled, the serving one's last.
  package var images: [ImageUse] = []
  /// `resources.limits.memory` of the serving container in bytes; 0 means none.
  package var memoryLimit = 0
  /// What the process does; its calls are the same in all templates of a workload.
  package var server: ServerPlan

  /// What happens to a container that ends.
  package enum RestartPolicy: String, Sendable, BitwiseCopyable { case always, onFailure, never }

  /// `tolerationSeconds` for `node.kubernetes.io/unreachable`.
  package enum Toleration: Hashable, Sendable, BitwiseCopyable {
    /// Admission adds `ControlPlanePlan.unreachableToleration`.
    case byDefault
    case seconds(SimDuration)
    case forever
  }

  /// `resources.requests` of some containers together.
  package struct ResourceRequest: Hashable, Sendable, BitwiseCopyable {
    /// Thousandths of a core.
    package var milliCPU: Int
    /// Bytes.
    package var memory: Int

    package init(milliCPU: Int, memory: Int) {
      self.milliCPU = milliCPU
      self.memory = memory
    }
  }

  package init(milliCPURequest: Int, server: ServerPlan) {
    self.milliCPURequest = milliCPURequest
    self.server = server
  }
}
