import ClusterState
import KubernetesManifests

/// A shop with every kind of Service that DNS knows.
enum DNSSamples {
  static func service(
    _ namespace: String,
    _ name: String,
    clusterIP: String?,
    ports: [ServiceState.Port] = [ServiceState.Port(80, targetPort: .number(8080))],
    selector: KeyValuePairs<String, String> = [:],
    externalName: String? = nil
  ) -> ServiceState {
    ServiceState(
      ObjectKey(namespace, name),
      type: externalName == nil ? .clusterIP : .externalName,
      selector: Samples.labels(selector),
      ports: externalName == nil ? ports : [],
      clusterIP: clusterIP,
      externalName: externalName
    )
  }

  static let services: [ServiceState] = [
    service("shop", "backend", clusterIP: "10.96.45.23", selector: ["app": "backend"]),
    service("shop", "empty", clusterIP: "10.96.45.24", selector: ["app": "nobody"]),
    service(
      "shop",
      "web",
      clusterIP: "10.96.45.25",
      ports: [
        ServiceState.Port(80, name: "http"), ServiceState.Port(443, name: "https"),
        ServiceState.Port(53, name: "dns", protocol: .udp),
      ]
    ),
    service(
      "data",
      "db-svc",
      clusterIP: "None",
      ports: [ServiceState.Port(5432, name: "pg")],
      selector: ["app": "db"]
    ),
    service("data", "down", clusterIP: "None", selector: ["app": "down"]),
    service("data", "postgres", clusterIP: "10.96.45.26"),
    service("shop", "cloud-db", clusterIP: nil, externalName: "db.example.com"),
    service("shop", "alias", clusterIP: nil, externalName: "backend.shop.svc.cluster.local."),
    service("shop", "itself", clusterIP: nil, externalName: "itself.shop.svc.cluster.local"),
    service("shop", "ping", clusterIP: nil, externalName: "pong.shop.svc.cluster.local"),
    service("shop", "pong", clusterIP: nil, externalName: "ping.shop.svc.cluster.local"),
    service("shop", "dotted", clusterIP: nil, externalName: "192.0.2.7"),
    service("shop", "nowhere", clusterIP: nil, externalName: "no.shop.svc.cluster.local"),
  ]

  /// `data/db-0` to `db-2` at 10.244.1.1 and on, the last not ready, and more.
  static let pods: [PodState] =
    (0..<3).map { index in
      var pod = PodState(
        ObjectKey("data", "db-\(index)"),
        labels: Samples.labels(["app": "db"]),
        ip: "10.244.1.\(index + 1)",
        isReady: index < 2
      )
      pod.hostname = "db-\(index)"
      pod.subdomain = "db-svc"
      return pod
    } + [
      PodState(
        ObjectKey("data", "down-0"),
        labels: Samples.labels(["app": "down"]),
        ip: "10.244.1.9",
        isReady: false
      )
    ] + Samples.pods(2)

  static var snapshot: ClusterSnapshot {
    ClusterSnapshot(
      services: services,
      pods: pods,
      nodes: (0..<3).map { NodeState("node-\($0)", zone: "a", internalIP: "192.0.2.\($0 + 1)") },
      names: Samples.sliceNames
    )
  }

  static var dns: ClusterDNS {
    var dns = snapshot.dns
    dns.outside = [
      DomainName(labels: ["db", "example", "com"]): ["198.51.100.7"],
      DomainName(labels: ["api", "example", "com"]): ["198.51.100.8", "2001:db8::8"],
    ]
    return dns
  }

  /// Asks for a name without the zone.
  static func ask(
    _ name: String,
    _ kind: DNSRecord.Kind = .a,
    _ dns: ClusterDNS = DNSSamples.dns
  ) -> DNSAnswer {
    let labels = name.split(separator: ".").map(String.init) + ["cluster", "local"]
    return dns.answer(DNSQuestion(DomainName(labels: labels), kind))
  }
}
