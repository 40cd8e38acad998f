/// CoreDNS with its plugin `kubernetes`, at one instant.
///
/// Follows `plugin/kubernetes/kubernetes.go` and `plugin/backend_lookup.go` of coredns/coredns.
/// Answers list addresses in order of their text; the plugin `loadbalance` shuffles them, which is
/// left to whoever draws random numbers.
package struct ClusterDNS: Sendable {
  /// What is asked about pods by address, such as `10-244-0-7.shop.pod.cluster.local`.
  package enum PodRecords: String, CaseIterable, Sendable {
    /// The plugin's own default.
    case disabled
    /// Any address in the name is echoed, as kubeadm sets it up.
    case insecure
    /// Only the address of a pod in that namespace is.
    case verified
  }
  package var zone = DomainName.clusterZone
  /// Of every record and of denials, in seconds: kubeadm's value; the plugin's own is 5.
  package var ttl = 30
  package var podRecords = PodRecords.insecure
  /// `ignore empty_service`: a Service without ready endpoints has no name.
  package var ignoresEmptyServices = false
  /// Whether the watch of Services and slices has caught up; before that unknown names fail.
  package var isSynced = true
  /// Namespaces that exist: those of Services and pods, those every cluster has, and any added.
  package var namespaces: Set<String>
  /// What lies outside the cluster: names with their addresses, in order of preference.
  package var outside: [DomainName: [String]] = [:]
  /// More aliases than these before one end the chain: 10 since CoreDNS 1.12.1 (coredns#7153), 7
  /// before.
  package static let aliasLimit = 10

  let services: [ObjectKey: ServiceState]
  let serviceNames: [String: ObjectKey]
  let slices: [ObjectKey: [EndpointSliceState]]
  let podAddresses: [String: Set<String>]

  package init(
    services: [ServiceState],
    slices: [EndpointSliceState],
    pods: [PodState] = []
  ) {
    self.services = Dictionary(services.map { ($0.key, $0) }) { first, _ in first }
    serviceNames = Dictionary(
      services.filter { $0.virtualIP != nil }.map { ($0.virtualIP ?? "", $0.key) }
    ) { first, _ in first }
    self.slices = Dictionary(grouping: slices) { $0.serviceKey }
    var addresses: [String: Set<String>] = [:]
    for pod in pods {
      if let ip = pod.ip { addresses[pod.key.namespace, default: []].insert(ip) }
    }
    podAddresses = addresses
    namespaces = Set(services.map(\.key.namespace) + pods.map(\.key.namespace))
    namespaces.formUnion(["default", "kube-node-lease", "kube-public", "kube-system"])
  }

  /// The answer to a question of any kind.
  package func answer(_ question: DNSQuestion) -> DNSAnswer {
    if question.name.labels.suffix(2) == ["in-addr", "arpa"] { return reverse(question) }
    guard question.name.labels(below: zone) != nil else { return upstream(question) }
    switch backends(of: question.name) {
    case .failure: return DNSAnswer(isSynced ? .noName : .failed, ttl: ttl)
    case .success(let found):
      if question.kind == .srv { return servers(question.name, found) }
      var records: [DNSRecord] = []
      switch question.kind {
      case .a, .aaaa: records = addresses(question, found, after: [])
      case .cname: records += found.compactMap { alias($0, of: question.name) }.prefix(1)
      case .srv, .ptr, .soa: break
      }
      return DNSAnswer(records.isEmpty ? .noData : .found, records: records, ttl: ttl)
    }
  }

  /// Names outside the cluster, which CoreDNS forwards.
  private func upstream(_ question: DNSQuestion) -> DNSAnswer {
    guard let addresses = outside[question.name] else { return DNSAnswer(.noName, ttl: ttl) }
    let records = addresses.map { DNSRecord(question.name, .address($0), ttl: ttl) }
      .filter { $0.kind == question.kind }
    return DNSAnswer(records.isEmpty ? .noData : .found, records: records, ttl: ttl)
  }

  /// One SRV record for each name and port, weights adding up to about 100.
  private func servers(_ name: DomainName, _ backends: [Backend]) -> DNSAnswer {
    let targets = backends.compactMap { backend -> (Backend, String)? in
      guard case .address(let address) = backend.host else { return nil }
      return (backend, address)
    }
    let weight = max(1, 100 / max(1, targets.count))
    var records: [DNSRecord] = []
    var additional: [DNSRecord] = []
    for (backend, address) in targets where backend.port > 0 {
      let server = DNSRecord.Content.server(backend.name, port: backend.port, weight: weight)
      let record = DNSRecord(name, server, ttl: ttl)
      if !records.contains(record) { records.append(record) }
      let extra = DNSRecord(backend.name, .address(address), ttl: ttl)
      if !additional.contains(extra) { additional.append(extra) }
    }
    let status: DNSAnswer.Status = records.isEmpty ? .noData : .found
    return DNSAnswer(status, records: records, additional: additional, ttl: ttl)
  }
}
