/// Two paths of Ingresses that match the same requests.
package enum IngressPathShadowed: Rule {
  package static let code = "PS1703"
  package static let severity = Finding.Severity.warning
  package static let title = "an Ingress path is shadowed by an equal one"
  package static let cause = """
    Two paths have the same host, type and path (for Prefix a slash at the end means nothing) \
    and lead to different Services.
    """
  package static let effect = """
    One of them gets all requests: with ingress-nginx that of the older Ingress, inside one \
    Ingress the first. The other Service gets none, and nothing says so. (A longer Prefix or an \
    Exact path always wins over a shorter one, so that only equal ones are in each other's way.)
    """
  package static let fix = "Give one of them another path or host, or remove it."

  package static func findings(in inventory: Inventory) -> [Finding] {
    var seen: [String: (route: IngressView.Route, object: ManifestObject)] = [:]
    var found: [Finding] = []
    for ingress in inventory.ingresses {
      let className = ingress.object.tree.at("spec", "ingressClassName")?.text ?? ""
      for route in ingress.routes {
        guard let path = route.path else { continue }
        let key = className + " " + route.key
        guard let first = seen[key] else {
          seen[key] = (route, ingress.object)
          continue
        }
        let isSame =
          first.route.service.text == route.service.text
          && first.object.namespace == ingress.object.namespace
        if isSame { continue }
        let host = route.host.isEmpty ? "every host" : route.host
        found.append(
          finding(
            ingress.object,
            at: path.span,
            "\(path.text ?? "") of \(host) already leads to Service "
              + "\(first.route.service.text ?? "") (\(first.object.kind) \(first.object.name), "
              + "\(first.object.place))",
            fix: "give Service \(route.service.text ?? "") another path or host"
          )
        )
      }
    }
    return found
  }
}
