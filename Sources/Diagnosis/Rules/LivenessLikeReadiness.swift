/// A liveness probe that asks the same as readiness and is no more patient.
package enum LivenessLikeReadiness: Rule {
  package static let code = "PS1504"
  package static let severity = Finding.Severity.note
  package static let title = "liveness is as impatient as readiness"
  package static let cause = """
    Liveness and readiness ask the same question, and liveness gives up no later.
    """
  package static let effect = """
    Under overload a pod is not only taken out of the Service to recover, but killed at the same \
    moment: its requests are lost, the others get its load, and they are killed next.
    """
  package static let fix = """
    Let liveness ask for less (that the process answers at all), or give it a higher \
    failureThreshold than readiness.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      workload.containers.compactMap { container in
        guard let liveness = container.liveness, let readiness = container.readiness,
          let question = liveness.question, question == readiness.question
        else { return nil }
        let patience = Seconds.product(liveness.failureThreshold, liveness.period)
        let other = Seconds.product(readiness.failureThreshold, readiness.period)
        guard patience <= other else { return nil }
        let threshold = Seconds.product(other, 3) / max(1, liveness.period)
        return finding(
          workload.object,
          at: liveness.keySpan,
          "liveness and readiness of container \(container.name) both ask \(question), and "
            + "liveness kills after \(patience) s, readiness gives way after \(other) s",
          fix: "write `failureThreshold: \(threshold)` for liveness, or ask something cheaper"
        )
      }
    }
  }
}
