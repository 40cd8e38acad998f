internal import KubernetesManifests

extension ServiceRegistry {
  /// Replaces a Service as `kubectl apply` does: what is not given and was allocated is kept.
  @discardableResult
  package mutating func update(_ given: ServiceState) throws(APIRejection) -> ServiceState {
    guard let old = stored[given.key] else {
      throw APIRejection(reason: .notFound, service: given.key, field: "", value: "", detail: "")
    }
    var service = Self.keepingAllocations(of: old, in: given)
    var reserved = Reservation()
    do throws(APIRejection) {
      try Self.checkClusterIP(of: service, old: old)
      try checkType(of: service)
      if !old.needsClusterIP { try allocateClusterIP(&service, &reserved) }
      try allocateNodePorts(&service, over: Self.nodePortNumbers(of: old), &reserved)
      try allocateHealthCheckNodePort(&service, old: old.healthCheckNodePort, &reserved)
    } catch {
      undo(reserved)
      throw error
    }
    releaseWhatIsGone(from: old, to: service)
    stored[service.key] = service
    return service
  }

  /// Fills in what was allocated before and is not given now (`patchAllocatedValues`).
  private static func keepingAllocations(
    of old: ServiceState,
    in given: ServiceState
  ) -> ServiceState {
    var service = given
    if old.needsClusterIP, service.needsClusterIP, service.clusterIP?.isEmpty ?? true {
      service.clusterIP = old.clusterIP
    }
    if !service.needsClusterIP { service.clusterIP = nil }
    if old.needsNodePorts, service.needsNodePorts {
      var used = given.ports.compactMap(\.nodePort)
        .filter { number in old.ports.contains { $0.nodePort == number } }
      for index in service.ports.indices where service.ports[index].nodePort == nil {
        let name = service.ports[index].name
        guard let kept = old.ports.last(where: { $0.name == name })?.nodePort,
          !used.contains(kept)
        else { continue }
        service.ports[index].nodePort = kept
        used.append(kept)
      }
    }
    if old.needsHealthCheckNodePort, service.needsHealthCheckNodePort {
      service.healthCheckNodePort = service.healthCheckNodePort ?? old.healthCheckNodePort
    }
    if old.type == .loadBalancer, service.type == .loadBalancer {
      service.loadBalancerIP = old.loadBalancerIP
    }
    return service
  }

  /// An address stays for life, unless the Service goes through ExternalName.
  private static func checkClusterIP(
    of service: ServiceState,
    old: ServiceState
  ) throws(APIRejection) {
    guard old.needsClusterIP, service.needsClusterIP, service.clusterIP != old.clusterIP else {
      return
    }
    throw .invalid(
      service.key,
      "spec.clusterIPs[0]",
      "[\"\(service.clusterIP ?? "")\"]",
      "may not change once set"
    )
  }

  private mutating func releaseWhatIsGone(from old: ServiceState, to service: ServiceState) {
    if let address = old.virtualIP, service.virtualIP != address { clusterIPs.release(address) }
    let kept = Self.nodePortNumbers(of: service)
    for number in Self.nodePortNumbers(of: old) where !kept.contains(number) {
      nodePorts.release(number)
    }
  }
}
