/// A Service that spreads requests over pods of unrelated applications.
package enum ServiceMixesApplications: Rule {
  package static let code = "PS1103"
  package static let severity = Finding.Severity.warning
  package static let title = "the Service mixes unrelated pods"
  package static let cause = """
    The selector matches pods of several workloads that differ in a label which tells \
    applications apart (app, component, app.kubernetes.io/name, app.kubernetes.io/component), \
    and asks for no value of that label. Several tracks or versions of one application are not \
    meant.
    """
  package static let effect = """
    Connections are spread over all of them at random: a fixed share of requests reaches an \
    application that does not know them and answers 404, a protocol error or a refusal, while \
    every pod is healthy.
    """
  package static let fix = "Add the label that tells them apart to the selector."

  /// Labels whose value is the application's identity, the most telling first.
  private static let identities = [
    "app.kubernetes.io/component", "app.kubernetes.io/name", "app", "component", "k8s-app", "name",
  ]

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      let workloads = inventory.workloads(behind: service).filter(\.isLasting)
      // Peers of several kinds find each other by a headless Service.
      guard !service.isHeadless, let first = workloads.first,
        let key = identities.first(where: { tells($0, workloads, apart: service) })
      else { return nil }
      let names = workloads.map { workload in
        "\(workload.title(seenFrom: service.object.namespace)) "
          + "(`\(key): \(workload.labels.value(of: key) ?? "none")`)"
      }
      let target = service.ports.first.map { port in
        first.ports.number(of: port.target, transport: port.transport) == nil
      }
      let likely = target == true ? workloads.last ?? first : first
      let value = likely.labels.value(of: key) ?? ""
      return finding(
        service.object,
        at: service.spec.pair("selector")?.keySpan ?? service.object.nameSpan,
        "the selector \(service.selector.text) matches \(names.joined(separator: " and "))",
        severity: workloads.allSatisfy { offers(service, $0) } ? .note : severity,
        fix: "add `\(key): \(value)` to the selector, or whichever of them is meant"
      )
    }
  }

  /// Whether the pods declare what the Service leads to, so that they may all be meant.
  private static func offers(_ service: ServiceView, _ workload: WorkloadView) -> Bool {
    service.ports.allSatisfy { port in
      let number = workload.ports.number(of: port.target, transport: port.transport)
      return workload.ports.contains { $0.number == number }
    }
  }

  private static func tells(
    _ key: String,
    _ workloads: [WorkloadView],
    apart service: ServiceView
  ) -> Bool {
    let values = workloads.compactMap { $0.labels.value(of: key) }
    return values.count == workloads.count && Set(values).count > 1
      && service.selector.value(of: key) == nil
  }
}
