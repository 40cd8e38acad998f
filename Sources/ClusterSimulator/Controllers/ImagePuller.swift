import SimKernel

/// The kubelet's image manager: what a node has, what it pulls, and how long it waits when it
/// cannot, as pkg/kubelet/images does.
///
/// Owns which images are on which node. Pulls of a node go one by one in the order in which they
/// were asked for, unless `serializeImagePulls` is off; an image that is there when its turn comes
/// takes no time. Always asks the registry at each start, whatever is there; a registry that does
/// not answer or does not have the image makes it ErrImagePull, and the pod asks again after 10,
/// 20, 40 … 300 s (ImagePullBackOff). Answers take no time, and a pull goes on when its pod goes.
/// Left out: pull rates (5 a second, burst 10), shared layers, garbage collection of images.
extension Simulation {
  /// Every node lacks every image but those it came with.
  mutating func makeImages() {
    imagesOnNodes.fill(.never, count: nodes.count * plan.images.count)
    for node in 0..<nodes.count { imagesLost(on: node) }
  }

  private func place(_ image: Int, on node: Int) -> Int { node * plan.images.count + image }

  /// The node's disk is as it was when the machine was made.
  mutating func imagesLost(on node: Int) {
    for image in plan.images.indices {
      let isThere = plan.images[image].isPreloaded
      imagesOnNodes[place(image, on: node)] = isThere ? .distantPast : .never
    }
  }

  /// The machine has stopped: what was not yet there never came.
  mutating func pullsStopped(on node: Int) {
    nodes[node].pullsOverAt = now
    for image in plan.images.indices where imagesOnNodes[place(image, on: node)] > now {
      imagesOnNodes[place(image, on: node)] = .never
    }
  }

  /// A pod that has been running for long: its node has its images.
  mutating func imagesUsed(by pod: Int) {
    for step in template(of: pod).steps where containerSteps[Int(step)].kind == .pull {
      let image = containerSteps[Int(step)].use.image
      imagesOnNodes[place(image, on: Int(pods[pod].node))] = .distantPast
    }
  }

  /// A container is about to start: its image must be there.
  mutating func pullImage(_ use: ImageUse, for pod: Int) {
    let node = Int(pods[pod].node)
    let isThere = imagesOnNodes[place(use.image, on: node)] <= now
    if isThere && use.policy != .always {
      nextStep(of: pod)
      return
    }
    guard use.policy != .never else {
      pods[pod].waiting = .errImageNeverPull
      metrics.record(.failedPull, object: pod, value: use.image, at: now)
      scheduleLifecycle(.containerStepDue, pod, at: now + .seconds(60))
      return
    }
    metrics.record(.pulling, object: pod, value: use.image, at: now)
    let start =
      plan.cluster.kubelet.serializesImagePulls ? max(now, nodes[node].pullsOverAt) : now
    guard plan.images[use.image].exists, !isRegistryDown(at: start) else {
      pullFailed(use, pod)
      return
    }
    let end = endOfPull(use.image, pod, from: start)
    if plan.cluster.kubelet.serializesImagePulls { nodes[node].pullsOverAt = end }
    imagesOnNodes[place(use.image, on: node)] =
      min(imagesOnNodes[place(use.image, on: node)], end)
    pods[pod].waiting = .creating
    scheduleLifecycle(.containerStepDue, pod, at: end)
  }

  /// When a pull that starts then is over.
  private mutating func endOfPull(_ image: Int, _ pod: Int, from start: SimTime) -> SimTime {
    let there = imagesOnNodes[place(image, on: Int(pods[pod].node))]
    // Another pod's pull of the same image brings it along.
    if there != .never { return max(start, there) }
    pods[pod].pulls += 1
    let range = plan.images[image].pull
    return start
      + range.draw(draws.images, Draws.entity(pods[pod]), UInt64(pods[pod].pulls))
  }

  private mutating func pullFailed(_ use: ImageUse, _ pod: Int) {
    metrics.record(.failedPull, object: pod, value: use.image, at: now)
    let last = pods[pod].pullBackOff
    let wait = last == .zero ? SimDuration.seconds(10) : min(last * 2, .seconds(300))
    pods[pod].pullBackOff = wait
    pods[pod].waiting = last == .zero ? .errImagePull : .imagePullBackOff
    recordBackOff(.backOffPull, pod, wait)
    scheduleLifecycle(.containerStepDue, pod, at: now + wait)
  }

  private func isRegistryDown(at time: SimTime) -> Bool {
    plan.faults.contains { fault in
      guard case .registryOutage(let at, let duration) = fault else { return false }
      return .zero + at <= time && time < .zero + at + (duration ?? .forever)
    }
  }
}
