internal import KubernetesManifests

extension ClusterDNS {
  /// There is no such name.
  struct NoSuchName: Error {}

  /// Something that a name stands for.
  struct Backend: Hashable {
    /// An address, or the target of an ExternalName.
    enum Host: Hashable {
      case address(String)
      case name(DomainName)
    }
    var host: Host
    /// 0 when neither the Service nor the slice has ports.
    var port: Int
    /// The name that SRV records give.
    var name: DomainName
  }

  /// The parts of a name below the zone, read from its end.
  private struct Request {
    var namespace: String
    var service: String
    var endpoint: String?
    var port: String?
    var transport: String?
  }

  /// What a name of the zone stands for; empty for a name that exists and has nothing.
  func backends(of name: DomainName) -> Result<[Backend], NoSuchName> {
    let labels = name.labels(below: zone) ?? []
    if labels.isEmpty || labels == ["svc"] || labels == ["pod"] { return .success([]) }
    guard let kind = labels.last, kind == "svc" || kind == "pod", labels.count <= 5 else {
      return .failure(NoSuchName())
    }
    let parts = Array(labels.dropLast())
    guard let namespace = parts.last, namespaces.contains(namespace) else {
      return .failure(NoSuchName())
    }
    guard parts.count > 1 else { return .success([]) }
    var request = Request(namespace: namespace, service: parts[parts.count - 2])
    if parts.count == 3 { request.endpoint = parts[0] }
    if parts.count == 4 {
      request.port = Self.withoutUnderscore(parts[0])
      request.transport = Self.withoutUnderscore(parts[1])
    }
    return kind == "pod" ? podBackends(request, name) : serviceBackends(request)
  }

  private static func withoutUnderscore(_ label: String) -> String {
    label.hasPrefix("_") ? String(label.dropFirst()) : label
  }

  private func serviceBackends(_ request: Request) -> Result<[Backend], NoSuchName> {
    let key = ObjectKey(request.namespace, request.service)
    guard let service = services[key] else { return .failure(NoSuchName()) }
    let name = zone.prefixed(by: [key.name, key.namespace, "svc"])
    if service.type == .externalName { return external(service, request, name) }
    let isEndpoint = service.isHeadless || request.endpoint != nil
    if ignoresEmptyServices, !service.isHeadless, readyEndpoints(of: key).isEmpty {
      return .failure(NoSuchName())
    }
    var found: [Backend] = []
    if isEndpoint {
      for (endpoint, ports) in readyEndpoints(of: key) {
        let hostname = Self.hostname(of: endpoint)
        if let asked = request.endpoint, asked != hostname.lowercased() { continue }
        for port in ports where matches(request, port.name, port.protocol.rawValue) {
          found.append(
            Backend(
              host: .address(endpoint.address),
              port: port.port,
              name: name.prefixed(by: [hostname])
            )
          )
        }
      }
    } else if let address = service.virtualIP {
      for port in service.ports where matches(request, port.name ?? "", port.protocol.rawValue) {
        found.append(Backend(host: .address(address), port: port.port, name: name))
      }
    }
    return found.isEmpty ? .failure(NoSuchName()) : .success(found)
  }

  private func matches(_ request: Request, _ port: String, _ transport: String) -> Bool {
    let isPort = request.port.map { $0.isEmpty || $0 == port.lowercased() } ?? true
    return isPort
      && request.transport.map { $0.isEmpty || $0 == transport.lowercased() } ?? true
  }

  /// An ExternalName has a name as target; one that looks like an address is not served at all.
  private func external(
    _ service: ServiceState,
    _ request: Request,
    _ name: DomainName
  ) -> Result<[Backend], NoSuchName> {
    guard request.endpoint == nil, request.port == nil, let text = service.externalName,
      IPv4Address(text) == nil, let target = DomainName(text)
    else { return .failure(NoSuchName()) }
    return .success([Backend(host: .name(target), port: 0, name: name)])
  }

  /// Endpoints that are ready, by address, each with its ports; port 0 stands for none at all.
  func readyEndpoints(of key: ObjectKey) -> [(EndpointState, [EndpointSliceState.Port])] {
    var found: [(EndpointState, [EndpointSliceState.Port])] = []
    for slice in slices[key] ?? [] {
      let ports = slice.ports.isEmpty ? [EndpointSliceState.Port(0)] : slice.ports
      found += slice.endpoints.filter(\.isReady).map { ($0, ports) }
    }
    func rank(_ endpoint: EndpointState) -> (String, String) {
      (endpoint.address, endpoint.pod?.name ?? "")
    }
    return found.sorted { rank($0.0) < rank($1.0) }
  }

  /// The first label of an endpoint's own name.
  static func hostname(of endpoint: EndpointState) -> String {
    if let hostname = endpoint.hostname, !hostname.isEmpty { return hostname }
    return String(endpoint.address.map { $0 == "." || $0 == ":" ? "-" : $0 })
  }

  private func podBackends(
    _ request: Request,
    _ name: DomainName
  ) -> Result<[Backend], NoSuchName> {
    let text = String(request.service.map { $0 == "-" ? "." : $0 })
    guard podRecords != .disabled, request.endpoint == nil, request.port == nil,
      let address = IPv4Address(text)
    else { return .failure(NoSuchName()) }
    if podRecords == .verified,
      !(podAddresses[request.namespace]?.contains(address.description) ?? false)
    {
      return .failure(NoSuchName())
    }
    return .success([Backend(host: .address(address.description), port: 0, name: name)])
  }
}
