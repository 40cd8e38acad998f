package import SimKernel

/// Everything a run depends on besides its seed: names resolved to indices, defaults applied,
/// quantities in integers.
///
/// The simulator owns this type; manifests and scenario files are lowered into it and never enter
/// the engine. A plan that `Scenarios` lets through cannot fail: the engine has no error path.
package struct SimulationPlan: Sendable {
  /// The scenario's name.
  package var name: String
  /// How long users are simulated.
  package var horizon: SimDuration
  /// The width of one row of the time series.
  package var window: SimDuration
  /// Requests that arrive before this instant are simulated but not counted.
  package var warmUp: SimDuration = .zero
  /// The success ratio below which a window counts as an outage, in parts per million.
  package var objectivePPM: Int = 990_000
  package var cluster: ClusterPlan
  package var workloads: [WorkloadPlan]
  package var services: [ServicePlan] = []
  package var autoscalers: [AutoscalerPlan] = []
  package var clients: [ClientPlan]
  package var faults: [FaultPlan] = []
  package var operations: [OperationPlan] = []
  package var disruptionBudgets: [DisruptionBudgetPlan] = []
  package var serviceOperations: [ServiceOperation] = []
  /// What `OperationPlan.Verb.relabel` turns pods into.
  package var relabelings: [RelabelingPlan] = []
  /// Images whose pulls are simulated; all others are on every node.
  package var images: [ImagePlan] = []
  /// What its load balancers cost; without effect on the run.
  package var bill: [BillItem] = []

  package init(
    name: String,
    horizon: SimDuration,
    window: SimDuration = .seconds(10),
    cluster: ClusterPlan,
    workloads: [WorkloadPlan],
    clients: [ClientPlan]
  ) {
    self.name = name
    self.horizon = horizon
    self.window = window
    self.cluster = cluster
    self.workloads = workloads
    self.clients = clients
  }
}
