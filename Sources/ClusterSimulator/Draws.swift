import SimKernel

/// The run's random streams, one per purpose and name, interned before the run.
///
/// A draw is a function of (stream, entity, ordinal, attempt); who draws when never matters. So two
/// variants see the same customers with the same demand, and a new pod or fault shifts nobody.
struct Draws {
  private let factory: StreamFactory
  let scheduler: RandomStream
  let kubelet: RandomStream
  let uid: RandomStream
  let probePhase: RandomStream
  let endpointSlices: RandomStream
  let kubeProxy: RandomStream
  let nodes: RandomStream
  let controllers: RandomStream
  let images: RandomStream
  let initContainers: RandomStream
  let evictions: RandomStream

  init(seed: UInt64, replication: Int, plan: SimulationPlan) {
    factory = StreamFactory(seed: seed, replication: UInt64(replication))
    scheduler = factory.stream("scheduler")
    kubelet = factory.stream("kubelet")
    uid = factory.stream("pod-uid")
    probePhase = factory.stream("probe-phase")
    endpointSlices = factory.stream("endpoint-slices")
    kubeProxy = factory.stream("kube-proxy")
    nodes = factory.stream("nodes")
    controllers = factory.stream("controllers")
    images = factory.stream("images")
    initContainers = factory.stream("init-containers")
    evictions = factory.stream("evictions")
  }

  /// The stream of a purpose that belongs to something named, such as `service/shop/backend`.
  func stream(_ purpose: String, _ name: String) -> RandomStream {
    factory.stream(purpose + "/" + name)
  }

  /// The entity that a name stands for in keys.
  ///
  /// Names and no indices: whoever is put before others in a file shifts nobody's draws.
  static func key(_ name: String) -> UInt64 { Mixing.finalize(Mixing.fnv1a(name)) }

  /// The entity under which a pod's draws are keyed: its workload's name and its number there.
  static func entity(_ pod: Pod) -> UInt64 { pod.workloadKey &+ UInt64(pod.number) }
}

extension UniformDelay {
  /// One delay between the bounds.
  func draw(
    _ stream: RandomStream,
    _ entity: UInt64,
    _ ordinal: UInt64,
    _ step: UInt32 = 0
  )
    -> SimDuration
  {
    var generator = stream.generator(entity, ordinal, step)
    let width = Double((high - low).nanoseconds)
    return low + SimDuration(nanoseconds: Int64(generator.uniform() * width))
  }
}
