import SimKernel

/// The controllers that serve Ingress objects: ingress-nginx, one process a node.
///
/// Each learns of ready endpoints by itself and keeps its own turn for each Service
/// (internal/ingress/controller, rootfs/etc/nginx/lua/balancer.lua). A change waits for the sync
/// limiter (0.3 a second), then for the workers' poll. Users come by a load balancer that checks
/// the controllers' nodes, or straight to those nodes. Left out: reloads after a changed Ingress,
/// several workers in one controller, controllers that are scheduled anew.
struct IngressControllers: ~Copyable {
  /// One controller.
  struct Instance: BitwiseCopyable {
    let node: Int32
    /// The node's name as a key of draws.
    let key: UInt64
    /// As its load balancer sees it.
    var isHealthy = true
    /// Checks in a row that said otherwise.
    var contrary: Int32 = 0
    var lastSyncAt = SimTime.distantPast
    var isSyncScheduled = false
    var isInSync = false
    var isDirty = false
  }
  /// What a controller knows of one Service.
  struct Upstreams: BitwiseCopyable {
    /// The ready endpoints its workers use; held.
    var live = EndpointLists.empty
    /// The same for the sync under way; held.
    var pending = EndpointLists.empty
    /// Round-robin position.
    var cursor: UInt32 = 0
  }
  /// The idle connections of a controller to one address.
  struct IdleConnections: BitwiseCopyable {
    var count: Int32 = 0
    var pod = Pod.none
    /// The container at the other end.
    var incarnation: UInt32 = 0
    var lastUsed = SimTime.zero
  }
  /// `IngressRulePlan`, and the call from a controller to a pod.
  struct Rule: BitwiseCopyable {
    let plan: IngressRulePlan
    let service: Int32
    var upstreamCall: UInt16 = 0
  }

  var instances = Table<Instance>()
  /// instance · services + service.
  var upstreams = Table<Upstreams>()
  /// instance · addresses + address.
  var idle = Table<IdleConnections>()
  var rules = Table<Rule>()
  /// Services of the plan.
  var services = 0

  /// The controller on a node.
  func instance(on node: Int) -> Int? {
    instances.indices.first { Int(instances[$0].node) == node }
  }

  /// How many controllers their load balancer holds healthy.
  var healthyCount: UInt32 {
    var count: UInt32 = 0
    for index in instances.indices where instances[index].isHealthy { count += 1 }
    return count
  }
}

extension Simulation {
  // MARK: Before the run

  /// Adds the call from a controller to a pod, for a group of users that comes by an Ingress.
  mutating func addUpstreamCall(ofClient client: Int) {
    guard let rule = plan.clients[client].call.ingress else { return }
    let users = calls[client]
    let name = "ingress/" + plan.clients[client].name
    calls[client].ingress = Int32(ingress.rules.count)
    ingress.rules.append(
      IngressControllers.Rule(
        plan: rule,
        service: users.service,
        upstreamCall: UInt16(calls.count)
      )
    )
    _ = calls.append(
      CallSpec(
        workload: -1,
        client: Int32(client),
        service: users.service,
        view: users.service,
        route: .upstream,
        balancing: .roundRobin,
        choices: 1,
        reuse: .perRequest,
        isPlain: true,
        isDirect: true,
        timeout: rule.readTimeout,
        attempts: 1,
        backoffBase: .zero,
        backoffMaximum: .zero,
        hasFullJitter: false,
        poolSize: 0,
        maxAge: .forever,
        idleTimeout: .forever,
        closesOnTimeout: true,
        choosing: draws.stream("balancing", name),
        backoff: draws.stream("backoff", name),
        connecting: draws.stream("connections", name),
        resolving: draws.stream("names", name)
      )
    )
  }

  /// The controllers of a cluster whose users come by an Ingress; they know what is published.
  mutating func makeIngressControllers() {
    guard !ingress.rules.isEmpty else { return }
    ingress.services = plan.services.count
    let stream = draws.stream("ingress", "turns")
    for index in 0..<min(plan.cluster.ingress.instances, nodes.count) {
      // Spread over the nodes, and so over zones that nodes take in turn.
      let key = nodes[index].key
      ingress.instances.append(IngressControllers.Instance(node: Int32(index), key: key))
      for service in plan.services.indices {
        let list = endpointSlices.published[service].records
        viewers.lists.retain(list)
        var row = IngressControllers.Upstreams(live: list)
        // A worker begins anywhere.
        var generator = stream.generator(key, UInt64(service))
        row.cursor = generator.below(1 << 16)
        ingress.upstreams.append(row)
        recordIngress(instance: index, service: service)
      }
    }
    ingress.idle.fill(
      IngressControllers.IdleConnections(),
      count: ingress.instances.count * addresses.count
    )
    if case .loadBalancer(let provider?) = plan.cluster.ingress.exposure {
      schedule(.ingressCheckDue, 0, at: .zero + provider.checkInterval)
    }
  }

