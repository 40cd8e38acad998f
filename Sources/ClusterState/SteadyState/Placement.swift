/// Puts pods on nodes in turn and gives them addresses of their node's range.
///
/// Stands in for scheduler and network plugin where only the outcome matters: no requests, no
/// affinity. A node takes 110 pods, the kubelet's limit, and has 256 addresses from 10.244.0.0 on,
/// of which the first two are its own.
struct Placement {
  private static let podsPerNode = 110
  private static let firstPodAddress: UInt32 = 10 << 24 | 244 << 16
  private static let firstNodeAddress: UInt32 = 172 << 24 | 18 << 16 | 2
  /// More nodes than these are not made; known ones may be more.
  private static let nodeLimit = 5_000

  private(set) var nodes: [NodeState]
  /// Pods placed, by node.
  private var counts: [Int]

  /// The known nodes, or else as many as are wished; more where the pods need them.
  init(known: [NodeState], wished: Int, pods: Int) {
    let needed = (pods + Self.podsPerNode - 1) / Self.podsPerNode
    let base = known.isEmpty ? min(wished, Self.nodeLimit) : known.count
    nodes = known
    for index in known.count..<max(1, base, known.count, needed) {
      nodes.append(NodeState("node-\(index + 1)"))
    }
    for index in nodes.indices {
      let address = Self.firstNodeAddress &+ UInt32(truncatingIfNeeded: index)
      nodes[index].internalIP = IPv4Address(address).description
    }
    counts = nodes.map { _ in 0 }
  }

  /// Pods of which any node may take any.
  mutating func place(_ pods: [PodState]) -> [PodState] {
    pods.enumerated().map { index, pod in put(pod, on: index % nodes.count) }
  }

  /// Pods of which each node takes one.
  mutating func placeOnEach(_ pods: [PodState]) -> [PodState] {
    zip(pods, nodes.indices).map { pod, node in put(pod, on: node) }
  }

  private mutating func put(_ given: PodState, on node: Int) -> PodState {
    var pod = given
    pod.node = nodes[node].name
    pod.zone = nodes[node].zone
    counts[node] += 1
    guard counts[node] <= 253 else {
      // The node's range is used up: the pod waits for an address.
      pod.phase = .pending
      pod.isReady = false
      return pod
    }
    let offset = UInt32(truncatingIfNeeded: node * 256 + counts[node] + 1)
    pod.ip = IPv4Address(Self.firstPodAddress &+ offset).description
    return pod
  }
}
