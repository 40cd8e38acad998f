import ClusterState
import Diagnosis
import Foundation
import Inspection
import KubernetesManifests
import Scenarios
import SimKernel
import TestSupport
import Testing

/// What is seen of a cluster at a time and not in manifests.
@Suite struct ObservationTests {
  private static func seen(_ picture: ClusterPicture) -> [String] {
    observations.flatMap { $0.findings(in: picture) }.map { "\($0.code) \($0.severity)" }
  }

  /// The story of the fixture: a selector that matches nothing until the fifth minute, a rollout
  /// in the second, a node that is lost in the eighth and noticed within 55 s.
  @Test(
    arguments: [
      (240, ["PS2003 error"]), (130, ["PS2001 warning", "PS2003 error", "PS2009 note"]), (360, []),
      (485, ["PS2008 error"]), (540, ["PS2001 warning", "PS2001 warning", "PS2008 warning"]),
    ] as [(Int64, [String])]
  )
  func storyOfAScenario(seconds: Int64, expected: [String]) throws {
    let path = Repository.url("Tests/CLITests/Fixtures/get/scenario.yaml").path
    let scenario = try ScenarioLoader.load(path: path)
    let picture = ClusterPicture(
      of: scenario.variants[0],
      at: .zero + .seconds(seconds),
      seed: scenario.run.seed,
      recordingBeliefs: true
    )
    #expect(Self.seen(picture) == expected)
  }

  private static func shop() throws -> ClusterPicture {
    try Pictures.settled(
      Pictures.deployment("web", replicas: 3) + """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          maxReplicas: 3
        ---
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: web}
        spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
        """
    )
  }

  @Test func nothingIsWrongWithASettledCluster() throws {
    #expect(try Self.seen(Self.shop()) == [])
  }

  /// 80 % is the default target; only beyond it does the autoscaler want more.
  @Test(arguments: [(nil, false), (80, false), (81, true), (300, true)])
  func autoscalerAtMaximum(utilization: Int64?, isSeen: Bool) throws {
    var picture = try Self.shop()
    picture.autoscalers[0].current = [utilization]
    #expect(Self.seen(picture) == (isSeen ? ["PS2005 warning"] : []))
    picture.autoscalers[0].maxReplicas = 4
    #expect(Self.seen(picture) == [])
  }

  /// One pod less than the budget wants is one too few to let another go.
  @Test func unreadyPodsAndTheirBudget() throws {
    var picture = try Self.shop()
    picture.pods[0].state.isReady = false
    picture.pods[0].status = "CrashLoopBackOff"
    picture.pods[0].restarts = 4
    let findings = observations.flatMap { $0.findings(in: picture) }
    #expect(findings.map(\.code) == ["PS2001", "PS2010"])
    #expect(findings[0].message.contains("1 of 3 pods is not ready"))
    #expect(findings[0].message.contains("(CrashLoopBackOff, 4 restarts)"))
    #expect(findings[0].object == "Deployment default/web")
    for index in picture.pods.indices { picture.pods[index].state.isReady = false }
    #expect(Self.seen(picture).first == "PS2001 error")
    picture.nodes[0].isCordoned = true
    #expect(Self.seen(picture).last == "PS2010 warning")
  }

  @Test func podsWithoutANode() throws {
    var picture = try Self.shop()
    picture.pods[1].state.node = nil
    picture.pods[1].state.isReady = false
    picture.pods[1].age = .seconds(190)
    let name = picture.pods[1].state.key.name
    picture.events = [
      ClusterPicture.Event(
        namespace: "default",
        age: .seconds(3),
        isWarning: true,
        reason: "FailedScheduling",
        object: "pod/" + name,
        message: "0/3 nodes are available"
      )
    ]
    let rule = observations.first { $0.code == "PS2002" }
    let finding = try #require(rule?.findings(in: picture).first)
    #expect(
      finding.message
        == "1 pod waits for a node, the oldest for 3m10s: 0/3 nodes are available"
    )
  }
  @Test func restartsOfReadyPods() throws {
    var picture = try Self.shop()
    picture.pods[2].restarts = 1
    picture.pods[2].sinceLastExit = .seconds(40)
    let findings = observations.flatMap { $0.findings(in: picture) }
    #expect(findings.map(\.code) == ["PS2004"])
    #expect(findings[0].message.hasSuffix("once, last 40s ago"))
  }

  /// Of a list of three, one is right, one is another application's and one is nobody's.
  @Test func hardcodedAddresses() throws {
    let yaml =
      Pictures.deployment("web", replicas: 2) + Pictures.deployment("other", replicas: 1) + """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """
    var picture = try Pictures.settled(yaml)
    let web = picture.pods.filter { $0.state.workload == "web" }.compactMap(\.state.ip)
    let other = picture.pods.filter { $0.state.workload == "other" }.compactMap(\.state.ip)
    func belief(_ addresses: [String]) -> [ClusterPicture.Belief] {
      [
        ClusterPicture.Belief(
          believer: .configuration(ObjectKey("default", "other")),
          service: ObjectKey("default", "web"),
          addresses: addresses
        )
      ]
    }
    picture.beliefs = belief(web)
    #expect(Self.seen(picture) == [])
    picture.beliefs = belief([web[0]])
    #expect(Self.seen(picture) == ["PS2006 warning"])
    picture.beliefs = belief([web[0], other[0], "10.244.9.9"])
    let finding = try #require(observations.flatMap { $0.findings(in: picture) }.first)
    #expect(finding.severity == .error && finding.object == "Deployment default/other")
    #expect(finding.message.hasPrefix("2 of 3 addresses are none of web: \(other[0]) belongs to "))
    #expect(finding.message.contains("10.244.9.9 to nobody"))
    #expect(finding.message.hasSuffix("1 ready pod is not in its list"))
  }

  /// A node that is not ready sends nothing anywhere.
  @Test func rulesThatLeadNowhere() throws {
    var picture = try Self.shop()
    picture.beliefs = ["node-1", "node-2"].map { node in
      ClusterPicture.Belief(
        believer: .node(node),
        service: ObjectKey("default", "web"),
        addresses: ["10.244.9.9"]
      )
    }
    let findings = observations.flatMap { $0.findings(in: picture) }
    #expect(
      findings.map(\.message) == ["2 of 3 nodes still lead to 10.244.9.9, which no pod has"]
    )
    picture.nodes[0].isReady = false
    #expect(Self.seen(picture).contains("PS2007 warning"))
    picture.nodes[1].isReady = false
    #expect(!Self.seen(picture).contains("PS2007 warning"))
  }

  @Test func rolloutsThatStall() throws {
    var picture = try Self.shop()
    let index = try #require(picture.workloads.firstIndex { $0.kind == .deployment })
    picture.workloads[index].updated = 1
    #expect(Self.seen(picture) == ["PS2009 note"])
    picture.events = [
      ClusterPicture.Event(
        namespace: "default",
        age: .seconds(3),
        isWarning: true,
        reason: "ProgressDeadlineExceeded",
        object: "deployment/web",
        message: ""
      )
    ]
    #expect(Self.seen(picture) == ["PS2009 error"])
  }

  /// Codes are stable, unique and those of observations.
  @Test func codes() {
    let codes = observations.map { $0.code }
    #expect(codes == codes.sorted() && Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.hasPrefix("PS20") })
    #expect(Set(codes).isDisjoint(with: rules.map { $0.code }))
  }
}
