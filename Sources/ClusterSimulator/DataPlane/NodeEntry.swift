import SimKernel

/// The way in from outside: a node's port, or a cloud's load balancer in front of the nodes.
///
/// A client of a node port takes any node's address, dead or alive. A load balancer takes one of
/// the nodes that pass its checks, or any when none does (AWS and GCP fail open). A node passes
/// while its kube-proxy answers; with externalTrafficPolicy Local only with a ready endpoint of its
/// own. On the node the rules for external traffic choose. MetalLB in layer 2 has no machine of
/// its own: one node takes all, and another one when it has been silent for some seconds.
struct LoadBalancer: BitwiseCopyable {
  let service: Int32
  /// Draws of its provisioning.
  let key: UInt64
  /// From when on it has an address; `.never` without a provider.
  var readyAt = SimTime.never
  /// First of its targets, one per node.
  let firstTarget: Int32
}

/// A node as a load balancer sees it.
struct LoadBalancerTarget: BitwiseCopyable {
  var isHealthy = true
  /// Checks in a row that said otherwise.
  var contrary: Int32 = 0
}

extension Simulation {
  /// Makes the balancers of all Services that calls reach so; those that exist are provisioned.
  mutating func makeLoadBalancers() {
    for (index, service) in plan.services.enumerated() where isLoadBalanced(index) {
      var row = LoadBalancer(
        service: Int32(index),
        key: Draws.key(service.name),
        firstTarget: Int32(loadBalancerTargets.count)
      )
      if let provider = plan.cluster.loadBalancer, service.hasLoadBalancerAddress {
        if service.isPresentAtStart { row.readyAt = .zero }
        schedule(.loadBalancerCheckDue, loadBalancers.count, at: .zero + provider.checkInterval)
      }
      loadBalancers.append(row)
      for node in plan.cluster.nodes.indices {
        var target = LoadBalancerTarget()
        target.isHealthy = passesCheck(node, service: index)
        loadBalancerTargets.append(target)
      }
    }
  }

  private func isLoadBalanced(_ service: Int) -> Bool {
    calls.indices.contains {
      Int(calls[$0].service) == service && calls[$0].route == .loadBalancer
    }
  }

  /// The Service has been created: the cloud begins to build.
  mutating func scheduleProvisioning(ofService service: Int) {
    guard let provider = plan.cluster.loadBalancer else { return }
    guard plan.services[service].hasLoadBalancerAddress else { return }
    for index in loadBalancers.indices where Int(loadBalancers[index].service) == service {
      let delay = provider.provisioning.draw(
        draws.controllers,
        loadBalancers[index].key,
        UInt64(bitPattern: now.nanoseconds)
      )
      loadBalancers[index].readyAt = now + delay
    }
  }

  /// A round of health checks.
  mutating func loadBalancerCheckDue(_ index: Int) {
    guard let provider = plan.cluster.loadBalancer else { return }
    let row = loadBalancers[index]
    for node in plan.cluster.nodes.indices {
      let target = Int(row.firstTarget) + node
      if passesCheck(node, service: Int(row.service)) == loadBalancerTargets[target].isHealthy {
        loadBalancerTargets[target].contrary = 0
        continue
      }
      loadBalancerTargets[target].contrary += 1
      // A speaker that lives withdraws by itself; one that does not has to be missed.
      let isTold = provider.isLayer2 && nodes[node].isAlive
      let threshold =
        loadBalancerTargets[target].isHealthy && !isTold
        ? provider.unhealthyThreshold : provider.healthyThreshold
      if Int(loadBalancerTargets[target].contrary) >= threshold {
        loadBalancerTargets[target].isHealthy.toggle()
        loadBalancerTargets[target].contrary = 0
      }
    }
    schedule(.loadBalancerCheckDue, index, at: now + provider.checkInterval)
  }

  private func passesCheck(_ node: Int, service: Int) -> Bool {
    guard nodes[node].isAlive else { return false }
    guard plan.services[service].externalTrafficPolicy == .local else { return true }
    let view = endpointSlices.views.external[service]
    let list = viewers.programmedList(viewer: node, view: view)
    return viewers.lists.all(list).contains { address in
      let owner = addresses[Int(address)]
      return owner != Pod.none && pods[Int(owner)].isReady && !pods[Int(owner)].isTerminating
    }
  }

  // MARK: Requests

  /// A client outside opens a connection to a node, or to the balancer in front.
  mutating func enterByNode(_ slot: UInt32) {
    let call = Int(requests[slot].call)
    if calls[call].route == .loadBalancer, !hasLoadBalancer(call) {
      connectionFailed(slot, .unresolved, .loadBalancerPending)
      return
    }
    open(slot, to: chooseAtNode(slot))
  }

  private func loadBalancer(of call: Int) -> Int? {
    loadBalancers.indices.first { loadBalancers[$0].service == calls[call].service }
  }

  private func hasLoadBalancer(_ call: Int) -> Bool {
    guard dns.life[Int(calls[call].service)] != 0, let index = loadBalancer(of: call) else {
      return false
    }
    return loadBalancers[index].readyAt <= now
  }

  /// The endpoint that the chosen node's rules give the connection.
  mutating func chooseAtNode(_ slot: UInt32) -> UInt32 {
    let node = chooseEntry(slot)
    // Nobody answers on a dead machine.
    guard nodes[node].isAlive else { return nodes[node].firstAddress }
    return chooseEndpoint(slot, viewer: node)
  }

  private func chooseEntry(_ slot: UInt32) -> Int {
    let call = Int(requests[slot].call)
    let request = requests[slot]
    var generator = calls[call].resolving.generator(
      clients[Int(request.client)].key,
      request.ordinal,
      request.attemptPath
    )
    if calls[call].route == .nodePort {
      if calls[call].ordinal >= 0 { return Int(calls[call].ordinal) }
      let node = Int(generator.below(UInt32(nodes.count)))
      // Nobody has the address of a machine that was never there.
      return nodes[node].exists ? node : nodes.indices.first { nodes[$0].exists } ?? node
    }
    guard let index = loadBalancer(of: call) else { return 0 }
    let first = Int(loadBalancers[index].firstTarget)
    var healthy: UInt32 = 0
    for node in nodes.indices where loadBalancerTargets[first + node].isHealthy { healthy += 1 }
    if plan.cluster.loadBalancer?.isLayer2 == true { return announcer(loadBalancers[index]) }
    guard healthy > 0 else { return Int(generator.below(UInt32(nodes.count))) }
    var rest = generator.below(healthy)
    for node in nodes.indices where loadBalancerTargets[first + node].isHealthy {
      if rest == 0 { return node }
      rest -= 1
    }
    return 0
  }

  /// The node that answers for an address in layer 2: of those that may, the first in the order
  /// of their hashes with it (MetalLB's speaker); the last one known when none may.
  private func announcer(_ row: LoadBalancer) -> Int {
    var best = 0
    var least = UInt64.max
    for isAny in [false, true] where least == .max {
      for node in nodes.indices {
        let hash = Mixing.finalize(nodes[node].key ^ row.key)
        let may = isAny || loadBalancerTargets[Int(row.firstTarget) + node].isHealthy
        if may, hash < least { (best, least) = (node, hash) }
      }
    }
    return best
  }
}
