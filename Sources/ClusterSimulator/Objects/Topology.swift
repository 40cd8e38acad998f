/// The values of a node label that tells places apart, such as the host name or the zone.
struct Topology {
  /// The place of each node, counted from 0; -1 without the label.
  let domains: [Int]
  let count: Int

  /// Numbers the label's values in order of nodes.
  init(key: String, nodes: [NodePlan]) {
    // Host names are all different, so that a search would only cost time.
    guard key != NodePlan.hostnameLabel else {
      domains = Array(nodes.indices)
      count = nodes.count
      return
    }
    var seen: [String] = []
    domains = nodes.map { node in
      guard let value = node.label(key) else { return -1 }
      if let known = seen.firstIndex(of: value) { return known }
      seen.append(value)
      return seen.count - 1
    }
    count = seen.count
  }
}
