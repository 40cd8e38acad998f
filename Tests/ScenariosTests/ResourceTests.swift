import ClusterSimulator
import Scenarios
import Testing

@Suite("What pods ask of their nodes")
struct ResourceTests {
  @Test("a pod asks for the sum of its containers' requests")
  func sums() throws {
    let sidecar = """
              - name: proxy
                image: registry.example/proxy
                resources: {requests: {cpu: 50m, memory: 64Mi}}
              - name: exporter
                image: registry.example/exporter
                resources: {requests: {cpu: 0.025, memory: 1M}}

      """
    let web = Shop.deployment("web", replicas: 2)
      .replacing("{cpu: 100m}", with: "{cpu: 100m, memory: 128Mi}")
    let manifests = Shop.manifests.replacing(
      Shop.deployment("web", replicas: 2),
      with: web + sidecar
    )
    let plan = try Shop.load(manifests: manifests).variants[0].plan
    // 100 + 50 + 25 thousandths of a core; 128 · 2^20 + 64 · 2^20 + 10^6 bytes.
    #expect(plan.workloads[0].milliCPURequest == 175)
    #expect(plan.workloads[0].memoryRequest == 202_326_592)
  }
}
