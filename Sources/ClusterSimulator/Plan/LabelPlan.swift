/// One label.
package struct LabelPlan: Hashable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A template of a workload by its place there.
package struct TemplatePlace: Hashable, Sendable {
  package var workload: Int
  package var template: Int

  package init(workload: Int, template: Int) {
    self.workload = workload
    self.template = template
  }
}

/// What becomes of pods whose own labels an operator changes: `kubectl label pod`.
package struct RelabelingPlan: Hashable, Sendable {
  /// All labels that the pods have then.
  package var labels: [LabelPlan]
  /// Indices of the Services whose selectors match these.
  package var services: [Int]
  /// Whether the selector of their controller matches no longer: it lets go of them.
  package var isOrphaning: Bool

  package init(labels: [LabelPlan], services: [Int], isOrphaning: Bool) {
    self.labels = labels
    self.services = services
    self.isOrphaning = isOrphaning
  }
}
