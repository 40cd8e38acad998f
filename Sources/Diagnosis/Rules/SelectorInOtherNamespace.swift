/// A Service whose pods live in another namespace.
package enum SelectorInOtherNamespace: Rule {
  package static let code = "PS1102"
  package static let severity = Finding.Severity.error
  package static let title = "the selected pods are in another namespace"
  package static let cause = """
    The selector matches no pod of the Service's own namespace, but exactly those of a workload \
    in another one. A selector never reaches across namespaces.
    """
  package static let effect = """
    The Service has no endpoints: its name resolves in its own namespace, and every connection \
    is refused at once; the pods get no traffic.
    """
  package static let fix = """
    Move the Service into the pods' namespace, or make it an ExternalName for the Service there.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard let found = workload(for: service, inventory) else { return nil }
      let namespace = service.object.tree.at("metadata", "namespace")
      return finding(
        service.object,
        at: namespace?.span ?? service.object.nameSpan,
        "the Service is in namespace \(service.object.namespace), but the pods with "
          + "\(service.selector.text) are those of \(found.object.title)",
        fix: "write `namespace: \(found.object.namespace)`; clients elsewhere then call "
          + "\(service.object.name).\(found.object.namespace)"
      )
    }
  }

  /// The workload elsewhere that a Service without pods of its own would select.
  static func workload(for service: ServiceView, _ inventory: Inventory) -> WorkloadView? {
    guard service.selectsPods, inventory.workloads(behind: service).isEmpty else { return nil }
    return inventory.labels.candidates(having: service.selector, in: nil).lazy
      .map { inventory.workloads[$0] }.first { service.selector.areContained(in: $0.labels) }
  }
}
