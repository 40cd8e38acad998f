/// An Endpoints object (v1), as written by hand for a Service without a selector.
package struct Endpoints: Sendable {
  /// A place that serves.
  package struct Address: Hashable, Sendable {
    package var ip: String
    package var hostname: String?
    package var nodeName: String?
  }
  /// Addresses that all serve the same ports.
  package struct Subset: Hashable, Sendable {
    package var addresses: [Address]
    package var notReadyAddresses: [Address]
    package var ports: [EndpointPort]
  }
  package var metadata: ObjectMeta
  package var subsets: [Subset]
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Endpoints? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    var subsets: [Subset] = []
    for var fields in object.mappings("subsets") {
      let ready = readAddresses(&fields, "addresses")
      let notReady = readAddresses(&fields, "notReadyAddresses")
      if fields.isValid, !fields.has("addresses") || fields.isEmptyList("addresses"),
        !fields.has("notReadyAddresses") || fields.isEmptyList("notReadyAddresses")
      {
        fields.required("must specify `addresses` or `notReadyAddresses`", field: "")
      }
      let ports = readPorts(&fields)
      fields.finish()
      subsets.append(Subset(addresses: ready, notReadyAddresses: notReady, ports: ports))
    }
    object.finish()
    return metadata.map { Endpoints(metadata: $0, subsets: subsets, mark: object.mark) }
  }

  private static func readAddresses(_ subset: inout FieldReader, _ name: String) -> [Address] {
    var addresses: [Address] = []
    for var fields in subset.mappings(name) {
      let ip = fields.string("ip")
      if fields.isValid, ip != nil || !fields.has("ip") {
        let address = IPAddress(ip ?? "")
        let problem = address.map(\.endpointProblem) ?? DNSName.addressProblem(ip ?? "")
        if let problem { fields.invalid(ip ?? "", problem, field: "ip") }
      }
      let hostname = fields.located("hostname", without: DNSName.labelProblem)
      let node = fields.located("nodeName", without: DNSName.subdomainProblem)
      fields.accept(["targetRef"])
      fields.finish()
      guard let ip else { continue }
      addresses.append(Address(ip: ip, hostname: hostname?.value, nodeName: node?.value))
    }
    return addresses
  }

  private static func readPorts(_ subset: inout FieldReader) -> [EndpointPort] {
    let elements = subset.mappings("ports")
    var ports: [EndpointPort] = []
    for var fields in elements {
      let name = fields.located("name", without: DNSName.labelProblem)
      if name == nil, elements.count > 1, !fields.has("name") {
        fields.required("each port needs a name when there are several", field: "name")
      }
      let number = fields.number(
        "port",
        in: 1...65_535,
        zeroElse: "must be between 1 and 65535, inclusive"
      )
      let transport = fields.word("protocol", as: PortProtocol.self) ?? .tcp
      _ = fields.located("appProtocol", without: DNSName.qualifiedNameProblem)
      fields.finish()
      guard let number else { continue }
      ports.append(
        EndpointPort(
          name: name?.value ?? "",
          port: number,
          protocol: transport,
          mark: fields.mark
        )
      )
    }
    return ports
  }
}

/// A port of endpoints; its name is that of the Service's port.
package struct EndpointPort: Hashable, Sendable {
  /// Empty when the port has no name.
  package var name: String
  /// `nil` stands for all ports.
  package var port: Int?
  package var `protocol`: PortProtocol
  package var mark: SourceMark
}
