import KubernetesManifests
import Testing

@Suite struct TypedListTests {
  @Test("items of a typed list need not repeat their kind, and may")
  func kindsAreInherited() {
    let text = """
      apiVersion: v1
      kind: ServiceList
      metadata: {resourceVersion: "7"}
      items:
        - metadata: {name: a}
          spec: {ports: [{port: 80}]}
        - {apiVersion: v1, kind: Service, metadata: {name: b}, spec: {ports: [{port: 80}]}}
      """
    let (set, diagnostics) = Fixtures.read(text)
    #expect(diagnostics.isEmpty)
    #expect(set.services.map(\.metadata.name.value) == ["a", "b"])
  }

  @Test("every kind has its list")
  func allKinds() {
    let lists = [
      ("v1", "PodList"), ("v1", "ServiceList"), ("v1", "EndpointsList"), ("v1", "NodeList"),
      ("v1", "NamespaceList"), ("v1", "ConfigMapList"), ("v1", "SecretList"),
      ("apps/v1", "DeploymentList"), ("apps/v1", "ReplicaSetList"), ("apps/v1", "DaemonSetList"),
      ("apps/v1", "StatefulSetList"), ("batch/v1", "JobList"), ("batch/v1", "CronJobList"),
      ("autoscaling/v2", "HorizontalPodAutoscalerList"),
      ("networking.k8s.io/v1", "IngressList"), ("discovery.k8s.io/v1", "EndpointSliceList"),
      ("policy/v1", "PodDisruptionBudgetList"),
    ]
    for (version, kind) in lists {
      let empty = "{apiVersion: \(version), kind: \(kind), items: []}"
      #expect(Fixtures.read(empty).diagnostics.isEmpty, "\(kind)")
      let faulty = "{apiVersion: \(version), kind: \(kind), items: [{nonsense: 1}]}"
      #expect(Fixtures.read(faulty).diagnostics.contains { $0.field == "items[0].nonsense" })
    }
  }

  @Test("a fault in an item names the item")
  func faultsAreLocated() {
    let text = """
      apiVersion: v1
      kind: ServiceList
      items:
        - metadata: {name: a}
          spec: {ports: [{port: 0}]}
      """
    #expect(Fixtures.read(text).diagnostics.map(\.field) == ["items[0].spec.ports[0].port"])
  }

  @Test("a list of one kind holds no other, and its version is that of the kind")
  func otherKindsAreRefused() {
    let other = "{apiVersion: v1, kind: Namespace, metadata: {name: a}}"
    let text = "{apiVersion: v1, kind: ServiceList, items: [\(other)]}"
    let errors = Fixtures.read(text).diagnostics
    #expect(errors.map(\.field) == ["items[0].kind"])
    #expect(errors.first?.hint == "write kind: List around objects of several kinds")
    let old = "{apiVersion: extensions/v1beta1, kind: IngressList, items: []}"
    #expect(
      Fixtures.read(old).diagnostics.map(\.hint) == ["write apiVersion: networking.k8s.io/v1"]
    )
  }
}
