/// ExternalNames that lead to each other.
package enum ExternalNameLoop: Rule {
  package static let code = "PS1406"
  package static let severity = Finding.Severity.error
  package static let title = "ExternalNames lead in a circle"
  package static let cause = """
    Following externalName from Service to Service leads back to the first. The API server \
    accepts it.
    """
  package static let effect = """
    The name server follows at most ten CNAMEs and gives up: clients get no address, whichever \
    of the names they ask for.
    """
  package static let fix = "Let one of them name a real host."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard let value = service.spec.at("externalName"), let path = circle(service, inventory)
      else { return nil }
      let names = path.map(\.object.name) + [service.object.name]
      return finding(
        service.object,
        at: value.span,
        "the name leads back to itself: \(names.joined(separator: " → "))",
        fix: "write the name of a host outside the cluster here"
      )
    }
  }

  /// The Services on the way back to the first; `nil` when there is an end.
  private static func circle(_ start: ServiceView, _ inventory: Inventory) -> [ServiceView]? {
    var path = [start]
    while path.count <= 10 {
      guard let last = path.last, last.isExternalName,
        let name = last.spec.at("externalName")?.text,
        case .service(let next) = fullName(name, inventory)
      else { return nil }
      if next.object.order == start.object.order { return path }
      if path.contains(where: { $0.object.order == next.object.order }) { return nil }
      path.append(next)
    }
    return nil
  }

  /// A CNAME's target is looked up as it is, without the search list.
  private static func fullName(_ name: String, _ inventory: Inventory) -> ResolvedName {
    let isFull = name.hasSuffix(".svc.cluster.local") || name.hasSuffix(".svc.cluster.local.")
    return isFull ? inventory.resolve(name, from: "") : .elsewhere
  }
}
