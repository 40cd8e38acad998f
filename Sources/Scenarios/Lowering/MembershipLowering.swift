import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Which templates' pods each Service's selector matches, when templates of one workload have
/// different labels.
struct MembershipLowering {
  private struct Selection {
    let operation: Int
    let row: Int
    let selector: Labels
  }

  private let facts: ManifestFacts
  private let services: ServiceTable
  /// For each workload the labels of its templates.
  private var labels: [[Labels]]
  private var selections: [Selection] = []

  init(_ facts: ManifestFacts, _ services: ServiceTable) {
    self.facts = facts
    self.services = services
    labels = facts.workloads.map { [$0.template.labels] }
  }

  /// Notes the labels of a workload's next template.
  mutating func add(_ new: Labels, workload: Int) { labels[workload].append(new) }

  /// Notes that an operation gives a Service's plan another selector.
  mutating func select(_ selector: Labels, at operation: Int, _ row: Int) {
    selections.append(Selection(operation: operation, row: row, selector: selector))
  }

  /// Fills in what selectors match; nothing changes where all templates have the same labels.
  func finish(_ plan: inout SimulationPlan) {
    let changed = labels.indices.filter { workload in
      labels[workload].contains { $0 != labels[workload][0] }
    }
    guard !changed.isEmpty else { return }
    for workload in changed {
      for (index, own) in labels[workload].enumerated() {
        plan.workloads[workload].templates[index].labels =
          own.entries.map { LabelPlan(key: $0.key, value: $0.value) }
      }
    }
    for row in plan.services.indices {
      let service = facts.services[services.sources[row].service]
      guard service.type != .externalName, !service.selector.value.isEmpty else { continue }
      let (matched, excluded) = members(of: row, service.selector.value)
      let new = matched.filter { !plan.services[row].workloads.contains($0) }
      plan.services[row].workloads += new
      plan.services[row].excluded = excluded
    }
    for selection in selections.reversed() {
      let (matched, excluded) = members(of: selection.row, selection.selector)
      plan.serviceOperations[selection.operation].action = .select(matched)
      let at = plan.serviceOperations[selection.operation].at
      plan.serviceOperations.insert(
        ServiceOperation(at: at, service: selection.row, .exclude(excluded)),
        at: selection.operation + 1
      )
    }
  }

  /// The workloads with a template that a selector matches, and their templates that it does not.
  private func members(of row: Int, _ selector: Labels) -> ([Int], [TemplatePlace]) {
    let namespace = facts.services[services.sources[row].service].metadata.namespace
    var matched: [Int] = []
    var excluded: [TemplatePlace] = []
    for workload in selector.isEmpty ? [] : facts.workloadsIn[namespace] ?? [] {
      let own = labels[workload]
      guard own.contains(where: { selector.areContained(in: $0) }) else { continue }
      matched.append(workload)
      for (template, labels) in own.enumerated() where !selector.areContained(in: labels) {
        excluded.append(TemplatePlace(workload: workload, template: template))
      }
    }
    return (matched, excluded)
  }
}

extension Labels {
  /// These labels after `kubectl label`; what is wrong with the change is reported.
  func changed(by fields: Setting, _ reader: YAMLReader) -> Labels? {
    let set = fields["set"].entries
    let removed = fields["remove"].items.compactMap(\.text)
    if set.isEmpty, removed.isEmpty {
      reader.report(
        "no label is set or removed",
        at: fields.mark,
        path: fields.path,
        hint: "write set: {key: value} or remove: [key]"
      )
      return nil
    }
    var isLegal = true
    for entry in set {
      let problem =
        DNSName.qualifiedNameProblem(entry.key)
        ?? entry.setting.text.flatMap(DNSName.labelValueProblem)
      guard let problem else { continue }
      isLegal = false
      reader.report(
        "Invalid value: '\(entry.key)': \(problem)",
        at: entry.mark,
        path: entry.setting.path
      )
    }
    for item in fields["remove"].items {
      guard let key = item.text, self[key] == nil else { continue }
      isLegal = false
      reader.report(
        "the pods have no label '\(key)'",
        at: item.mark,
        path: item.path,
        hint: EditDistance.hint(for: key, in: entries.map(\.key))
      )
    }
    guard isLegal else { return nil }
    let kept = entries.filter { entry in
      !removed.contains(entry.key) && !set.contains { $0.key == entry.key }
    }
    var pairs: [(key: String, value: String)] = kept.map { (key: $0.key, value: $0.value) }
    for entry in set {
      if let value = entry.setting.text { pairs.append((key: entry.key, value: value)) }
    }
    return Labels(pairs)
  }
}
