import SimKernel

/// Turns pod conditions into endpoints, as pkg/controller/endpointslice does.
///
/// Owns the published endpoints of every Service and which workloads its selector matches.
/// serving = Ready; terminating = being deleted; ready = publishNotReadyAddresses ∨
/// (serving ∧ ¬terminating). Changes within the write's delay go into one write. What a proxy may
/// use is worked out here, once for all of those that stand alike: see `EndpointViews`.
struct EndpointSliceController {
  struct Published {
    /// Endpoints in the condition ready, which headless names resolve to.
    var records = EndpointLists.empty
    var ready = 0
    var serving = 0
    var terminating = 0
    /// What the legacy Endpoints object calls NotReadyAddresses.
    var notReady = 0
    var slices = SlicePacking()
    var isSyncPending = false
  }

  var published: [Published]
  /// What viewers see who stand somewhere particular.
  var views: EndpointViews
  /// For each Service the workloads that its selector matches now.
  private(set) var workloads: [[Int]]
  /// The Services that select each workload now.
  private(set) var services: [[Int]]
  /// The Services' names as keys of draws.
  let keys: [UInt64]

  init(plan: SimulationPlan) {
    published = Array(repeating: Published(), count: plan.services.count)
    keys = plan.services.map { Draws.key($0.name) }
    workloads = plan.services.map(\.workloads)
    services = Array(repeating: [], count: plan.workloads.count)
    views = EndpointViews(plan: plan)
    for service in plan.services.indices {
      for workload in workloads[service] { services[workload].append(service) }
    }
  }

  /// Changes which workloads a Service's selector matches.
  mutating func select(_ matched: [Int], service: Int) {
    for workload in workloads[service] { services[workload].removeAll { $0 == service } }
    workloads[service] = matched
    for workload in matched { services[workload].append(service) }
  }

  /// Changes of the workload's pods concern the Service from now on, too.
  mutating func watch(_ workload: Int, service: Int) {
    if !services[workload].contains(service) { services[workload].append(service) }
  }

  /// Whether the Service's selector matches the workload's pods.
  func selects(service: Int, workload: Int) -> Bool { workloads[service].contains(workload) }
}

extension Simulation {
  /// A pod of the workload changed in a way that its Services' endpoints may show.
  mutating func endpointsChanged(ofWorkload workload: Int) {
    for service in endpointSlices.services[workload] { endpointsChanged(ofService: service) }
  }

  /// Plans a write of the Service's slices, unless one is planned.
  mutating func endpointsChanged(ofService service: Int) {
    guard !endpointSlices.published[service].isSyncPending else { return }
    endpointSlices.published[service].isSyncPending = true
    // Keyed by the instant: counted draws would let one more write shift all later ones.
    let delay = plan.cluster.controlPlane.endpointSliceDelay.draw(
      draws.endpointSlices,
      endpointSlices.keys[service],
      UInt64(bitPattern: now.nanoseconds)
    )
    schedule(.endpointSliceSyncDue, service, at: now + delay)
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
    guard dns.life[service] != 0 else {
      count([], ofService: service)
      return publish(UsableEndpoints(reserved: EndpointLists.unowned), ofService: service)
    }
    guard plan.services[service].isPortDefined else {
      return publish(UsableEndpoints(reserved: EndpointLists.undefinedPort), ofService: service)
    }
    var members: [SlicePacking.Endpoint] = []
    for workload in endpointSlices.workloads[service] {
      for pod in replicaSets.members[workload] where isSelected(pod, by: service) {
        if let endpoint = endpoint(of: pod, in: service) { members.append(endpoint) }
      }
    }
    members += strangers(selectedBy: service).compactMap { endpoint(of: $0, in: service) }
    count(members, ofService: service)
    return publish(usable(members), ofService: service)
  }

  /// The pod as the Service's slices list it, `nil` while they do not.
  private func endpoint(of pod: Int, in service: Int) -> SlicePacking.Endpoint? {
    let row = pods[pod]
    guard row.address != Pod.none, !row.isRemoved, !row.isFinished else { return nil }
    let isReady =
      plan.services[service].publishNotReadyAddresses || (row.isReady && !row.isTerminating)
    return SlicePacking.Endpoint(
      pod: UInt32(pod),
      port: plan.services[service].port(ofWorkload: Int(row.workload)),
      isReady: isReady,
      isServing: row.isReady,
      isTerminating: row.isTerminating
    )
  }

  /// What proxies may use: pods without the named port are listed, but not for this port.
  private func usable(_ members: [SlicePacking.Endpoint]) -> UsableEndpoints {
    var endpoints = UsableEndpoints()
    for member in members where member.port != 0 {
      let address = pods[Int(member.pod)].address
      if member.isReady {
        endpoints.ready.append(address)
      } else if member.isServing {
        endpoints.servingTerminating.append(address)
      }
    }
    return endpoints
  }

  private mutating func count(_ members: [SlicePacking.Endpoint], ofService service: Int) {
    endpointSlices.published[service].ready = members.count(where: \.isReady)
    endpointSlices.published[service].serving = members.count(where: \.isServing)
    endpointSlices.published[service].terminating = members.count(where: \.isTerminating)
    endpointSlices.published[service].notReady =
      members.count { !$0.isReady && !$0.isTerminating }
    // Two workloads of one Service may have been created in turns.
    let ordered = members.sorted { $0.pod < $1.pod }
    endpointSlices.published[service].slices.update(to: ordered)
  }

  /// Hands out what proxies may use; returns whether one of them would see a difference.
  mutating func publish(_ endpoints: UsableEndpoints, ofService service: Int) -> Bool {
    if viewers.lists.replace(
      &endpointSlices.published[service].records,
      by: .addresses(endpoints.ready)
    ) {
      notifyIngressControllers()
    }
    var isChanged = false
    for view in endpointSlices.views.views(ofService: service) {
      let first = endpointSlices.views.firstCell(of: view)
      if viewers.publish(endpoints.everywhere, inCell: first) { isChanged = true }
      for cell in endpointSlices.views.placedCells(ofView: view) {
        let part = endpointSlices.views.part(of: endpoints, at: cell, shift: addressShift)
        if viewers.publish(part, inCell: cell.index) { isChanged = true }
      }
    }
    return isChanged
  }
}
