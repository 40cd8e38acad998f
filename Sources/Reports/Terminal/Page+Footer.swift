import Experiments
import Scenarios
import Statistics

extension Page {
  /// Each threshold with the interval it was judged by.
  func thresholds() -> [String] {
    guard !result.verdicts.isEmpty else { return [] }
    let rows = result.verdicts.map { verdict in
      (verdict.result, threshold(verdict), interval(verdict))
    }
    let right = rows.map { Display.width($0.2) }.max() ?? 0
    let left = max(width - 2 - 9 - 2 - right, 8)
    return [heading("Thresholds")]
      + rows.map { verdict, text, interval in
        let name = Display.pad(Display.truncate(text, to: left), to: left)
        let rest = Display.truncate(
          name + "  " + Display.pad(interval, to: right, alignsRight: true),
          to: width - 11
        )
        return paint(verdict) + rest
      }
  }

  private func threshold(_ verdict: ThresholdVerdict) -> String {
    let who = [
      verdict.threshold.variant == nil ? verdict.variant : "",
      verdict.threshold.client == nil && clients.count > 1 ? verdict.client : "",
    ].filter { !$0.isEmpty }
    return Display.clean(
      verdict.threshold.text + (who.isEmpty ? "" : " [\(who.joined(separator: ", "))]")
    )
  }

  private func interval(_ verdict: ThresholdVerdict) -> String {
    guard let interval = verdict.estimate?.interval else { return "no value" }
    let show = presentation(of: verdict)
    guard interval.count > 1 else { return show(interval.mean) }
    return "\(show(interval.mean)) [\(show(interval.low)), \(show(interval.high))]"
  }

  private func presentation(of verdict: ThresholdVerdict) -> (Double) -> String {
    let metric = verdict.estimate.flatMap { MetricDictionary.metric(named: $0.metric) }
    switch metric?.unit {
    case "ms": return Human.latency
    case "s": return Human.shortSpan
    case "currency":
      let arm = arms.first { $0.name == verdict.variant }
      let code = arm.map { currency(of: verdict.client, in: $0) } ?? ""
      return { Human.money($0, currency: code) }
    case "ratio"
    where metric?.name == "availability_ratio" || metric?.name == "below_objective_ratio":
      return Human.percent
    default: return Human.number
    }
  }

  private func paint(_ result: ThresholdVerdict.Result) -> String {
    switch result {
    case .pass: style.green("✓ pass   ") + "  "
    case .fail: style.red("✗ fail   ") + "  "
    case .notEnoughRuns: style.yellow("? unclear") + "  "
    }
  }

  /// How sure all that is.
  func footer() -> [String] {
    let settings = result.scenario.run
    let runs = arms.map(\.runs.count).min() ?? 0
    let level = (NumberFormat.significant(settings.confidence * 100, digits: 6) ?? "?") + " %"
    let sure =
      runs > 1
      ? ["Means over \(runs) replications", "± and [] are \(level) Student intervals"]
      : ["One replication, so there are no intervals"]
    var lines = wrap(sure + ["seed \(settings.seed)"], from: 0)
    if runs < 5 {
      lines += warning("only \(runs) replication\(runs == 1 ? "" : "s")", "try --replications 10")
    }
    if result.isPartial { lines += warning("stopped early", "the results are partial") }
    let unclear = result.verdicts.filter { $0.result == .notEnoughRuns }
    if runs > 1, unclear.contains(where: { $0.estimate != nil }) {
      lines += wrap(["unclear: the bound lies inside the interval"], from: 0)
    }
    if unclear.contains(where: { $0.estimate == nil }) {
      lines += wrap(["no value: no request to measure it on"], from: 0)
    }
    return lines
  }

  private func warning(_ parts: String...) -> [String] {
    let lead = "warning: "
    let lines = wrap(parts, from: lead.count)
    return lines.enumerated().map { index, line in
      (index == 0 ? style.yellow(lead) : String(repeating: " ", count: lead.count)) + line
    }
  }
}
