/// A port by number or by name, as `targetPort` and probes give it.
package enum PortReference: Hashable, Sendable {
  case number(Int)
  case name(String)
}

extension FieldReader {
  /// A port number from 1 to 65535 or the name of a container port.
  mutating func portReference(_ name: String) -> PortReference? {
    guard let value = value(name) else { return nil }
    if let scalar = value.scalar, scalar.resolved == .text {
      if let problem = DNSName.portNameProblem(scalar.text) {
        invalid(scalar.text, problem, field: name)
        return nil
      }
      return .name(scalar.text)
    }
    return number(name, in: 1...65_535).map { .number($0) }
  }
}

/// The transport of a port.
package enum PortProtocol: String, CaseIterable, Sendable {
  case tcp = "TCP"
  case udp = "UDP"
  case sctp = "SCTP"
}
