import SimKernel

/// Turns pod conditions into endpoints, as pkg/controller/endpointslice does.
///
/// Owns the published endpoints of every Service. serving = Ready; terminating = being deleted;
/// ready = publishNotReadyAddresses ∨ (serving ∧ ¬terminating). What kube-proxy may use is worked
/// out here once for all nodes: the ready ones, or, if there is none, those serving while
/// terminating. Changes within the write's delay go into one write. Left out: packing into slices
/// of 100, hints, and the legacy Endpoints object.
struct EndpointSliceController {
  struct Published {
    /// The list in `KubeProxy.lists` that a proxy would program now.
    var list = EndpointLists.empty
    var ready = 0
    var serving = 0
    var terminating = 0
    var isSyncPending = false
  }

  var published: [Published]
  /// service · workloads + workload.
  private let selection: [Bool]
  private let workloadCount: Int
  /// The Services that select each workload.
  let services: [[Int]]
  /// The Services' names as keys of draws.
  let keys: [UInt64]

  init(plan: SimulationPlan) {
    published = Array(repeating: Published(), count: plan.services.count)
    workloadCount = plan.workloads.count
    keys = plan.services.map { Draws.key($0.name) }
    var selection = [Bool](repeating: false, count: plan.services.count * workloadCount)
    var services = [[Int]](repeating: [], count: workloadCount)
    for (service, row) in plan.services.enumerated() {
      for workload in row.workloads {
        selection[service * workloadCount + workload] = true
        services[workload].append(service)
      }
    }
    self.selection = selection
    self.services = services
  }

  /// Whether the Service's selector matches the workload's pods.
  @inline(__always)
  func selects(service: Int, workload: Int) -> Bool {
    selection[service &* workloadCount &+ workload]
  }
}

extension Simulation {
  /// A pod of the workload changed in a way that its Services' endpoints may show.
  mutating func endpointsChanged(ofWorkload workload: Int) {
    for service in endpointSlices.services[workload]
    where !endpointSlices.published[service].isSyncPending {
      endpointSlices.published[service].isSyncPending = true
      // Keyed by the instant: counted draws would let one more write shift all later ones.
      let delay = plan.cluster.controlPlane.endpointSliceDelay.draw(
        draws.endpointSlices,
        endpointSlices.keys[service],
        UInt64(bitPattern: now.nanoseconds)
      )
      schedule(.endpointSliceSyncDue, service, at: now + delay)
    }
  }

  /// A pod that is not ready has got an address or lost it.
  ///
  /// Only Services that publish such addresses show it.
  mutating func unreadyAddressKnown(ofWorkload workload: Int) {
    let isPublished = endpointSlices.services[workload].contains {
      plan.services[$0].publishNotReadyAddresses
    }
    if isPublished { endpointsChanged(ofWorkload: workload) }
  }

  /// Writes the slices of a Service; proxies learn of it at once when the usable set changed.
  mutating func syncEndpointSlices(service: Int) {
    endpointSlices.published[service].isSyncPending = false
    if publishEndpoints(service: service) { notifyViewers(service: service) }
  }

  /// Computes and publishes; returns whether a proxy would see a difference.
  mutating func publishEndpoints(service: Int) -> Bool {
    var ready: [UInt32] = []
    var servingTerminating: [UInt32] = []
    var serving = 0
    var terminating = 0
    let publishesAll = plan.services[service].publishNotReadyAddresses
    for workload in plan.services[service].workloads {
      for pod in replicaSets.members[workload] {
        let row = pods[pod]
        guard row.address != Pod.none, !row.isRemoved, row.phase != .failed else { continue }
        if row.isReady { serving += 1 }
        if row.isTerminating { terminating += 1 }
        if publishesAll || (row.isReady && !row.isTerminating) {
          ready.append(row.address)
        } else if row.isReady {
          servingTerminating.append(row.address)
        }
      }
    }
    endpointSlices.published[service].ready = ready.count
    endpointSlices.published[service].serving = serving
    endpointSlices.published[service].terminating = terminating
    let usable = ready.isEmpty ? servingTerminating : ready
    let old = endpointSlices.published[service].list
    if viewers.lists.all(old) == usable { return false }
    endpointSlices.published[service].list = viewers.lists.make(usable)
    viewers.lists.release(old)
    return true
  }
}
