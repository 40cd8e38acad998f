import ClusterState
import KubernetesManifests
import SimKernel

/// The cluster of the manifests once everything has settled, as `ClusterState` sees it.
///
/// Pods of all kinds of workload run; those that a rule knows never to become ready are not ready.
struct SettledCluster {
  let tracer: ConnectionTracer

  /// Pods of one workload that are looked at; more of them do not change a way.
  private static let most = 1_000
  private static let nodes = (1...3).map {
    NodeState("node-\($0)", internalIP: "172.18.0.\($0 + 1)")
  }

  init(_ inventory: Inventory) {
    let draws = StreamFactory(seed: 1, replication: 0)
    let settled = SteadyState(inventory.manifests, nodes: Self.nodes.count, draws: draws)
    let services = settled.registry.services.map { service in
      var service = service
      if service.type == .loadBalancer, inventory.cluster.hasLoadBalancers != false {
        service.loadBalancerIP = Self.outerAddress
      }
      return service
    }
    var snapshot = ClusterSnapshot(
      services: services,
      pods: Self.pods(inventory),
      nodes: Self.nodes,
      names: SliceNames(draws: draws.stream("slices")),
      manual: inventory.manualSlices
    )
    snapshot.dns.namespaces.formUnion(inventory.objects.map(\.namespace))
    tracer = ConnectionTracer(snapshot)
  }

  /// Stands for whatever address a provider gives.
  private static let outerAddress = "203.0.113.10"

  private static func pods(_ inventory: Inventory) -> [PodState] {
    let broken = inventory.neverReady
    var pods: [PodState] = []
    for workload in inventory.workloads where workload.isLasting {
      let size = inventory.smallestSize(of: workload) ?? nodes.count
      for ordinal in 0..<max(0, min(size, most)) {
        let node = pods.count % nodes.count
        pods.append(pod(ordinal, of: workload, number: pods.count, on: nodes[node].name))
        pods[pods.count - 1].isReady = !broken.contains(workload.object.title)
      }
    }
    return pods
  }

  private static func pod(
    _ ordinal: Int,
    of workload: WorkloadView,
    number: Int,
    on node: String
  ) -> PodState {
    let object = workload.object
    let name = object.kind == "Pod" ? object.name : "\(object.name)-\(ordinal)"
    var pod = PodState(
      ObjectKey(object.namespace, name),
      labels: Labels(workload.labels.map { (key: $0.key, value: $0.value) }),
      workload: object.name,
      ip: "10.244.\(number / 250 % 256).\(number % 250 + 2)",
      node: node,
      ports: workload.ports.map { port in
        let transport = PortProtocol(rawValue: port.transport) ?? .tcp
        return PodState.Port(port.number, name: port.name, protocol: transport)
      }
    )
    if object.kind == "StatefulSet" {
      pod.hostname = name
      pod.subdomain = object.tree.at("spec", "serviceName")?.text
    } else {
      pod.hostname = workload.podSpec["hostname"]?.text
      pod.subdomain = workload.podSpec["subdomain"]?.text
    }
    return pod
  }
}

extension Inventory {
  /// Workloads whose pods never become ready, or never stay it, by their titles.
  var neverReady: Set<String> {
    let rules: [any Rule.Type] = [ProbePortNobodyServes.self, LivenessKillsStart.self]
    let findings = rules.flatMap { $0.findings(in: self) }
    return Set(findings.filter { $0.severity == .error }.map(\.object))
  }

  /// Slices that somebody wrote down, or Endpoints, which the control plane mirrors into slices.
  var manualSlices: [EndpointSliceState] {
    objects.compactMap { object in
      switch object.kind {
      case "EndpointSlice":
        guard let owner = object.labels.value(of: "kubernetes.io/service-name") else { return nil }
        return slice(
          object,
          of: owner,
          ports: object.tree["ports"],
          addresses: (object.tree["endpoints"]?.elements ?? []).flatMap {
            $0["addresses"]?.elements ?? []
          }
        )
      case "Endpoints":
        let subset = object.tree["subsets"]?.elements?.first
        return slice(
          object,
          of: object.name,
          ports: subset?["ports"],
          addresses: (subset?["addresses"]?.elements ?? []).compactMap { $0["ip"] }
        )
      default: return nil
      }
    }
  }

  private func slice(
    _ object: ManifestObject,
    of service: String,
    ports: YAMLValue?,
    addresses: [YAMLValue]
  ) -> EndpointSliceState {
    EndpointSliceState(
      ObjectKey(object.namespace, object.name),
      service: service,
      ports: (ports?.elements ?? []).compactMap { port in
        port["port"]?.integer.map {
          EndpointSliceState.Port(
            $0,
            name: port["name"]?.text ?? "",
            protocol: port["protocol"]?.text.flatMap(PortProtocol.init) ?? .tcp
          )
        }
      },
      endpoints: addresses.compactMap(\.text).map { EndpointState($0) }
    )
  }
}
