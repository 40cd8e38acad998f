/// One of a container's `ports`.
package struct ContainerPort: Hashable, Sendable {
  package var name: String?
  package var containerPort: Int
  package var `protocol`: PortProtocol
  /// The port of the node that leads here.
  package var hostPort: Int?
  /// The node's address that it is bound to; empty for all.
  package var hostIP: String
  package var mark: SourceMark
  /// Where it stands, such as `spec.containers[0].ports[1]`.
  package var path: String

  /// Reads `ports` of a container.
  static func readAll(_ container: inout FieldReader) -> [ContainerPort] {
    var ports: [ContainerPort] = []
    for var fields in container.mappings("ports") {
      let name = fields.located("name", without: DNSName.portNameProblem)?.value
      if let name, ports.contains(where: { $0.name == name }) {
        fields.duplicate(name, field: "name")
      }
      let number = fields.number("containerPort", in: 1...65_535, required: true)
      let transport = fields.word("protocol", as: PortProtocol.self) ?? .tcp
      let hostPort = fields.number("hostPort", in: 0...65_535)
      fields.acceptNotSimulated(["hostPort"])
      let hostIP = fields.located("hostIP", without: DNSName.addressProblem)
      fields.finish()
      guard let number else { continue }
      ports.append(
        ContainerPort(
          name: name,
          containerPort: number,
          protocol: transport,
          hostPort: hostPort == 0 ? nil : hostPort,
          hostIP: hostIP?.value ?? "",
          mark: fields.mark,
          path: fields.path
        )
      )
    }
    return ports
  }
}
