/// Puts pods on nodes in turn and gives them addresses of their node's range.
///
/// Stands in for scheduler and network plugin where only the outcome matters: no requests, no
/// affinity. A node takes 110 pods, the kubelet's limit, and has 256 addresses from 10.244.0.0 on,
/// of which the first two are its own.
enum Placement {
  private static let podsPerNode = 110
  private static let firstPodAddress: UInt32 = 10 << 24 | 244 << 16
  private static let firstNodeAddress: UInt32 = 172 << 24 | 18 << 16 | 2

  /// The pods with their places, and the nodes; more than wished where the pods need them.
  static func place(
    _ pods: [PodState],
    onAtLeast wished: Int
  ) -> (pods: [PodState], nodes: [NodeState]) {
    let needed = (pods.count + podsPerNode - 1) / podsPerNode
    let count = max(1, min(wished, 5_000), needed)
    let nodes = (0..<count).map { index in
      NodeState(
        "node-\(index + 1)",
        internalIP: IPv4Address(firstNodeAddress + UInt32(index)).description
      )
    }
    let placed = pods.enumerated().map { index, pod in
      var pod = pod
      let node = index % count
      pod.node = nodes[node].name
      let address = firstPodAddress + UInt32(node) * 256 + UInt32(index / count) + 2
      pod.ip = IPv4Address(address).description
      return pod
    }
    return (placed, nodes)
  }
}
