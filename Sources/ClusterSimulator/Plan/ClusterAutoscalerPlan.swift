package import SimKernel

/// The cluster autoscaler and the groups of nodes that it may change.
package struct ClusterAutoscalerPlan: Sendable {
  /// How one of several groups that would help is chosen.
  package enum Expander: String, CaseIterable, Sendable {
    case leastWaste = "least-waste"
    case random
  }
  /// Equal nodes, of which some are there.
  package struct Group: Hashable, Sendable {
    package var name: String
    /// Their rows among the cluster's nodes, as many as there may be.
    package var nodes: Range<Int>
    package var minimum: Int
    /// How many are there at the start: the first ones.
    package var size: Int

    package init(name: String, nodes: Range<Int>, minimum: Int, size: Int) {
      self.name = name
      self.nodes = nodes
      self.minimum = minimum
      self.size = size
    }
  }
  package var groups: [Group]
  package var expander = Expander.leastWaste
  package var scanInterval = SimDuration.seconds(10)
  /// From the request for a node until it is Ready.
  package var provisioning = Distribution.uniform(low: 60, high: 120)
  package var scaleDownUnneededTime = SimDuration.minutes(10)
  package var scaleDownDelayAfterAdd = SimDuration.minutes(10)
  /// A node of which less is requested may be unneeded; in parts per million.
  package var utilizationThresholdPPM = 500_000

  package init(groups: [Group]) { self.groups = groups }
}
