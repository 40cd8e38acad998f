import KubernetesManifests

/// A targetPort by a name that no container port has.
package enum NamedPortAbsent: Rule {
  package static let code = "PS1202"
  package static let severity = Finding.Severity.error
  package static let title = "no container port has the targetPort's name"
  package static let cause = """
    The Service forwards to a port by name, and selected pods declare no port of that name with \
    the Service's protocol. The API server accepts it.
    """
  package static let effect = """
    Those pods are listed without this port, so for it they are no endpoints: with none left \
    every connection is refused at once, although all pods are Ready.
    """
  package static let fix = """
    Write the container port's name, or name the container's port like that.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.flatMap { service in
      service.ports.flatMap { port in
        inventory.workloads(behind: service).compactMap { check(port, of: service, $0) }.prefix(1)
      }
    }
  }

  private static func check(
    _ port: ServiceView.Port,
    of service: ServiceView,
    _ workload: WorkloadView
  ) -> Finding? {
    guard case .name(let name) = port.target,
      workload.ports.number(of: port.target, transport: port.transport) == nil
    else { return nil }
    let pods = "the pods of \(workload.title(seenFrom: service.object.namespace))"
    if let same = workload.ports.first(where: { $0.name == name }) {
      return finding(
        service.object,
        at: port.targetSpan,
        "targetPort \(name) is wanted over \(port.transport), but \(pods) have it over "
          + same.transport,
        fix: "write `protocol: \(same.transport)` for this port"
      )
    }
    let names = workload.ports.compactMap(\.name)
    let near = EditDistance.nearest(name, in: names) ?? (names.count == 1 ? names.first : nil)
    let declared = workload.ports.isEmpty ? "no port at all" : workload.ports.text
    let byNumber = workload.ports.first.map {
      "write `targetPort: \($0.number)`, or give the "
        + "container's port `name: \(name)`"
    }
    return finding(
      service.object,
      at: port.targetSpan,
      "no container of \(pods) has a port named \(name); they declare \(declared)",
      fix: near.map { "write `targetPort: \($0)`" } ?? byNumber
        ?? "declare a port with `name: \(name)` in the pod template"
    )
  }
}
