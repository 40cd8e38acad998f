import ClusterSimulator
import SimKernel
import Testing

/// Images: pulled when and where they are not yet, one at a time, and asked for again and again.
@Suite struct ImagePullTests {
  /// No pod at first, `replicas` at 10 s; pulls take what the images say, starts nothing.
  private static func plan(
    replicas: Int,
    nodes: Int = 1,
    images: [ImagePlan],
    policy: ImageUse.Policy = .ifNotPresent
  ) -> SimulationPlan {
    var plan = Worlds.single(replicas: 0, rate: 0.001, horizon: .minutes(20), nodes: nodes)
    plan.cluster.makeDelaysExact()
    plan.cluster.controlPlane.replicaSetQPS = 1_000
    plan.images = images
    plan.workloads[0].images = images.indices.map { ImageUse(image: $0, policy: policy) }
    plan.operations = [OperationPlan(at: .seconds(10), .scale(workload: 0, replicas: replicas))]
    return plan
  }

  private static func image(_ name: String, _ pull: Int64) -> ImagePlan {
    var image = ImagePlan(name: name)
    image.pull = UniformDelay(.seconds(pull), .seconds(pull))
    return image
  }

  private static func lines(_ plan: SimulationPlan) -> [String] {
    var timeline = Timeline(plan)
    timeline.isAboutContainers = true
    return timeline.lines(from: .seconds(9)).split(separator: "\n").map(String.init)
      .filter { !$0.contains("node-1 web") && !$0.contains("users web") }
  }

  /// Two images of 5 s and 3 s: the pod asks at 11 s, when its sandbox is there.
  @Test func aPodPullsItsImagesOneAfterTheOther() {
    let plan = Self.plan(replicas: 1, images: [Self.image("a", 5), Self.image("b", 3)])
    #expect(
      Self.lines(plan) == [
        "10.0s web-0 on node-1", "11.0s web-0 Pulling a", "16.0s web-0 Pulled a",
        "16.0s web-0 Pulling b", "19.0s web-0 Pulled b", "19.0s web-0 Started",
        "19.0s web-0 Ready",
      ]
    )
  }

  /// A second pod on the node waits for the pull of the first and downloads nothing; a third one,
  /// an hour later, finds the image there.
  @Test func whatIsOnTheNodeIsNotPulledAgain() {
    var plan = Self.plan(replicas: 2, images: [Self.image("a", 5)])
    plan.operations.append(OperationPlan(at: .seconds(100), .scale(workload: 0, replicas: 3)))
    let started = Timeline(plan).result.times(.started)
    #expect(started.map { ($0 * 10).rounded() / 10 } == [16.0, 16.0, 101.0])
    let pulls = Timeline(plan).result.events.filter { $0.reason == .pulling }.count
    #expect(pulls == 2)
  }

  /// Two workloads with images of their own on one node: 5 s and then 3 s more, or side by side.
  @Test(arguments: [(true, [16.0, 19.0]), (false, [14.0, 16.0])])
  func pullsOfANodeAreSerialUnlessSaidOtherwise(isSerial: Bool, expected: [Double]) {
    var plan = Self.plan(replicas: 1, images: [Self.image("a", 5), Self.image("b", 3)])
    plan.workloads[0].images = [ImageUse(image: 0, policy: .ifNotPresent)]
    var other = plan.workloads[0]
    other.name = "shop/zebra"
    other.images = [ImageUse(image: 1, policy: .ifNotPresent)]
    plan.workloads.append(other)
    plan.operations.append(OperationPlan(at: .seconds(10), .scale(workload: 1, replicas: 1)))
    plan.cluster.kubelet.serializesImagePulls = isSerial
    let times = plan.run().times(.started).map { ($0 * 10).rounded() / 10 }
    #expect(times.sorted() == expected)
  }

  /// An image that the registry does not have: asked for at 11 s, then after 10, 20, 40 … 300 s.
  @Test func aWrongImageBacksOffUpToFiveMinutes() {
    var missing = Self.image("a", 5)
    missing.exists = false
    let result = Self.plan(replicas: 1, images: [missing]).run()
    let times = result.times(.failedPull).map { $0.rounded() }
    #expect(times == [11, 21, 41, 81, 161, 321, 621, 921])
    #expect(result.times(.started).isEmpty)
  }

  /// The registry is down from 5 s to 60 s: attempts at 11, 21 and 41 s fail, that at 81 s works.
  @Test func aRegistryOutageHoldsPodsUp() {
    var plan = Self.plan(replicas: 1, images: [Self.image("a", 5)])
    plan.faults = [.registryOutage(at: .seconds(5), duration: .seconds(55))]
    #expect(
      Self.lines(plan) == [
        "10.0s web-0 on node-1", "11.0s web-0 Pulling a", "11.0s web-0 Failed a",
        "11.0s web-0 BackOff image 10s", "21.0s web-0 Pulling a", "21.0s web-0 Failed a",
        "21.0s web-0 BackOff image 20s", "41.0s web-0 Pulling a", "41.0s web-0 Failed a",
        "41.0s web-0 BackOff image 40s", "81.0s web-0 Pulling a", "86.0s web-0 Pulled a",
        "86.0s web-0 Started", "86.0s web-0 Ready",
      ]
    )
  }

  /// A container that is killed during the outage: Always asks the registry, IfNotPresent does not.
  @Test(arguments: [(ImageUse.Policy.always, true), (.ifNotPresent, false)])
  func alwaysNeedsTheRegistryForARestart(policy: ImageUse.Policy, waits: Bool) throws {
    var plan = Worlds.single(replicas: 1, rate: 0.001, horizon: .minutes(10), nodes: 1)
    plan.cluster.makeDelaysExact()
    plan.images = [Self.image("a", 5)]
    plan.workloads[0].images = [ImageUse(image: 0, policy: policy)]
    plan.workloads[0].memoryLimit = 100
    plan.workloads[0].server.memory = MemoryPlan(base: 10)
    plan.workloads[0].server.memory?.growthPerMinute = 60
    plan.faults = [.registryOutage(at: .seconds(80), duration: .seconds(40))]
    // 90 bytes of growth at one a second: the 91st is one too many, at 91 s.
    let result = plan.run()
    #expect(result.times(.outOfMemory).first?.rounded() == 91)
    let restarted = try #require(result.times(.started).first)
    // Asked at 91, 101 and 121 s.
    #expect(restarted.rounded() == (waits ? 121 : 91))
  }

  @Test func neverIsNotPulledAndWaitsForEver() {
    let result = Self.plan(replicas: 1, images: [Self.image("a", 5)], policy: .never).run()
    #expect(result.times(.pulling).isEmpty)
    #expect(result.times(.failedPull).first?.rounded() == 11)
    #expect(result.times(.started).isEmpty)
  }

  @Test func anImageThatNodesCameWithTakesNoTime() {
    var image = Self.image("a", 5)
    image.isPreloaded = true
    let result = Self.plan(replicas: 1, images: [image]).run()
    #expect(result.times(.started).map { $0.rounded() } == [11])
  }
}
