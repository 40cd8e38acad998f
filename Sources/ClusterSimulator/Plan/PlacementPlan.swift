/// Where the pods of a template may run and where they would rather run, resolved against the
/// cluster's nodes; a template without one takes any node.
package struct PlacementPlan: Hashable, Sendable {
  /// What a node's labels and taints say to the pods, whoever else is there.
  package enum Verdict: UInt8, Sendable, BitwiseCopyable {
    case fits
    /// A taint `NoSchedule` or `NoExecute` that they do not tolerate.
    case taint
    /// `nodeSelector` or required node affinity.
    case affinity
    /// Both.
    case taintAndAffinity

    /// The verdict of the two filters.
    package init(isTainted: Bool, isSelected: Bool) {
      self =
        isTainted
        ? (isSelected ? .taint : .taintAndAffinity) : (isSelected ? .fits : .affinity)
    }
    var isTainted: Bool { self == .taint || self == .taintAndAffinity }
    var isSelected: Bool { self == .fits || self == .taint }
  }
  /// Pods of some workloads, and the kind of place that is shared with them.
  package struct PodTerm: Hashable, Sendable {
    /// Index into `ClusterPlan.topologyKeys`.
    package var topology: Int
    /// The workloads whose pods the selector matches.
    package var workloads: [Int]

    package init(topology: Int, workloads: [Int]) {
      self.topology = topology
      self.workloads = workloads
    }
  }
  /// A preferred term; anti-affinity counts negatively.
  package struct Wish: Hashable, Sendable {
    package var weight: Int
    package var term: PodTerm

    package init(weight: Int, term: PodTerm) {
      self.weight = weight
      self.term = term
    }
  }
  /// A topology spread constraint.
  package struct Spread: Hashable, Sendable {
    package var term: PodTerm
    package var maxSkew: Int
    /// `DoNotSchedule`.
    package var isRequired: Bool
    package var minDomains = 1
    /// Whether only nodes that the node affinity allows count.
    package var honorsAffinity = true
    /// Whether only nodes count whose taints are tolerated.
    package var honorsTaints = false

    package init(_ term: PodTerm, maxSkew: Int, isRequired: Bool) {
      self.term = term
      self.maxSkew = maxSkew
      self.isRequired = isRequired
    }
  }
  /// One a node; empty when every node fits.
  package var verdicts: [Verdict] = []
  /// Weights of the preferred node affinities that a node meets; empty for none.
  package var nodePreferences: [Int] = []
  /// Taints `PreferNoSchedule` of a node that are not tolerated; empty for none.
  package var dislikedTaints: [Int] = []
  /// Cordoned nodes will do.
  package var toleratesUnschedulable = false
  /// Nodes that are not ready will do.
  package var toleratesUnreachable = false
  /// Nodes that are short of memory will do.
  package var toleratesMemoryPressure = false
  package var affinity: [PodTerm] = []
  package var antiAffinity: [PodTerm] = []
  package var wishes: [Wish] = []
  package var spreads: [Spread] = []

  package init() {}

  /// As a DaemonSet's pods have it without asking.
  package static var daemon: PlacementPlan {
    var plan = PlacementPlan()
    plan.toleratesUnschedulable = true
    plan.toleratesUnreachable = true
    plan.toleratesMemoryPressure = true
    return plan
  }

  func verdict(_ node: Int) -> Verdict { verdicts.isEmpty ? .fits : verdicts[node] }
}
