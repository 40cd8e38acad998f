import ClusterState
import KubernetesManifests
import Testing

@Suite struct EndpointsViewTests {
  @Test func selectorMismatchLeavesNothing() {
    var service = Samples.backend()
    service.selector = Samples.labels(["app": "backend", "tier": "api-backend"])
    let view = EndpointsView(of: service, among: Samples.pods(2))
    #expect(view.subsets.isEmpty && view.notReadyCount == 0)
  }

  @Test func unreadyPodsAreListedAsNotReady() {
    let view = EndpointsView(of: Samples.backend(), among: Samples.pods(3, isReady: false))
    #expect(view.readyCount == 0 && view.notReadyCount == 3)
    #expect(view.subsets.map { $0.ports.map(\.port) } == [[8080]])
  }

  @Test(arguments: [false, true])
  func terminatingPodsAreDroppedUnlessAllArePublished(publishes: Bool) {
    var service = Samples.backend()
    service.publishNotReadyAddresses = publishes
    var pods = Samples.pods(2)
    pods[0].isTerminating = true
    #expect(EndpointsView(of: service, among: pods).readyCount == (publishes ? 2 : 1))
  }

  /// Addresses are compared as text: 10.244.0.10 comes before 10.244.0.2.
  @Test func addressesAreInOrderOfTheirText() {
    let view = EndpointsView(of: Samples.backend(), among: Samples.pods(10))
    let last = view.subsets[0].addresses.map { $0.ip.split(separator: ".")[3] }
    #expect(last == ["1", "10", "2", "3", "4", "5", "6", "7", "8", "9"])
  }

  /// ready, not ready → what is kept of each, and whether the mark is set.
  @Test(arguments: [
    ([1200, 0], [1000, 0], true), ([1000, 0], [1000, 0], false), ([900, 100], [900, 100], false),
    ([900, 300], [900, 100], true), ([1001, 500], [1000, 0], true), ([0, 1500], [0, 1000], true),
  ])
  func moreThan1000AreCut(given: [Int], kept: [Int], mark: Bool) {
    let pods = (0..<given[0] + given[1]).map { Samples.pod($0, isReady: $0 < given[0]) }
    let view = EndpointsView(of: Samples.backend(), among: pods)
    #expect([view.readyCount, view.notReadyCount] == kept)
    #expect(view.isTruncated == mark)
  }

  /// 900 and 600 ready on two port numbers: ceil(0.6 × 1000) and the rest.
  @Test func subsetsAreCutInProportion() {
    let service = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("http"))])
    var pods = Samples.pods(1500)
    for index in 900..<1500 { pods[index].ports = [PodState.Port(9090, name: "http")] }
    let view = EndpointsView(of: service, among: pods)
    #expect(view.subsets.map(\.addresses.count) == [600, 400])
  }

  @Test func podWithoutTheNamedPortIsNotListed() {
    let service = Samples.backend(ports: [ServiceState.Port(80, targetPort: .name("web"))])
    #expect(EndpointsView(of: service, among: Samples.pods(2)).subsets.isEmpty)
    let headless = Samples.backend(clusterIP: "None", ports: [])
    #expect(EndpointsView(of: headless, among: Samples.pods(2)).readyCount == 2)
  }
}
