import Diagnosis
import KubernetesManifests
import Testing

/// Names as CoreDNS answers them along the search list of a pod of namespace web.
@Suite struct NameTests {
  private static let manifest = """
    apiVersion: v1
    kind: Namespace
    metadata: {name: web}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: cart, namespace: web}
    spec: {selector: {app: cart}, ports: [{port: 80}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: postgres, namespace: data}
    spec: {selector: {app: postgres}, clusterIP: None, ports: [{port: 5432}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: peers, namespace: web}
    spec: {selector: {app: peers}, clusterIP: None, ports: [{port: 7000}]}
    """

  @Test(arguments: [
    ("cart", "service web/cart"), ("CART", "service web/cart"), ("cart.web", "service web/cart"),
    ("cart.web.svc", "service web/cart"), ("cart.web.svc.cluster.local", "service web/cart"),
    ("postgres", "missing web/postgres"), ("postgres.data", "service data/postgres"),
    ("postgres.data.svc.cluster.local", "service data/postgres"),
    ("postgres.dta", "missing dta/postgres"), ("cache.data", "missing data/cache"),
    ("cache.elsewhere.svc", "missing elsewhere/cache"),
    ("peers-0.peers", "endpoint peers-0 of web/peers"),
    ("postgres-1.postgres.data", "endpoint postgres-1 of data/postgres"),
    ("postgres-1.postgres.data.svc.cluster.local", "endpoint postgres-1 of data/postgres"),
    ("example.com", "elsewhere"), ("api.shop.example.com", "elsewhere"),
    ("localhost", "elsewhere"), ("kubernetes", "elsewhere"), ("10.1.1.5", "address"),
    ("10.1.1.256", "elsewhere"),
  ])
  func nameLeadsWhereTheSearchListLeads(host: String, expected: String) throws {
    let inventory = try inventory(of: Self.manifest)
    #expect(words(inventory.resolve(host, from: "web")) == expected)
  }

  private func words(_ name: ResolvedName) -> String {
    switch name {
    case .service(let service): "service \(service.object.namespace)/\(service.object.name)"
    case .endpoint(let pod, let service):
      "endpoint \(pod) of \(service.object.namespace)/\(service.object.name)"
    case .missing(let name, let namespace): "missing \(namespace)/\(name)"
    case .address: "address"
    case .elsewhere: "elsewhere"
    }
  }

  @Test(arguments: [
    ("URL", "http://cart/orders", ["cart:80"]), ("URL", "https://cart.web:8443", ["cart.web:8443"]),
    ("URL", "cart:8080", ["cart:8080"]), ("URL", "cart:8080/path", ["cart:8080"]),
    ("DB", "postgres://user:p%40ss@db.data:6432/orders?sslmode=off", ["db.data:6432"]),
    ("DB", "jdbc:postgresql://store/orders", ["store:5432"]),
    ("DB", "mongodb://a.db:27017,b.db:27018/x", ["a.db:27017", "b.db:27018"]),
    (
      "BROKERS", "kafka-0.kafka:9092,kafka-1.kafka:9092",
      ["kafka-0.kafka:9092", "kafka-1.kafka:9092"]
    ),
    ("REDIS_HOST", "redis", ["redis:-"]), ("REDIS_HOST", "redis.", ["redis:-"]),
    ("X", "curl -s http://cart/ready && exit 0", ["cart:80"]),
    // Words that only look like hosts.
    ("HOST", "redis", []), ("MODE", "redis", []), ("TIME", "12:30", []), ("X", "a:b:c", []),
    ("LISTEN_ADDR", "cart:80", []), ("BIND_HOST", "cart", []), ("NO_PROXY", "cart:80", []),
    ("APP_IMAGE", "redis:7", []), ("X", "file:///etc/cart:80", []), ("X", "cart:99999", []),
    ("X", "http://$(HOST)/x", []), ("X", "http://[::1]:80/", []), ("X", "", []), ("X", ":", []),
    ("X", "://", []), ("X", "a://", []), ("ALLOWED_ORIGINS", "http://cart", []),
  ])
  func hostsAreFoundInVariables(name: String, value: String, expected: [String]) throws {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {name: client, namespace: web}
      spec:
        containers:
          - name: c
            image: registry.example/c:1
            env:
              - name: \(name)
                value: "\(value)"
      """
    let references = try inventory(of: text).references
    let found = references.map { "\($0.host):\($0.port.map(String.init) ?? "-")" }
    #expect(found == expected)
    // The span is the host's own: line 10, behind ten blanks, `value: "`.
    for reference in references {
      let start = "          value: \"".count
      let place = try #require(value.firstRange(of: reference.host))
      let offset = value.distance(from: value.startIndex, to: place.lowerBound)
      #expect(reference.hostSpan.mark.line == 10)
      #expect(reference.hostSpan.mark.column == start + offset + 1)
      #expect(reference.hostSpan.length == reference.host.count)
    }
  }

  @Test func textOfSeveralLinesIsMarkedAtItsBeginning() throws {
    let text = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data:
        app.properties: |
          port=8080
          ledger=http://10.1.2.4:9000
      """
    let finding = try #require(try examine(text).first)
    #expect(Marker(finding) == Marker(code: "PS1301", line: 5, column: 19, length: 1))
  }
}
