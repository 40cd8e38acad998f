import KubernetesManifests

/// A preStop hook that eats up the grace period.
package enum GraceTooShort: Rule {
  package static let code = "PS1507"
  package static let severity = Finding.Severity.warning
  package static let title = "the preStop hook takes all of the grace period"
  package static let cause = """
    preStop sleeps for terminationGracePeriodSeconds (30 by default) or longer.
    """
  package static let effect = """
    The hook counts against the grace period. The process gets SIGTERM when the period is over \
    and SIGKILL 2 s later: requests that take longer are cut off.
    """
  package static let fix = """
    Raise terminationGracePeriodSeconds to the sleep plus the longest request.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      workload.containers.compactMap { container in
        guard let (seconds, span) = sleep(container), seconds >= workload.gracePeriod else {
          return nil
        }
        let grace = workload.gracePeriod
        return finding(
          workload.object,
          at: span,
          "preStop sleeps \(seconds) s of a grace period of \(grace) s: SIGTERM comes after "
            + "\(grace) s, SIGKILL after \(Seconds.sum(grace, 2)) s",
          fix:
            "write `terminationGracePeriodSeconds: \(Seconds.sum(seconds, 30))` in the pod's spec"
        )
      }
    }
  }

  /// The hook's length and where it stands: `sleep: {seconds: N}`, or a `sleep N` command.
  private static func sleep(_ container: ContainerView) -> (Int, SourceSpan)? {
    let hook = container.tree.at("lifecycle", "preStop")
    if let value = hook?.at("sleep", "seconds"), let seconds = value.integer {
      return (seconds, value.span)
    }
    let words = hook?.at("exec", "command")?.elements ?? []
    guard let last = words.last, let text = last.text else { return nil }
    let parts = (words.count == 2 ? "sleep \(text)" : text).split(separator: " ")
    guard parts.count == 2, parts[0] == "sleep" || parts[0].hasSuffix("/sleep"),
      words.count != 2 || words.first?.text?.hasSuffix("sleep") == true,
      let seconds = Int(parts[1])
    else { return nil }
    return (seconds, last.span)
  }
}
