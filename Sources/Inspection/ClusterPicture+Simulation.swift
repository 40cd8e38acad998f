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
    seed: UInt64,
    recordingBeliefs: Bool = false
  ) {
    let simulation = Simulation(
      plan: variant.plan,
      seed: seed,
      replication: 1,
      recording: Recording(details: recordingBeliefs)
    )
    let moment = simulation.snapshot(at: time)
    let draws = StreamFactory(seed: seed, replication: 1)
    let manifests = variant.manifests(at: time)
    let steady = SteadyState(manifests, draws: draws)
    let templates = Templates(manifests)
    let world = World(plan: variant.plan, moment: moment, templates: templates)
    let states = moment.pods.map(world.state)
    var snapshot = ClusterSnapshot(
      services: steady.registry.services,
      pods: states,
      nodes: world.nodes,
      names: SliceNames(draws: draws.stream("slice names")),
      manual: steady.snapshot.slices.filter { slice in
        steady.registry[slice.serviceKey].map { !$0.hasSelector } ?? false
      }
    )
    snapshot.dns.namespaces.formUnion(steady.snapshot.dns.namespaces)
    snapshot.resolvers = steady.snapshot.resolvers
    snapshot.ingresses = steady.snapshot.ingresses
    self.init(
      snapshot: snapshot,
      manifests: manifests,
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
        containers: templates.containers(ofPod: state),
        restarts: row.restarts,
        sinceLastExit: row.restarts > 0 ? moment.time - row.lastExit : nil,
        age: row.createdAt == .zero ? age : moment.time - row.createdAt,
        isInitialized: row.initialized == world.initContainers(of: row),
        lastState: world.lastState(row)
      )
    }
    var own = [[Int]](repeating: [], count: moment.workloads.count)
    for (index, row) in moment.pods.enumerated() where !row.isTerminating {
      own[row.workload].append(index)
    }
    for (index, workload) in moment.workloads.enumerated() {
      guard let template = world.template(ofWorkload: index) else { continue }
      let rows = own[index].map { moment.pods[$0] }
      add(
        template,
        desired: workload.desired,
        pods: own[index].map { pods[$0] },
        updated: rows.count { $0.template == workload.template }
      )
      addReplicaSets(of: index, workload, rows, template, world)
    }
    pods.sort { $0.state.key < $1.state.key }
    nodes = zip(world.nodes, moment.nodes.filter(\.exists)).map { state, row in
      Node(state: state, isReady: row.isReady, isCordoned: row.isCordoned)
    }
    for autoscaler in manifests.autoscalers {
      let name = autoscaler.metadata.qualifiedName
      let index = variant.plan.autoscalers.firstIndex { $0.name == name }
      let current = index.map { moment.autoscalers[$0].current } ?? []
      add(autoscaler, current: current, replicas: replicas(of: autoscaler))
    }
    events = world.events(variant)
    beliefs = world.beliefs
  }

  private mutating func addReplicaSets(
    of index: Int,
    _ workload: SimulationSnapshot.Workload,
    _ own: [SimulationSnapshot.Pod],
    _ template: Templates.Workload,
    _ world: World
  ) {
    guard template.kind == .deployment else { return }
    for (revision, size) in workload.replicaSets.enumerated() {
      let mine = own.filter { $0.template == revision }
      guard size > 0 || !mine.isEmpty || revision == workload.template else { continue }
      let name = PodName.replicaSet(world.plan.workloads[index], revision: revision)
      workloads.append(
        Workload(
          kind: .replicaSet,
          key: ObjectKey(template.key.namespace, name),
          owner: template.key.name,
          desired: size,
          current: mine.count,
          updated: mine.count,
          ready: mine.count(where: \.isReady),
          labels: template.template.labels,
          selector: template.selector,
          template: template.template,
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

  /// What the manifests say of a workload of the plan.
  func template(ofWorkload index: Int) -> Templates.Workload? {
    let word = plan.workloads[index].kind.rawValue.lowercased()
    let kind = ClusterPicture.Workload.Kind.allCases.first { $0.rawValue.lowercased() == word }
    let key = key(ofWorkload: index)
    return kind.flatMap { templates[$0, key] } ?? templates[key]
  }

  var nodes: [NodeState] {
    plan.cluster.nodes.enumerated().compactMap { index, node in
      guard moment.nodes[index].exists else { return nil }
      return NodeState(
        node.name,
        zone: node.zone,
        internalIP: IPv4Address(Self.firstNode + UInt32(index)).description
      )
    }
  }
  private static var firstNode: UInt32 { 172 << 24 | 18 << 16 | 2 }

  func state(_ pod: SimulationSnapshot.Pod) -> PodState {
    let key = key(ofWorkload: pod.workload)
    let template = template(ofWorkload: pod.workload)
    let containers = template?.template.containers ?? []
    let node = pod.node.map { plan.cluster.nodes[$0] }
    let isStateful = template?.kind == .statefulSet
    return PodState(
      ObjectKey(key.namespace, pod.name),
      labels: pod.labels.map { own in Labels(own.map { ($0.key, $0.value) }) }
        ?? template?.template.labels ?? Labels(),
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
    case .succeeded: .succeeded
    }
  }

  /// As kubectl sums it up.
  func status(_ pod: SimulationSnapshot.Pod) -> String {
    if pod.isTerminating { return "Terminating" }
    let count = initContainers(of: pod)
    if pod.isBackingOff {
      return waitingStatus(pod) ?? "CrashLoopBackOff"
    }
    switch pod.phase {
    case .pending where pod.node == nil: return "Pending"
    case .pending where pod.initialized < count:
      return initStatus(pod, count)
    case .pending:
      return waitingStatus(pod) ?? (count > 0 ? "PodInitializing" : "ContainerCreating")
    case .running: return "Running"
    case .failed: return pod.isEvicted ? "Evicted" : "Error"
    case .succeeded: return "Completed"
    }
  }

  /// What nodes and configurations believed last.
  var beliefs: [ClusterPicture.Belief] {
    var last: [ViewKey: Int] = [:]
    for (index, view) in moment.run.views.enumerated() {
      last[ViewKey(viewer: view.viewer, service: view.service)] = index
    }
    return last.values.sorted().compactMap { index in
      let view = moment.run.views[index]
      let believer: ClusterPicture.Belief.Believer
      switch view.viewer {
      case .node(let node): believer = .node(plan.cluster.nodes[node].name)
      case .configuration(let workload) where plan.workloads.indices.contains(workload):
        believer = .configuration(key(ofWorkload: workload))
      default: return nil
      }
      let name = plan.services[view.service].name.split(separator: ":").first ?? ""
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      return ClusterPicture.Belief(
        believer: believer,
        service: ObjectKey(parts.first ?? "", parts.last ?? ""),
        addresses: view.addresses.map { IPv4Address($0).description }
      )
    }
  }
  private struct ViewKey: Hashable {
    var viewer: ViewChange.Viewer
    var service: Int
  }

  /// How many containers come before the others.
  func initContainers(of pod: SimulationSnapshot.Pod) -> Int {
    plan.workloads[pod.workload].templates[pod.template].initContainers.count
  }

  /// As `Last State` of `kubectl describe pod` has it.
  func lastState(_ pod: SimulationSnapshot.Pod) -> (reason: String, exitCode: Int)? {
    switch pod.lastTermination {
    case .none: nil
    case .error: ("Error", 143)
    case .outOfMemory: ("OOMKilled", 137)
    }
  }

  /// While an image or a container is waited for.
  private func waitingStatus(_ pod: SimulationSnapshot.Pod) -> String? {
    switch pod.waiting {
    case .errImagePull: "ErrImagePull"
    case .imagePullBackOff: "ImagePullBackOff"
    case .errImageNeverPull: "ErrImageNeverPull"
    case .initError: "Error"
    case .initBackOff: "CrashLoopBackOff"
    case .creating, .initRunning: nil
    }
  }

  /// While init containers are under way, such as `Init:1/2`.
  private func initStatus(_ pod: SimulationSnapshot.Pod, _ count: Int) -> String {
    if let word = waitingStatus(pod) { return "Init:" + word }
    return "Init:\(pod.initialized)/\(count)"
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
