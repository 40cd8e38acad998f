import ClusterSimulator
import ClusterState
import KubernetesManifests
import Reports
package import Scenarios
package import SimKernel

extension ClusterPicture {
  /// The cluster of a scenario's variant at an instant of its first replication.
  ///
  /// Endpoints are as the controllers will have written them once they have seen what the pods
  /// are now, which takes them a tenth of a second.
  package init(
    of variant: Variant,
    at time: SimTime,
    seed: UInt64
  ) {
    let simulation = Simulation(plan: variant.plan, seed: seed, replication: 1)
    let moment = simulation.snapshot(at: time)
    let draws = StreamFactory(seed: seed, replication: 1)
    let manifests = variant.manifests(at: time)
    let steady = SteadyState(manifests, draws: draws)
    let templates = Templates(manifests)
    let world = World(plan: variant.plan, moment: moment, templates: templates)
    let states = moment.pods.map(world.state)
    self.init(
      snapshot: ClusterSnapshot(
        services: steady.registry.services,
        pods: states,
        nodes: world.nodes,
        names: SliceNames(draws: draws.stream("slice names"))
      ),
      age: Self.settledAge + (moment.time - .zero)
    )
    fill(from: moment, states, world, variant, manifests)
  }

  private mutating func fill(
    from moment: SimulationSnapshot,
    _ states: [PodState],
    _ world: World,
    _ variant: Variant,
    _ manifests: ManifestSet
  ) {
    pods = zip(moment.pods, states).map { row, state in
      Pod(
        state: state,
        status: world.status(row),
        containers: world.templates.containers(ofPod: state).count,
        restarts: row.restarts,
        age: row.createdAt == .zero ? age : moment.time - row.createdAt
      )
    }.sorted { $0.state.key < $1.state.key }
    for (index, workload) in moment.workloads.enumerated() {
      guard let template = world.templates[world.key(ofWorkload: index)] else { continue }
      let own = moment.pods.filter { $0.workload == index && !$0.isTerminating }
      let names = Set(own.map(\.name))
      add(
        template,
        desired: workload.desired,
        pods: pods.filter {
          $0.state.key.namespace == template.key.namespace && names.contains($0.state.key.name)
        },
        updated: own.count { $0.template == workload.template }
      )
      addReplicaSets(of: index, workload, own, template, world)
    }
    nodes = zip(world.nodes, moment.nodes).map { state, row in
      Node(state: state, isReady: row.isReady, isCordoned: row.isCordoned)
    }
    ingresses = manifests.ingresses
    for autoscaler in manifests.autoscalers {
      let name = autoscaler.metadata.qualifiedName
      let index = variant.plan.autoscalers.firstIndex { $0.name == name }
      let utilization = index.flatMap { moment.autoscalers[$0].utilization }
      add(autoscaler, utilization: utilization, replicas: replicas(of: autoscaler))
    }
    events = world.events(variant)
  }

  private mutating func addReplicaSets(
    of index: Int,
    _ workload: SimulationSnapshot.Workload,
    _ own: [SimulationSnapshot.Pod],
    _ template: Templates.Workload,
    _ world: World
  ) {
    guard !template.isStateful else { return }
    for (revision, size) in workload.replicaSets.enumerated() {
      let mine = own.filter { $0.template == revision }
      guard size > 0 || !mine.isEmpty || revision == workload.template else { continue }
      let name = PodName.replicaSet(world.plan.workloads[index], revision: revision)
      workloads.append(
        Workload(
          kind: .replicaSet,
          key: ObjectKey(template.key.namespace, name),
          desired: size,
          current: mine.count,
          updated: mine.count,
          ready: mine.count(where: \.isReady),
          labels: template.labels,
          selector: template.selector,
          containers: template.containers,
          age: world.age(ofReplicaSet: revision, ofWorkload: index) ?? age
        )
      )
    }
  }
}

/// A run's instant with the names that its indices stand for.
private struct World {
  let plan: SimulationPlan
  let moment: SimulationSnapshot
  let templates: Templates

  func key(ofWorkload index: Int) -> ObjectKey {
    let parts = plan.workloads[index].name.split(separator: "/", maxSplits: 1)
    return ObjectKey(String(parts.first ?? ""), String(parts.last ?? ""))
  }

  var nodes: [NodeState] {
    plan.cluster.nodes.enumerated().map { index, node in
      NodeState(
        node.name,
        zone: node.zone,
        internalIP: IPv4Address(Self.firstNode + UInt32(index)).description
      )
    }
  }
  private static var firstNode: UInt32 { 172 << 24 | 18 << 16 | 2 }

  func state(_ pod: SimulationSnapshot.Pod) -> PodState {
    let key = key(ofWorkload: pod.workload)
    let template = templates[key]
    let containers = template?.template.containers ?? []
    let node = pod.node.map { plan.cluster.nodes[$0] }
    let isStateful = template?.isStateful ?? false
    return PodState(
      ObjectKey(key.namespace, pod.name),
      labels: template?.template.labels ?? Labels(),
      workload: key.name,
      ip: pod.address == 0 ? nil : IPv4Address(pod.address).description,
      node: node?.name,
      zone: node?.zone,
      phase: phase(pod.phase),
      isReady: pod.isReady,
      isTerminating: pod.isTerminating,
      ports: containers.flatMap(\.ports).map {
        PodState.Port($0.containerPort, name: $0.name, protocol: $0.protocol)
      },
      hostname: isStateful ? pod.name : nil,
      subdomain: isStateful ? template?.serviceName : nil
    )
  }

  /// Since when the ReplicaSet has been there; `nil` for one from before the run.
  func age(ofReplicaSet revision: Int, ofWorkload workload: Int) -> SimDuration? {
    guard revision > 0 else { return nil }
    let first = plan.workloads[..<workload].reduce(0) { $0 + $1.templates.count }
    let created = moment.run.events.first {
      $0.reason == .scalingReplicaSet && $0.object == first + revision
    }
    return created.map { moment.time - $0.time }
  }

  private func phase(_ phase: SimulationSnapshot.Pod.Phase) -> PodState.Phase {
    switch phase {
    case .pending: .pending
    case .running: .running
    case .failed: .failed
    }
  }

  /// As kubectl sums it up.
  func status(_ pod: SimulationSnapshot.Pod) -> String {
    if pod.isTerminating { return "Terminating" }
    if pod.isBackingOff { return "CrashLoopBackOff" }
    switch pod.phase {
    case .pending: return pod.node == nil ? "Pending" : "ContainerCreating"
    case .running: return "Running"
    case .failed: return "Error"
    }
  }

  /// What happened within the hour for which the API server keeps events.
  func events(_ variant: Variant) -> [ClusterPicture.Event] {
    let arm = Arm(
      name: variant.name,
      plan: plan,
      runs: [moment.run],
      estimates: [],
      isBaseline: true
    )
    return moment.run.events.filter { moment.time - $0.time <= .hours(1) }.map { event in
      let words = EventWords(event, in: moment.run, of: arm)
      return ClusterPicture.Event(
        namespace: words.namespace,
        age: moment.time - event.time,
        isWarning: words.isWarning,
        reason: words.reason,
        object: words.object,
        message: words.message
      )
    }
  }
}