  // MARK: Endpoints

  /// Ready endpoints have changed: every controller plans a sync.
  mutating func notifyIngressControllers() {
    for instance in ingress.instances.indices {
      ingress.instances[instance].isDirty = true
      planSync(instance)
    }
  }

  private mutating func planSync(_ instance: Int) {
    let row = ingress.instances[instance]
    guard row.isDirty, !row.isInSync, !row.isSyncScheduled else { return }
    ingress.instances[instance].isSyncScheduled = true
    let due = max(now, row.lastSyncAt + plan.cluster.ingress.minSyncPeriod)
    schedule(.ingressSyncDue, instance, at: due)
  }

  /// The controller looks at the slices and tells its workers.
  mutating func ingressSyncDue(_ instance: Int) {
    ingress.instances[instance].isSyncScheduled = false
    ingress.instances[instance].isInSync = true
    ingress.instances[instance].isDirty = false
    ingress.instances[instance].lastSyncAt = now
    for service in plan.services.indices {
      let list = endpointSlices.published[service].records
      viewers.lists.retain(list)
      ingress.upstreams[instance * ingress.services + service].pending = list
    }
    let delay = plan.cluster.ingress.round.draw(
      draws.controllers,
      ingress.instances[instance].key,
      UInt64(bitPattern: now.nanoseconds)
    )
    schedule(.ingressSyncFinished, instance, at: now + delay)
  }

  /// The workers have polled what the controller told them.
  mutating func ingressSyncFinished(_ instance: Int) {
    ingress.instances[instance].isInSync = false
    for service in plan.services.indices {
      let cell = instance * ingress.services + service
      let row = ingress.upstreams[cell]
      ingress.upstreams[cell].live = row.pending
      ingress.upstreams[cell].pending = EndpointLists.empty
      viewers.lists.release(row.live)
      if row.live != row.pending { recordIngress(instance: instance, service: service) }
    }
    planSync(instance)
  }

  private mutating func recordIngress(instance: Int, service: Int) {
    guard recording.details else { return }
    let list = ingress.upstreams[instance * ingress.services + service].live
    metrics.views.append(
      ViewChange(
        time: now,
        viewer: .ingress(instance),
        service: service,
        addresses: viewers.lists.all(list).map { ipv4($0) }
      )
    )
  }

  // MARK: Nodes

  /// The load balancer in front checks every controller.
  mutating func ingressCheckDue() {
    guard case .loadBalancer(let provider?) = plan.cluster.ingress.exposure else { return }
    for index in ingress.instances.indices {
      let row = ingress.instances[index]
      if nodes[Int(row.node)].isAlive == row.isHealthy {
        ingress.instances[index].contrary = 0
        continue
      }
      ingress.instances[index].contrary += 1
      let threshold = row.isHealthy ? provider.unhealthyThreshold : provider.healthyThreshold
      if Int(row.contrary) + 1 >= threshold {
        ingress.instances[index].isHealthy.toggle()
        ingress.instances[index].contrary = 0
      }
    }
    schedule(.ingressCheckDue, 0, at: now + provider.checkInterval)
  }

  /// A machine vanished with the controller on it: its users wait for nobody.
  mutating func ingressFellSilent(_ node: Int) {
    guard let instance = ingress.instance(on: node) else { return }
    for slot in 0..<UInt32(requests.capacity)
    where requests.isLive(slot) && requests[slot].state == .proxying
      && requests[slot].podOrdinal == UInt32(instance)
    {
      _ = abandonUpstream(slot)
      requests[slot].state = .lost
    }
  }

  /// The machine is back: its controller starts without connections and reads everything anew.
  mutating func ingressCameBack(_ node: Int) {
    guard let instance = ingress.instance(on: node) else { return }
    let first = instance * addresses.count
    for cell in first..<(first + addresses.count) { ingress.idle[cell].count = 0 }
    ingress.instances[instance].isDirty = true
    planSync(instance)
  }
}
