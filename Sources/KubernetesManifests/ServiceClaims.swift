/// What Services claim for themselves alone, as the API server hands it out one after the other.
package enum ServiceClaims {
  /// Reports each node port and cluster address that an earlier Service has.
  ///
  /// Node ports are counted over all namespaces and transports; within one Service TCP and UDP
  /// share theirs.
  static func check(_ services: [Service], _ reader: YAMLReader) {
    var ports: [Int: String] = [:]
    var addresses: [IPAddress: String] = [:]
    for service in services {
      let name = service.metadata.qualifiedName
      for port in service.ports {
        guard let number = port.nodePort else { continue }
        if let other = ports[number], other != name {
          reader.report(
            "Invalid value: '\(number)': provided port is already allocated",
            at: port.nodePortMark,
            path: port.path + ".nodePort",
            hint: "Service '\(other)' has it; leave nodePort out to get a free one"
          )
        } else {
          ports[number] = name
        }
      }
      checkHealthPort(service, &ports, reader)
      guard let address = service.address else { continue }
      if let other = addresses[address] {
        report(service, "provided IP is already allocated", "Service '\(other)' has it", reader)
      } else {
        addresses[address] = name
      }
    }
  }

  private static func checkHealthPort(
    _ service: Service,
    _ ports: inout [Int: String],
    _ reader: YAMLReader
  ) {
    guard let port = service.healthCheckNodePort else { return }
    guard let other = ports[port.value] else {
      ports[port.value] = service.metadata.qualifiedName
      return
    }
    reader.report(
      "Invalid value: '\(port.value)': provided port is already allocated",
      at: port.mark,
      path: service.metadata.path(of: "spec.healthCheckNodePort"),
      hint: "Service '\(other)' has it; leave healthCheckNodePort out to get a free one"
    )
  }

  /// Reports each chosen cluster address that lies outside the cluster's range, cannot be given
  /// out, or is that of the Service `kubernetes`, the first of the range.
  package static func check(
    _ services: [Service],
    in range: AddressRange,
    _ reader: YAMLReader
  ) {
    for service in services {
      guard let address = service.address, address.isIPv4 == range.base.isIPv4 else { continue }
      if !range.mayAllocate(address) {
        report(
          service,
          "the provided IP is not in the valid range. "
            + "The range of valid IPs is \(range.text)",
          "leave clusterIP out to get a free one",
          reader
        )
      } else if address == range.address(at: 1), !service.isKubernetesAPI {
        report(
          service,
          "provided IP is already allocated",
          "Service 'default/kubernetes' has it",
          reader
        )
      }
    }
  }

  private static func report(
    _ service: Service,
    _ reason: String,
    _ hint: String,
    _ reader: YAMLReader
  ) {
    guard let text = service.clusterIP else { return }
    reader.report(
      "Invalid value: '\(text.value)': failed to allocate IP \(text.value): \(reason)",
      at: text.mark,
      path: service.metadata.path(of: "spec.clusterIPs"),
      hint: hint
    )
  }
}

extension Service {
  /// The chosen cluster address, when it is one.
  fileprivate var address: IPAddress? { clusterIP.flatMap { IPAddress($0.value) } }

  fileprivate var isKubernetesAPI: Bool { metadata.qualifiedName == "default/kubernetes" }
}
