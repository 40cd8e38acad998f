import SimKernel

/// What kube-proxy's rules do with a new connection: affinity first, then the mode's own choice.
extension Simulation {
  /// The endpoint that a viewer's rules give a connection.
  mutating func chooseEndpoint(_ slot: UInt32, viewer: Int) -> UInt32 {
    let call = Int(requests[slot].call)
    let view = Int(calls[call].view)
    let list = viewers.programmedList(viewer: viewer, view: view)
    guard viewers.lists.count(list) > 0 else { return Network.nowhere(list) }
    let timeout = calls[call].affinity
    guard timeout > .zero else {
      return chooseAfresh(slot, viewer: viewer, view: view, list: list)
    }
    // Every call of an instance to a Service shares its memory.
    let memory = ownResolverIndex(of: slot) - Int(calls[call].affinityOffset)
    let row = resolvers[memory]
    var chosen = row.affine
    if row.affineViewer != Int32(viewer) || row.affineUntil < now
      || !viewers.lists.contains(list, chosen)
    {
      chosen = chooseAfresh(slot, viewer: viewer, view: view, list: list)
    }
    resolvers[memory].affine = chosen
    resolvers[memory].affineUntil = now + timeout
    resolvers[memory].affineViewer = Int32(viewer)
    return chosen
  }

  /// A choice without memory of the client.
  private mutating func chooseAfresh(
    _ slot: UInt32,
    viewer: Int,
    view: Int,
    list: UInt32
  ) -> UInt32 {
    if plan.cluster.kubeProxy.mode == .ipvs {
      return scheduleVirtualServer(slot, viewer: viewer, view: view)
    }
    var generator = connectionDraws(slot)
    let count = UInt32(viewers.lists.count(list))
    return viewers.lists[list, Int(generator.below(count))]
  }
}
