import SimKernel

/// What is looked at at fixed times: workloads every window, pods every minute, views on change.
extension Simulation {
  /// Width of the load heat map's cells.
  static var podWindow: SimDuration { .seconds(60) }

  /// A window of the time series is over.
  mutating func windowClosed() {
    sampleWorkloads()
    metrics.closeWindow()
    schedule(.windowClosed, 0, at: now + plan.window)
  }

  /// One row per workload with pods, as it stands now.
  mutating func sampleWorkloads() {
    viewers.forgetOldLists()
    for workload in plan.workloads.indices {
      var row = WorkloadWindow(workload: workload, window: Int(metrics.currentWindow))
      row.desired = replicaSets.desired[workload]
      for pod in replicaSets.members[workload] where pods[pod].isActive {
        row.current += 1
        if pods[pod].isReady { row.ready += 1 }
      }
      if let service = endpointSlices.services[workload].first {
        let published = endpointSlices.published[service]
        row.endpointsReady = published.ready
        row.endpointsServing = published.serving
        row.endpointsTerminating = published.terminating
        row.endpointSlices = published.slices.sizes.count
        row.programmedNodes = viewers.programmedNodes(view: service)
      }
      metrics.workloadWindows.append(row)
    }
  }

  /// A minute of the load heat map is over.
  mutating func podWindowClosed() {
    samplePods()
    schedule(.podWindowClosed, 0, at: now + Self.podWindow)
  }

  /// One row per pod for the minute that ends now, or that the horizon cuts short.
  mutating func samplePods() {
    let window = Int((now.nanoseconds - 1) / Self.podWindow.nanoseconds)
    for pod in 0..<pods.count where !pods[pod].isRemoved {
      var row = PodWindow(pod: pod, window: window)
      row.isRunning = pods[pod].isRunning
      row.isReady = pods[pod].isReady
      row.requests = pods[pod].requests - pods[pod].windowRequests
      row.queue = Int(pods[pod].queueLength)
      let busy = Int64(truncatingIfNeeded: pods[pod].busyTime.integral(at: now))
      row.busy = busy - pods[pod].windowBusy
      pods[pod].windowRequests = pods[pod].requests
      pods[pod].windowBusy = busy
      metrics.podWindows.append(row)
    }
  }

  /// A viewer's rules for a Service have changed.
  mutating func recordView(viewer: Int, view: Int) {
    guard recording.details else { return }
    let list = viewers.programmedList(viewer: viewer, view: view)
    metrics.views.append(
      ViewChange(
        time: now,
        viewer: viewers.name(of: viewer),
        service: endpointSlices.views.service(of: view),
        addresses: viewers.lists.all(list).map { ipv4($0) }
      )
    )
  }

  /// A call's configured list has been written.
  mutating func recordConfiguration(call: Int) {
    guard recording.details else { return }
    let spec = calls[call]
    let list = (0..<Int(spec.hardcodedCount)).map { hardcoded[Int(spec.hardcodedStart) + $0] }
    metrics.views.append(
      ViewChange(
        time: now,
        viewer: .configuration(Int(spec.workload)),
        service: Int(spec.service),
        addresses: list.map { ipv4($0) }
      )
    )
  }

  /// The address as an IPv4 number: the node's CIDR, past network and gateway address.
  func ipv4(_ address: UInt32) -> UInt32 {
    let node = Int(address >> addressShift)
    let offset = address & ((1 << addressShift) - 1)
    return plan.cluster.nodes[node].podCIDR + 2 + offset
  }
}
