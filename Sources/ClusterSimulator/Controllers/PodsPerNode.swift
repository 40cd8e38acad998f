/// How many pods of a workload each node holds: only the nodes that hold some are listed, since
/// thousands of workloads on thousands of nodes have a few pods each.
struct PodsPerNode {
  /// The pods on one node.
  struct Entry: BitwiseCopyable {
    let node: Int32
    /// Those that count for their controller.
    var active: Int32 = 0
    /// The same with terminating ones.
    var bound: Int32 = 0
  }
  /// In order of nodes.
  private(set) var entries: [Entry] = []

  /// The pods on a node.
  subscript(node: Int) -> Entry {
    let index = position(of: node)
    return holds(node, at: index) ? entries[index] : Entry(node: Int32(node))
  }

  /// More or fewer pods on a node.
  mutating func add(active: Int32 = 0, bound: Int32 = 0, on node: Int) {
    let index = position(of: node)
    if !holds(node, at: index) { entries.insert(Entry(node: Int32(node)), at: index) }
    entries[index].active += active
    entries[index].bound += bound
    if entries[index].active == 0 && entries[index].bound == 0 { entries.remove(at: index) }
  }

  private func holds(_ node: Int, at index: Int) -> Bool {
    index < entries.count && Int(entries[index].node) == node
  }

  /// Where the node is or would be.
  private func position(of node: Int) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(entries[middle].node) < node { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
