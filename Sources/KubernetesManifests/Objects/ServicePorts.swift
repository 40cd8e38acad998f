extension Service {
  /// Ports that the API server hands out for NodePort Services.
  package static let nodePortRange = 30_000...32_767

  private static let kubeletPort = 10_250

  /// Reads `spec.ports` and checks each against those before it.
  static func readPorts(
    _ spec: inout FieldReader,
    type: Kind,
    areOptional: Bool
  ) -> [Port] {
    let elements = spec.sequence("ports")
    if elements.isEmpty, !areOptional, !spec.has("ports") || spec.isEmptyList("ports") {
      spec.required("at least one port must be given", field: "ports")
    }
    var ports: [Port] = []
    for element in elements {
      var fields = spec.reader.mapping(element.value, path: element.path)
      let name = readName(&fields, isRequired: elements.count > 1, among: ports)
      let number = fields.number(
        "port",
        in: 1...65_535,
        zeroElse: "must be between 1 and 65535, inclusive"
      )
      let transport = fields.word("protocol", as: PortProtocol.self) ?? .tcp
      let target = fields.portReference("targetPort")
      let nodePort = readNodePort(&fields, type: type, protocol: transport, among: ports)
      _ = fields.located("appProtocol", without: DNSName.qualifiedNameProblem)
      fields.finish()
      guard let number else { continue }
      if type == .loadBalancer, number == kubeletPort {
        fields.invalid(
          String(number),
          "may not expose port \(number) externally since it is used by kubelet",
          field: "port",
          reportedAs: ""
        )
      }
      if ports.contains(where: { $0.port == number && $0.protocol == transport }) {
        fields.duplicate(
          "\(number)/\(transport.rawValue)",
          field: "port",
          reportedAs: ""
        )
      }
      ports.append(
        Port(
          name: name,
          protocol: transport,
          port: number,
          targetPort: target ?? .number(number),
          nodePort: nodePort,
          mark: fields.mark,
          nodePortMark: fields.mark(of: "nodePort"),
          path: fields.path
        )
      )
    }
    return ports
  }

  private static func readName(
    _ fields: inout FieldReader,
    isRequired: Bool,
    among ports: [Port]
  ) -> String? {
    let name = fields.string("name").flatMap { $0.isEmpty ? nil : $0 }
    guard let name else {
      if isRequired {
        fields.required("each port needs a name when there are several", field: "name")
      }
      return nil
    }
    if let problem = DNSName.labelProblem(name) { fields.invalid(name, problem, field: "name") }
    if ports.contains(where: { $0.name == name }) { fields.duplicate(name, field: "name") }
    return name
  }

  private static func readNodePort(
    _ fields: inout FieldReader,
    type: Kind,
    protocol transport: PortProtocol,
    among ports: [Port]
  ) -> Int? {
    guard let number = fields.number("nodePort", in: 0...65_535), number != 0 else { return nil }
    // An ExternalName keeps the number as it keeps its ports: nobody looks at it.
    if type == .externalName { return number }
    if type == .clusterIP {
      fields.forbidden(
        "may not be used when `type` is '\(type.rawValue)'",
        field: "nodePort",
        hint: "set type: NodePort or remove nodePort"
      )
      return nil
    }
    if !nodePortRange.contains(number) {
      fields.invalid(
        String(number),
        "provided port is not in the valid range. "
          + "The range of valid ports is 30000-32767",
        field: "nodePort"
      )
    }
    if ports.contains(where: { $0.nodePort == number && $0.protocol == transport }) {
      fields.duplicate(String(number), field: "nodePort")
    }
    return number
  }
}
