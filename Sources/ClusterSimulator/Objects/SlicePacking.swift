/// How the endpoints of a Service lie in EndpointSlices of at most a hundred.
///
/// Follows `reconcileByPortMapping` of staging/src/k8s.io/endpointslice: what changed is updated in
/// place; what is new goes into slices that are written anyway, the fullest first, then by the
/// hundred into new ones, and a rest into the fullest untouched slice that takes all of it, if
/// there is one. A slice that has become empty is deleted, or written anew instead of one that
/// would be created. `ClusterState` has the same algorithm over objects with names; a test holds
/// the two against each other. Nothing is ever rebalanced, so ⌈n/100⌉ slices are the least. Pods
/// whose named port has another number lie in slices of their own.
package struct SlicePacking: Sendable {
  /// One endpoint as it is written.
  package struct Endpoint: Hashable, Sendable {
    package var pod: UInt32
    package var port: Int
    package var isReady: Bool
    package var isServing: Bool
    package var isTerminating: Bool

    package init(pod: UInt32, port: Int, isReady: Bool, isServing: Bool, isTerminating: Bool) {
      self.pod = pod
      self.port = port
      self.isReady = isReady
      self.isServing = isServing
      self.isTerminating = isTerminating
    }
  }
  private struct Slice: Sendable {
    var port: Int
    var endpoints: [Endpoint]
    var isWritten = false
    var isNew = false
  }

  /// `--max-endpoints-per-slice`.
  package static let capacity = 100

  private var slices: [Slice] = []
  /// Slices created, updated and deleted so far; each is sent to every node.
  package private(set) var writes = 0

  package init() {}

  /// Endpoints in each slice; a Service without endpoints has one empty slice.
  package var sizes: [Int] { slices.isEmpty ? [0] : slices.map(\.endpoints.count) }

  /// Brings the slices to what is wanted now; `endpoints` have increasing pod numbers.
  package mutating func update(to endpoints: [Endpoint]) {
    var waiting = updateInPlace(endpoints)
    pour(&waiting)
    while let first = waiting.first {
      let port = first.port
      let group = waiting.filter { $0.port == port }
      waiting.removeAll { $0.port == port }
      place(group, port: port)
    }
    writes += slices.count { $0.isWritten && !$0.isNew && !$0.endpoints.isEmpty }
    // What would be deleted is used for what would be created.
    writes += max(slices.count(where: \.isNew), slices.count(where: \.endpoints.isEmpty))
    slices.removeAll(where: \.endpoints.isEmpty)
  }

  /// Drops who is gone and rewrites who changed; returns who has no slice yet.
  private mutating func updateInPlace(_ endpoints: [Endpoint]) -> [Endpoint] {
    var isPlaced = [Bool](repeating: false, count: endpoints.count)
    for index in slices.indices {
      let old = slices[index].endpoints
      var kept: [Endpoint] = []
      for endpoint in old {
        guard let place = Self.find(endpoint.pod, in: endpoints),
          endpoints[place].port == slices[index].port
        else { continue }
        isPlaced[place] = true
        kept.append(endpoints[place])
      }
      slices[index].isWritten = kept != old
      slices[index].isNew = false
      slices[index].endpoints = kept
    }
    return endpoints.indices.filter { !isPlaced[$0] }.map { endpoints[$0] }
  }

  /// Fills slices that are written anyway, the fullest first.
  private mutating func pour(_ waiting: inout [Endpoint]) {
    let written = slices.indices.filter { slices[$0].isWritten && !slices[$0].endpoints.isEmpty }
    let order = written.sorted {
      (slices[$1].endpoints.count, $0) < (slices[$0].endpoints.count, $1)
    }
    for index in order {
      while slices[index].endpoints.count < Self.capacity,
        let next = waiting.firstIndex(where: { $0.port == slices[index].port })
      {
        slices[index].endpoints.append(waiting.remove(at: next))
      }
    }
  }

  /// Puts endpoints of one port into new slices, and a rest into the fullest untouched one that
  /// takes all of it.
  private mutating func place(_ group: [Endpoint], port: Int) {
    for start in stride(from: 0, to: group.count, by: Self.capacity) {
      let part = group[start..<min(start + Self.capacity, group.count)]
      if part.count < Self.capacity, let index = fullest(takingAll: part.count, port: port) {
        slices[index].endpoints += part
        slices[index].isWritten = true
      } else {
        slices.append(Slice(port: port, endpoints: Array(part), isWritten: true, isNew: true))
      }
    }
  }

  private func fullest(takingAll count: Int, port: Int) -> Int? {
    slices.indices.filter {
      slices[$0].port == port && !slices[$0].isWritten
        && slices[$0].endpoints.count + count <= Self.capacity
    }.max { slices[$0].endpoints.count < slices[$1].endpoints.count }
  }

  private static func find(_ pod: UInt32, in endpoints: [Endpoint]) -> Int? {
    var low = 0
    var high = endpoints.count
    while low < high {
      let middle = (low + high) / 2
      if endpoints[middle].pod < pod { low = middle + 1 } else { high = middle }
    }
    return low < endpoints.count && endpoints[low].pod == pod ? low : nil
  }
}
