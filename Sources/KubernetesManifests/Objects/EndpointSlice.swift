/// An EndpointSlice (discovery.k8s.io/v1), as written by hand for a Service without a selector.
package struct EndpointSlice: Sendable {
  /// What the addresses are.
  package enum AddressType: String, CaseIterable, Sendable {
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"
    case fqdn = "FQDN"
  }
  /// One of `endpoints`; conditions that are absent have the API's meaning.
  package struct Endpoint: Hashable, Sendable {
    package var addresses: [String]
    package var isReady: Bool
    package var isServing: Bool
    package var isTerminating: Bool
    package var hostname: String?
    package var nodeName: String?
    package var zone: String?
  }
  package var metadata: ObjectMeta
  package var addressType: AddressType
  package var endpoints: [Endpoint]
  package var ports: [EndpointPort]
  package var mark: SourceMark

  /// The Service that the slice belongs to, from its label.
  package var serviceName: String? { metadata.labels["kubernetes.io/service-name"] }

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> EndpointSlice? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    if !object.has("addressType") {
      object.required("'addressType' must be given", field: "addressType")
    }
    let type = object.word("addressType", as: AddressType.self)
    let elements = object.mappings("endpoints")
    if elements.count > 1_000 {
      object.reader.report(
        "Too many: \(elements.count): must have at most 1000 items",
        at: object.mark(of: "endpoints"),
        path: object.path(of: "endpoints")
      )
    }
    let endpoints = elements.compactMap { readEndpoint($0, type) }
    let ports = readPorts(&object)
    object.finish()
    guard let metadata, let type else { return nil }
    return EndpointSlice(
      metadata: metadata,
      addressType: type,
      endpoints: endpoints,
      ports: ports,
      mark: object.mark
    )
  }

  private static func readEndpoint(_ element: FieldReader, _ type: AddressType?) -> Endpoint? {
    var fields = element
    let addresses = fields.strings("addresses")
    if addresses.isEmpty, !fields.has("addresses") || fields.isEmptyList("addresses") {
      fields.required("must contain at least 1 address", field: "addresses")
    }
    if addresses.count > 100 {
      fields.reader.report(
        "Too many: \(addresses.count): must have at most 100 items",
        at: fields.mark(of: "addresses"),
        path: fields.path(of: "addresses")
      )
    }
    for (index, address) in addresses.enumerated() {
      guard let type, let problem = problem(of: address.value, type) else { continue }
      fields.reader.invalid(address, problem, path: fields.path(of: "addresses[\(index)]"))
    }
    let (ready, serving, terminating) = readConditions(&fields)
    let hostname = fields.located("hostname", without: DNSName.labelProblem)
    let node = fields.located("nodeName", without: DNSName.subdomainProblem)
    let zone = fields.located("zone")
    fields.accept(["targetRef", "hints", "deprecatedTopology"])
    fields.finish()
    guard fields.isValid else { return nil }
    return Endpoint(
      addresses: addresses.map(\.value),
      isReady: ready,
      isServing: serving,
      isTerminating: terminating,
      hostname: hostname?.value,
      nodeName: node?.value,
      zone: zone?.value
    )
  }

  private static func readConditions(_ endpoint: inout FieldReader) -> (Bool, Bool, Bool) {
    guard var conditions = endpoint.mapping("conditions") else { return (true, true, false) }
    let ready = conditions.bool("ready", default: true)
    let serving = conditions.bool("serving", default: ready)
    let terminating = conditions.bool("terminating", default: false)
    conditions.finish()
    return (ready, serving, terminating)
  }

  private static func problem(of address: String, _ type: AddressType) -> String? {
    if type == .fqdn {
      let bare = address.hasSuffix(".") ? String(address.dropLast()) : address
      if let problem = DNSName.subdomainProblem(bare) { return problem }
      return bare.contains(".")
        ? nil : "should be a domain with at least two segments separated by dots"
    }
    guard let parsed = IPAddress(address), parsed.isIPv4 == (type == .ipv4) else {
      return "must be a valid \(type.rawValue) address"
    }
    return parsed.endpointProblem
  }

  private static func readPorts(_ object: inout FieldReader) -> [EndpointPort] {
    var ports: [EndpointPort] = []
    for var fields in object.mappings("ports") {
      let name = fields.located("name", without: DNSName.labelProblem)?.value ?? ""
      if ports.contains(where: { $0.name == name }) { fields.duplicate(name, field: "name") }
      let number = fields.number("port", in: 1...65_535)
      let transport = fields.word("protocol", as: PortProtocol.self) ?? .tcp
      _ = fields.located("appProtocol", without: DNSName.qualifiedNameProblem)
      fields.finish()
      ports.append(
        EndpointPort(name: name, port: number, protocol: transport, mark: fields.mark)
      )
    }
    return ports
  }
}
