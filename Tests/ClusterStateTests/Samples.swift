import ClusterState
import KubernetesManifests
import SimKernel

/// Small objects for tests.
enum Samples {
  static let draws = StreamFactory(seed: 7, replication: 0)

  static func labels(_ pairs: KeyValuePairs<String, String>) -> Labels {
    Labels(pairs.map { (key: $0.key, value: $0.value) })
  }

  /// A registry with its own numbers.
  static func registry(range: IPv4Range = .services, seed: UInt64 = 7) -> ServiceRegistry {
    let stream = StreamFactory(seed: seed, replication: 0).stream("addresses")
    return ServiceRegistry(draws: stream, range: range)
  }

  static var sliceNames: SliceNames { SliceNames(draws: draws.stream("slices")) }

  /// `shop/backend`, port 80 to 8080, selecting `app=backend`.
  static func backend(
    type: Service.Kind = .clusterIP,
    clusterIP: String? = "10.96.45.23",
    ports: [ServiceState.Port] = [ServiceState.Port(80, targetPort: .number(8080))]
  ) -> ServiceState {
    ServiceState(
      ObjectKey("shop", "backend"),
      type: type,
      selector: labels(["app": "backend"]),
      ports: ports,
      clusterIP: clusterIP
    )
  }

  /// Ready pods `shop/backend-000` and so on, with addresses 10.244.0.1 and on.
  static func pods(_ count: Int, isReady: Bool = true) -> [PodState] {
    (0..<count).map { pod($0, isReady: isReady) }
  }

  /// One of them.
  static func pod(_ index: Int, isReady: Bool = true) -> PodState {
    let digits = String(index)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return PodState(
      ObjectKey("shop", "backend-\(padded)"),
      labels: labels(["app": "backend", "pod-template-hash": "5d9c"]),
      ip: IPv4Address(10 << 24 | 244 << 16 | UInt32(index + 1)).description,
      node: "node-\(index % 3)",
      zone: ["a", "b", "c"][index % 3],
      isReady: isReady,
      ports: [PodState.Port(8080, name: "http")]
    )
  }

  /// The slices of a Service that has none yet.
  static func slices(of service: ServiceState, _ pods: [PodState]) -> [EndpointSliceState] {
    var slices: [EndpointSliceState] = []
    var names = sliceNames
    _ = SlicePacking.reconcile(
      &slices,
      with: ServiceMembership(of: service, among: pods),
      of: service.key,
      names: &names
    )
    return slices
  }
}
