import ClusterSimulator
import KubernetesManifests
import Scenarios
import SimKernel
import Testing

/// Names that are missing, move or do not fit, and a name server that fails.
@Suite("Names reach the plan")
struct NameLoweringTests {
  @Test("a name that an application may miss")
  func missing() throws {
    let call = "workloads.web.calls.api"
    let overrides = ["\(call).target=http://orders.billing/", "\(call).mayBeMissing=true"]
    let plan = try Shop.load(overrides: overrides).variants[0].plan
    let found = plan.workloads[0].server.calls[0]
    #expect(plan.services[found.service].name == "billing/orders")
    #expect(!plan.services[found.service].isPresentAtStart)
    #expect(found.routing == .dns)
    #expect(found.lookup.queriesToDeny == 4)
    #expect(try Shop.errors(overrides: [overrides[0]]).count == 1)
    #expect(
      try Shop.errors(overrides: overrides + ["\(call).routing=environment"]).contains {
        $0.hasSuffix("'api' calls a name that no Service has | set routing: dns")
      }
    )
    // One that is there is found as ever.
    let present = try Shop.load(overrides: ["\(call).mayBeMissing=true"]).variants[0].plan
    #expect(present.services[present.workloads[0].server.calls[0].service].name == "shop/api")
  }

  @Test(
    "outages of CoreDNS",
    arguments: [
      ("{for: 30s}", DNSPlan.Outage.silent, SimDuration.seconds(30) as SimDuration?),
      ("{answer: servfail}", .servfail, nil), ("{for: 1m, answer: refused}", .refused, .minutes(1)),
    ]
  )
  func outages(yaml: String, outage: DNSPlan.Outage, duration: SimDuration?) throws {
    let scenario = Shop.scenario.replacing(
      "nodeLoss: {node: node-2, for: 5m}",
      with: "dnsOutage: \(yaml)"
    )
    let plan = try Shop.load(scenario).variants[0].plan
    #expect(plan.faults == [.dnsOutage(at: .minutes(10), duration: duration, outage)])
  }

  @Test("a misspelt outage")
  func misspelt() throws {
    let scenario = Shop.scenario.replacing(
      "nodeLoss: {node: node-2, for: 5m}",
      with: "dnsOutage: {answer: servfial, fro: 5s}"
    )
    let errors = try Shop.errors(scenario)
    #expect(errors.count == 2)
    #expect(errors.contains { $0.hasSuffix("did you mean 'servfail'?") })
    #expect(errors.contains { $0.hasSuffix("did you mean 'for'?") })
  }

  /// (size − 12 − wire length − 4 − EDNS) / 16; `api.shop.svc.cluster.local` has 28 bytes.
  @Test("addresses in a message", arguments: [(512, 29), (1232, 73), (4096, 252)])
  func messages(size: Int, records: Int) throws {
    let headless = Shop.manifests.replacing(
      "spec:\n  selector: {app: api}",
      with: "spec:\n  clusterIP: None\n  selector: {app: api}"
    )
    let plan = try Shop.load(
      manifests: headless,
      overrides: [
        "workloads.web.calls.api.routing={headless: {messageSize: \(size), tcpFallback: false}}"
      ]
    ).variants[0].plan
    let lookup = plan.workloads[0].server.calls[0].lookup
    #expect(lookup.recordsInMessage == records)
    #expect(!lookup.fallsBackToTCP)
  }
}
