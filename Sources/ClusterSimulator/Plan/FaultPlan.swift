package import SimKernel

/// Something that happens to the cluster at a stated time.
package enum FaultPlan: Hashable, Sendable {
  /// The machine vanishes; after `duration` it comes back (`nil`: never).
  ///
  /// With `emptyDisk` the returning machine has lost its address leases, as a re-created virtual
  /// machine has, and hands out pod addresses from the first one again.
  case nodeLoss(node: Int, at: SimDuration, duration: SimDuration?, emptyDisk: Bool)
  /// `kubectl scale`.
  case scale(workload: Int, at: SimDuration, replicas: Int)
  /// `kubectl delete pod`: the first `count` ready pods of the workload, in order of creation.
  case podKill(workload: Int, at: SimDuration, count: Int)
  /// No registry answers; pulls that are under way go on.
  case registryOutage(at: SimDuration, duration: SimDuration?)
  /// No pod of CoreDNS answers names; `nil`: to the end.
  case dnsOutage(at: SimDuration, duration: SimDuration?, DNSPlan.Outage)
}
