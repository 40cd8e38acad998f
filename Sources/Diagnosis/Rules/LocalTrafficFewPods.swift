/// `internalTrafficPolicy: Local` for pods that are not on every node.
package enum LocalTrafficFewPods: Rule {
  package static let code = "PS1409"
  package static let severity = Finding.Severity.warning
  package static let title = "only local pods are used, and not every node has one"
  package static let cause = """
    A Service has internalTrafficPolicy: Local, and its pods are not those of a DaemonSet.
    """
  package static let effect = """
    On a node without such a pod packets to the Service are dropped: clients there time out, \
    while those on other nodes are served. Which clients suffer changes with every scheduling.
    """
  package static let fix = """
    Write internalTrafficPolicy: Cluster, with trafficDistribution: PreferSameNode to stay near \
    where possible; or run the pods as a DaemonSet.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard let value = service.spec.at("internalTrafficPolicy"), value.text == "Local",
        let workload = inventory.workloads(behind: service).first(where: {
          $0.object.kind != "DaemonSet"
        })
      else { return nil }
      let size = workload.replicas.map { " (\($0) replicas)" } ?? ""
      return finding(
        service.object,
        at: value.span,
        "nodes without a pod of \(workload.title(seenFrom: service.object.namespace))\(size) drop "
          + "every connection to it",
        fix: "write `internalTrafficPolicy: Cluster` and `trafficDistribution: PreferSameNode`"
      )
    }
  }
}
