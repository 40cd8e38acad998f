import SimKernel

/// What the kubelet does before the serving container runs: images are pulled, init containers run
/// one after the other, sidecars start.
///
/// Owns `Pod.step`. Steps are worked out once a template: for each init container its image and its
/// run, then the other containers' images, the serving one's last; a restart of that container asks
/// for its own image alone. An init container's end is noticed at the next relist; one that fails
/// is started again after 0, 10, 20 … 300 s. A template without steps costs nothing here.
/// Left out: what sidecars do while the pod runs, and that they end after the others.
struct ContainerStep: BitwiseCopyable {
  enum Kind: UInt8 {
    case pull
    case initContainer
    case sidecar
  }
  let kind: Kind
  /// Of a pull.
  let use: ImageUse
  /// Of a container: its place among the init containers.
  let number: Int32
  let duration: Sampler
  let failures: Int32
}

extension Simulation {
  /// Lists what a pod of the template needs before its serving container.
  mutating func makeContainerSteps(of template: PodTemplatePlan) -> Range<Int32> {
    let first = Int32(containerSteps.count)
    for (number, container) in template.initContainers.enumerated() {
      if let use = container.image { addPull(use) }
      containerSteps.append(
        ContainerStep(
          kind: container.isSidecar ? .sidecar : .initContainer,
          use: ImageUse(image: 0, policy: .never),
          number: Int32(number),
          duration: samplers.register(container.duration),
          failures: Int32(clamping: container.failures)
        )
      )
    }
    for use in template.images { addPull(use) }
    return first..<Int32(containerSteps.count)
  }

  private mutating func addPull(_ use: ImageUse) {
    containerSteps.append(
      ContainerStep(kind: .pull, use: use, number: -1, duration: .zero, failures: 0)
    )
  }

  /// Whether the template's images are simulated one by one.
  func pullsImages(_ template: TemplateSpec) -> Bool {
    template.steps.contains { containerSteps[Int($0)].kind == .pull }
  }

  /// The sandbox is there: all that comes before the serving container, and then that.
  mutating func startContainers(of pod: Int) {
    pods[pod].step = template(of: pod).steps.lowerBound
    takeStep(pod)
  }

  /// The serving container starts again: its image, and then that.
  mutating func restartContainer(of pod: Int) {
    let steps = template(of: pod).steps
    let isLastAPull = !steps.isEmpty && containerSteps[Int(steps.upperBound) - 1].kind == .pull
    pods[pod].step = steps.upperBound - (isLastAPull ? 1 : 0)
    takeStep(pod)
  }

  /// Does the step the pod is at, or creates the serving container when none is left.
  private mutating func takeStep(_ pod: Int) {
    guard pods[pod].step < template(of: pod).steps.upperBound else {
      createContainer(of: pod)
      return
    }
    let step = containerSteps[Int(pods[pod].step)]
    if step.kind == .pull {
      pullImage(step.use, for: pod)
    } else {
      runInitContainer(step, pod)
    }
  }

  private mutating func runInitContainer(_ step: ContainerStep, _ pod: Int) {
    let row = pods[pod]
    let ordinal = UInt64(row.incarnation) << 32 | UInt64(row.initFailures)
    let number = UInt32(step.number)
    let start = plan.cluster.kubelet.containerStart
      .draw(draws.initContainers, Draws.entity(row), ordinal, number << 1)
    pods[pod].waiting = .creating
    scheduleLifecycle(.containerStepDue, pod, at: now + start)
  }

  private mutating func initContainerStarted(_ step: ContainerStep, _ pod: Int) {
    let row = pods[pod]
    let ordinal = UInt64(row.incarnation) << 32 | UInt64(row.initFailures)
    let number = UInt32(step.number)
    var generator = draws.initContainers.generator(Draws.entity(row), ordinal, number << 1 | 1)
    let duration = step.duration.duration(&generator, samplers)
    pods[pod].waiting = .initRunning
    metrics.record(.initContainerStarted, object: pod, value: Int(number), at: now)
    let end = nextRelist(of: Int(row.node), after: now + duration)
    scheduleLifecycle(.containerStepDue, pod, at: end)
  }

  /// An image is there, an init container has ended, or a wait is over.
  mutating func containerStepDue(_ id: ID<Pod>) {
    let pod = id.int
    guard isCurrent(pod), !pods[pod].isRunning, !pods[pod].isTerminating else { return }
    let step = containerSteps[Int(pods[pod].step)]
    switch pods[pod].waiting {
    case .errImagePull, .imagePullBackOff, .errImageNeverPull, .initBackOff, .initError:
      takeStep(pod)
    case .creating where step.kind != .pull: initContainerStarted(step, pod)
    case .creating:
      metrics.record(.pulled, object: pod, value: step.use.image, at: now)
      nextStep(of: pod)
    case .initRunning: initContainerEnded(step, pod)
    }
  }

  private mutating func initContainerEnded(_ step: ContainerStep, _ pod: Int) {
    let hasFailed = pods[pod].initFailures < step.failures
    if step.kind == .initContainer {
      metrics.record(
        .initContainerEnded,
        object: pod,
        value: Int(step.number),
        previous: hasFailed ? 1 : 0,
        at: now
      )
    }
    guard hasFailed else {
      pods[pod].backOff = .zero
      nextStep(of: pod)
      return
    }
    pods[pod].initFailures += 1
    let wait = pods[pod].backOff
    pods[pod].backOff = wait == .zero ? .seconds(10) : min(wait * 2, .seconds(300))
    pods[pod].waiting = wait == .zero ? .initError : .initBackOff
    if wait > .zero { recordBackOff(.backOff, pod, wait) }
    scheduleLifecycle(.containerStepDue, pod, at: now + wait)
  }

  /// The step is done.
  mutating func nextStep(of pod: Int) {
    pods[pod].step += 1
    pods[pod].waiting = .creating
    pods[pod].pullBackOff = .zero
    pods[pod].initFailures = 0
    takeStep(pod)
  }

  /// States that a pod waits before it tries again.
  mutating func recordBackOff(_ reason: ClusterEvent.Reason, _ pod: Int, _ wait: SimDuration) {
    metrics.record(reason, object: pod, value: Int(wait.nanoseconds / 1_000_000), at: now)
  }
}
