/// Distributes the members of a Service over its slices, with as few writes as it can.
///
/// Follows `reconcileByPortMapping` of `staging/src/k8s.io/endpointslice/reconciler.go`. Slices are
/// never rebalanced, so ceil(n/100) slices are only the least that n endpoints take.
package struct SlicePacking: Sendable {
  /// Endpoints in a slice unless the controller is told otherwise.
  package static let defaultLimit = 100

  /// What the controller writes to the API.
  package struct Changes: Hashable, Sendable {
    package var created: [ObjectKey] = []
    package var updated: [ObjectKey] = []
    package var deleted: [ObjectKey] = []

    /// How many writes that makes.
    package var count: Int { created.count + updated.count + deleted.count }
  }
  private let service: ObjectKey
  private let limit: Int
  private var packed: [EndpointSliceState] = []
  private var changes = Changes()

  private init(_ service: ObjectKey, limit: Int) {
    self.service = service
    self.limit = max(1, limit)
  }

  /// Brings the slices of a Service up to date, and says what was written.
  ///
  /// Slices keep their order, new ones follow.
  package static func reconcile(
    _ slices: inout [EndpointSliceState],
    with membership: ServiceMembership,
    of service: ObjectKey,
    limit: Int = SlicePacking.defaultLimit,
    names: inout SliceNames
  ) -> Changes {
    var packing = SlicePacking(service, limit: limit)
    for group in membership.groups {
      packing.pack(group, into: slices.filter { $0.ports == group.ports }, names: &names)
    }
    packing.addPlaceholderIfEmpty(from: slices, names: &names)
    let wanted = membership.groups.map(\.ports)
    for slice in slices where !wanted.contains(slice.ports) {
      if !packing.packed.contains(where: { $0.key == slice.key }) {
        packing.changes.deleted.append(slice.key)
      }
    }
    packing.reuseDeletedNames()
    slices = packing.inOrder(of: slices)
    packing.changes.created.sort()
    packing.changes.updated.sort()
    packing.changes.deleted.sort()
    return packing.changes
  }

  /// A Service without members has exactly one slice, without endpoints and ports.
  private mutating func addPlaceholderIfEmpty(
    from slices: [EndpointSliceState],
    names: inout SliceNames
  ) {
    guard packed.isEmpty else { return }
    if let old = slices.first(where: { $0.endpoints.isEmpty && $0.ports.isEmpty }) {
      packed.append(old)
      return
    }
    let key = names.next(for: service)
    packed.append(EndpointSliceState(key, service: service.name))
    changes.created.append(key)
  }

  /// Turns a creation and a deletion into one update.
  private mutating func reuseDeletedNames() {
    while let new = changes.created.last, let old = changes.deleted.first {
      guard let index = packed.firstIndex(where: { $0.key == new }) else { return }
      packed[index].key = old
      changes.created.removeLast()
      changes.deleted.removeFirst()
      changes.updated.append(old)
    }
  }

  private mutating func pack(
    _ group: ServiceMembership.Group,
    into slices: [EndpointSliceState],
    names: inout SliceNames
  ) {
    var waiting = Waiting(group.endpoints)
    var touched: [EndpointSliceState] = []
    var untouched: [EndpointSliceState] = []
    for old in slices {
      var slice = old
      slice.endpoints = old.endpoints.compactMap { waiting.take($0) }
      if slice.endpoints.isEmpty, !old.endpoints.isEmpty {
        changes.deleted.append(old.key)
      } else if slice.endpoints == old.endpoints {
        untouched.append(slice)
      } else {
        touched.append(slice)
        changes.updated.append(slice.key)
      }
    }
    var rest = waiting.rest[...]
    fillUp(&touched, with: &rest)
    while !rest.isEmpty {
      if rest.count < limit, let index = fullestThatFits(rest.count, in: untouched) {
        var slice = untouched.remove(at: index)
        slice.endpoints += rest
        rest = []
        changes.updated.append(slice.key)
        touched.append(slice)
      } else {
        let key = names.next(for: service)
        let part = Array(rest.prefix(limit))
        rest = rest.dropFirst(part.count)
        changes.created.append(key)
        touched.append(
          EndpointSliceState(key, service: service.name, ports: group.ports, endpoints: part)
        )
      }
    }
    packed += touched + untouched
  }

  /// Pours endpoints into slices that are written anyway, the fullest first.
  private func fillUp(
    _ slices: inout [EndpointSliceState],
    with rest: inout ArraySlice<EndpointState>
  ) {
    let order = slices.indices.sorted { a, b in
      (-slices[a].endpoints.count, slices[a].key) < (-slices[b].endpoints.count, slices[b].key)
    }
    for index in order where !rest.isEmpty {
      let part = rest.prefix(max(0, limit - slices[index].endpoints.count))
      slices[index].endpoints += part
      rest = rest.dropFirst(part.count)
    }
  }

  private func fullestThatFits(_ count: Int, in slices: [EndpointSliceState]) -> Int? {
    slices.indices.filter { slices[$0].endpoints.count + count <= limit }
      .max { slices[$0].endpoints.count < slices[$1].endpoints.count }
  }

  private func inOrder(of old: [EndpointSliceState]) -> [EndpointSliceState] {
    var ranks: [ObjectKey: Int] = [:]
    for (rank, slice) in old.enumerated() { ranks[slice.key] = rank }
    return packed.enumerated().sorted { a, b in
      let first = ranks[a.element.key] ?? old.count + a.offset
      return first < ranks[b.element.key] ?? old.count + b.offset
    }.map(\.element)
  }
}

/// Members that no slice holds yet, in order.
private struct Waiting {
  /// Two endpoints are the same one when address, hostname and pod agree, whatever the conditions.
  private struct Identity: Hashable {
    var address: String
    var hostname: String?
    var pod: ObjectKey?

    init(_ endpoint: EndpointState) {
      address = endpoint.address
      hostname = endpoint.hostname
      pod = endpoint.pod
    }
  }
  private var endpoints: [EndpointState?]
  private var indices: [Identity: Int] = [:]

  init(_ endpoints: [EndpointState]) {
    self.endpoints = endpoints
    for (index, endpoint) in endpoints.enumerated() { indices[Identity(endpoint)] = index }
  }

  /// The wanted form of an endpoint that a slice holds; `nil` when it is wanted no longer.
  mutating func take(_ old: EndpointState) -> EndpointState? {
    guard let index = indices.removeValue(forKey: Identity(old)) else { return nil }
    defer { endpoints[index] = nil }
    return endpoints[index]
  }

  var rest: [EndpointState] { endpoints.compactMap { $0 } }
}
