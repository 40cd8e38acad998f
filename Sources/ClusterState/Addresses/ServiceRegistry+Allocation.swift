internal import KubernetesManifests

extension ServiceRegistry {
  /// What a request has taken so far, to be given back when it is refused.
  struct Reservation {
    var addresses: [String] = []
    var ports: [Int] = []
  }

  /// Gives back what a refused request had taken.
  mutating func undo(_ reserved: Reservation) {
    for address in reserved.addresses { clusterIPs.release(address) }
    for port in reserved.ports { nodePorts.release(port) }
  }

  /// Refuses `clusterIP: None` where the type needs a real address.
  func checkType(of service: ServiceState) throws(APIRejection) {
    guard service.needsNodePorts, service.clusterIP == "None" else { return }
    throw .invalid(
      service.key,
      "spec.clusterIPs[0]",
      "[\"None\"]",
      "may not be set to 'None' for \(service.type.rawValue) services"
    )
  }

  /// Takes the virtual address that is asked for, or any.
  mutating func allocateClusterIP(
    _ service: inout ServiceState,
    _ reserved: inout Reservation
  ) throws(APIRejection) {
    guard service.needsClusterIP, service.clusterIP != "None" else { return }
    do throws(AllocationProblem) {
      if let address = service.clusterIP, !address.isEmpty {
        try clusterIPs.allocate(address)
        reserved.addresses.append(address)
      } else {
        var generator = generator(for: service.key)
        let address = try clusterIPs.allocateNext(&generator).description
        service.clusterIP = address
        reserved.addresses.append(address)
      }
    } catch {
      guard let address = service.clusterIP, !address.isEmpty else {
        throw .internalError(service.key, "failed to allocate a serviceIP: \(error)")
      }
      throw .invalid(
        service.key,
        "spec.clusterIPs",
        "[\"\(address)\"]",
        "failed to allocate IP \(address): \(error)"
      )
    }
  }

  /// Takes node ports for all ports that want one, keeping those that the Service holds already.
  ///
  /// Ports with the same number, TCP and UDP, share their node port, whichever of them names it.
  mutating func allocateNodePorts(
    _ service: inout ServiceState,
    over held: [Int],
    _ reserved: inout Reservation
  ) throws(APIRejection) {
    guard service.needsNodePorts else { return }
    var byPort: [Int: Int] = [:]
    for index in service.ports.indices {
      let port = service.ports[index]
      if port.nodePort == nil, !service.allocatesNodePorts { continue }
      let sibling = byPort[port.port]
      let asked =
        port.nodePort ?? sibling
        ?? service.ports.first { $0.port == port.port && $0.nodePort != nil }?.nodePort
      let number: Int
      if let asked {
        number = asked
        if !held.contains(asked), !reserved.ports.contains(asked) {
          try takeNodePort(asked, field: "spec.ports[\(index)].nodePort", service.key, &reserved)
        }
      } else {
        number = try takeAnyNodePort("nodePort", service.key, &reserved)
      }
      service.ports[index].nodePort = number
      byPort[port.port] = sibling ?? number
    }
  }

  /// Takes a port for health checks where the type and policy need one.
  mutating func allocateHealthCheckNodePort(
    _ service: inout ServiceState,
    old: Int?,
    _ reserved: inout Reservation
  ) throws(APIRejection) {
    guard service.needsHealthCheckNodePort else {
      service.healthCheckNodePort = nil
      return
    }
    if let asked = service.healthCheckNodePort {
      if asked != old {
        try takeNodePort(asked, field: "spec.healthCheckNodePort", service.key, &reserved)
      }
    } else {
      service.healthCheckNodePort = try takeAnyNodePort(
        "healthCheck nodePort",
        service.key,
        &reserved
      )
    }
  }

  private mutating func takeNodePort(
    _ number: Int,
    field: String,
    _ key: ObjectKey,
    _ reserved: inout Reservation
  ) throws(APIRejection) {
    do throws(AllocationProblem) {
      try nodePorts.allocate(number)
    } catch {
      throw .invalid(key, field, String(number), error.description)
    }
    reserved.ports.append(number)
  }

  private mutating func takeAnyNodePort(
    _ what: String,
    _ key: ObjectKey,
    _ reserved: inout Reservation
  ) throws(APIRejection) -> Int {
    var generator = generator(for: key)
    do throws(AllocationProblem) {
      let number = try nodePorts.allocateNext(&generator)
      reserved.ports.append(number)
      return number
    } catch {
      throw .internalError(key, "failed to allocate a \(what): \(error)")
    }
  }
}
