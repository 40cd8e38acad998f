/// The way of a connection from a client to a pod, step by step until something is wrong.
package struct ConnectionWalk: Sendable {
  /// The steps in the order in which a connection meets them.
  package enum StepName: String, CaseIterable, Sendable {
    case client
    case name
    case service
    case port
    case endpoints
    case podPort = "pod port"
    case readiness
  }
  /// How a step ended.
  package enum Outcome: String, Sendable { case passed, broken }
  /// One step.
  package struct Step: Sendable {
    package var name: StepName
    package var outcome: Outcome
    /// What was found, in a few words.
    package var text: String
  }
  /// As asked for, such as `web/frontend`.
  package var client: String
  /// As asked for, such as `checkout-service:80`.
  package var target: String
  package var steps: [Step] = []
  /// What is wrong at the step that is broken, and how to repair it.
  package var finding: Finding?
  /// What the client sees in the end, such as `connection refused, at once`.
  package var result = ""

  package var isBroken: Bool { steps.contains { $0.outcome == .broken } }

  /// Notes a step that went well.
  mutating func pass(_ name: StepName, _ text: String) {
    steps.append(Step(name: name, outcome: .passed, text: text))
  }

  /// Notes the step at which the way ends.
  mutating func stop(_ name: StepName, _ text: String, _ finding: Finding?) {
    steps.append(Step(name: name, outcome: .broken, text: text))
    self.finding = finding
  }
}
