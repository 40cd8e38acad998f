import ClusterState
import KubernetesManifests
import SimKernel
import Testing

@Suite struct SlicePackingTests {
  private let service = Samples.backend()

  /// Packs some pods into what is there and returns what was written.
  private func reconcile(
    _ slices: inout [EndpointSliceState],
    _ pods: [PodState],
    _ names: inout SliceNames,
    limit: Int = 100
  ) -> SlicePacking.Changes {
    SlicePacking.reconcile(
      &slices,
      with: ServiceMembership(of: service, among: pods),
      of: service.key,
      limit: limit,
      names: &names
    )
  }

  /// 250 endpoints make 100, 100 and 50; no members make one empty slice.
  @Test(arguments: [
    (0, [0]), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50]),
  ])
  func newServiceIsPackedTight(count: Int, sizes: [Int]) {
    let slices = Samples.slices(of: service, Samples.pods(count))
    #expect(slices.map(\.endpoints.count) == sizes)
    #expect(Set(slices.map(\.key)).count == sizes.count)
    #expect(slices[0].ports.map(\.port) == (count == 0 ? [] : [8080]))
  }

  @Test func oneChangeRewritesOneSlice() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    var pods = Samples.pods(250)
    _ = reconcile(&slices, pods, &names)
    let before = slices
    pods[120].isReady = false
    let changes = reconcile(&slices, pods, &names)
    #expect(changes.count == 1 && changes.updated == [before[1].key])
    #expect(slices[1].endpoints[20].isReady == false)
    #expect(reconcile(&slices, pods, &names).count == 0)
  }

  /// Half of each slice goes: nothing is merged, though 125 endpoints would fit in two slices.
  @Test func slicesAreNeverRebalanced() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    let pods = Samples.pods(250)
    _ = reconcile(&slices, pods, &names)
    let half = pods.indices.filter { $0 % 2 == 0 }.map { pods[$0] }
    _ = reconcile(&slices, half, &names)
    #expect(slices.map(\.endpoints.count) == [50, 50, 25])
  }

  /// One pod of slice 1 goes and five come: the slice that is written anyway takes them.
  @Test func newcomersJoinTheSliceThatIsWrittenAnyway() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    var pods = Samples.pods(250)
    _ = reconcile(&slices, pods, &names)
    let keys = slices.map(\.key)
    pods.removeSubrange(110..<120)
    pods += (300..<305).map { Samples.pod($0) }
    let changes = reconcile(&slices, pods, &names)
    #expect(changes.updated == [keys[1]] && changes.count == 1)
    #expect(slices.map(\.endpoints.count) == [100, 95, 50])
  }

  /// Nothing is written anyway: the fullest slice that has room for all of them.
  @Test func newcomersJoinTheFullestSliceThatFitsAll() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    let pods = Samples.pods(250)
    _ = reconcile(&slices, pods, &names)
    let kept = Array(pods[0..<95] + pods[100..<160] + pods[200..<250])
    _ = reconcile(&slices, kept, &names)
    #expect(slices.map(\.endpoints.count) == [95, 60, 50])
    let keys = slices.map(\.key)
    let changes = reconcile(&slices, kept + (300..<330).map { Samples.pod($0) }, &names)
    #expect(changes.updated == [keys[1]] && changes.count == 1)
    #expect(slices.map(\.endpoints.count) == [95, 90, 50])
  }

  @Test func newcomersThatFitNowhereGetASliceOfTheirOwn() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    let pods = Samples.pods(160)
    _ = reconcile(&slices, pods, &names)
    let changes = reconcile(&slices, Samples.pods(210), &names)
    #expect(changes.created.count == 1 && changes.count == 1)
    #expect(slices.map(\.endpoints.count) == [100, 60, 50])
  }

  @Test func emptiedSlicesGoAndTheLastBecomesThePlaceholder() {
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    let pods = Samples.pods(150)
    _ = reconcile(&slices, pods, &names)
    let keys = slices.map(\.key)
    let gone = reconcile(&slices, Array(pods.prefix(100)), &names)
    #expect(gone.deleted == [keys[1]] && gone.count == 1)
    let empty = reconcile(&slices, [], &names)
    #expect(empty.updated == [keys[0]] && empty.count == 1)
    #expect(slices.count == 1 && slices[0].endpoints.isEmpty && slices[0].ports.isEmpty)
    let back = reconcile(&slices, Samples.pods(1), &names)
    #expect(back.updated == [keys[0]] && back.count == 1)
    #expect(slices.map(\.endpoints.count) == [1])
  }

  /// Random comings and goings: every member is in exactly one slice, none is too full.
  @Test(arguments: 1...10)
  func noEndpointIsLostOrListedTwice(seed: UInt64) {
    var generator = Generator(state: seed)
    var names = Samples.sliceNames
    var slices: [EndpointSliceState] = []
    for _ in 0..<40 {
      let pods = (0..<60).filter { _ in generator.below(3) > 0 }.map { index in
        Samples.pod(index, isReady: generator.below(4) > 0)
      }
      let before = Dictionary(uniqueKeysWithValues: slices.map { ($0.key, $0) })
      let changes = reconcile(&slices, pods, &names, limit: 7)
      let listed = slices.flatMap(\.endpoints)
      let wanted = ServiceMembership(of: service, among: pods).endpoints
      #expect(
        listed.sorted { $0.address < $1.address } == wanted.sorted { $0.address < $1.address }
      )
      #expect(slices.allSatisfy { $0.endpoints.count <= 7 })
      #expect(slices.count == 1 || slices.allSatisfy { !$0.endpoints.isEmpty })
      #expect(slices.count >= (wanted.count + 6) / 7)
      let written = slices.filter { before[$0.key] != $0 }.map(\.key).sorted()
      #expect(written == (changes.created + changes.updated).sorted())
    }
  }

  @Test func portNumbersThatDifferGetSlicesOfTheirOwn() {
    let named = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("http"))])
    var pods = Samples.pods(4)
    pods[3].ports = [PodState.Port(9090, name: "http")]
    let slices = Samples.slices(of: named, pods)
    #expect(slices.map { $0.ports.map(\.port) } == [[8080], [9090]])
    #expect(slices.map(\.endpoints.count) == [3, 1])
  }
}
