import ClusterSimulator
import Experiments
import Statistics

extension Page {
  /// One table per group of users, one row per variant.
  func users() -> [String] {
    clients.flatMap { client -> [String] in
      var table = TextTable(
        header: [
          Display.clean(client), "answered", "down", "longest", "lost", "p50", "p99", "calls",
        ],
        nameWidth: nameWidth
      )
      for arm in arms {
        func mean(_ metric: String, _ show: (Double) -> String) -> String {
          arm.estimate(metric, client: client).map { show($0.interval.mean) } ?? "–"
        }
        let lost = arm.estimate("lost_revenue", client: client)?.interval
        table.add([
          Display.clean(arm.name),
          mean("availability_ratio", Human.percent),
          mean("outage_s", Human.shortSpan),
          mean("longest_outage_s", Human.shortSpan),
          lost.flatMap { money($0, of: client, in: arm) } ?? "–",
          mean("latency_p50_ms", Human.latency),
          mean("latency_p99_ms", Human.latency),
          mean("attempts_per_request_ratio", Human.number),
        ])
      }
      return table.lines(width: width, style: style)
    }
  }

  /// How the pods of each variant shared the work.
  func cluster() -> [String] {
    let metrics = [
      ("idle", "idle_pods_total"), ("most replicas", "replicas_max_total"),
      ("hottest/mean", "hottest_to_mean_ratio"), ("Jain index", "jain_ratio"),
    ]
    var table = TextTable(header: ["pods"] + metrics.map(\.0), nameWidth: nameWidth)
    var hasValues = false
    for arm in arms {
      let estimates = metrics.map { arm.estimate($0.1, client: nil) }
      hasValues = hasValues || estimates.contains { $0 != nil }
      table.add(
        [Display.clean(arm.name)]
          + estimates.map { $0.map { Human.number($0.interval.mean) } ?? "–" }
      )
    }
    return hasValues ? table.lines(width: width, style: style) : []
  }

  /// Paired differences to the baseline; those that could be chance stand in brackets.
  func differences() -> [String] {
    guard let baseline = arms.first, arms.count > 1, hasIntervals else { return [] }
    var lines = [heading("Against " + baseline.name + " (in brackets: could be chance)")]
    for client in clients {
      var table = TextTable(
        header: [Display.clean(client), "answered", "down", "lost", "p99"],
        nameWidth: nameWidth
      )
      for arm in arms.dropFirst() {
        func cell(_ metric: String, _ show: (ConfidenceInterval) -> String) -> String {
          guard let difference = arm.estimate(metric, client: client)?.difference,
            difference.mean.isFinite
          else { return "–" }
          let text = show(difference)
          return difference.count < 2 || difference.contains(0) ? "(\(text))" : text
        }
        table.add([
          Display.clean(arm.name),
          cell("availability_ratio", Human.pointDifference),
          cell("outage_s") { Human.difference($0, Human.shortSpan) },
          cell("lost_revenue") { money($0, of: client, in: arm) ?? "–" },
          cell("latency_p99_ms") { Human.difference($0, Human.latency) },
        ])
      }
      lines += table.lines(width: width, style: style)
    }
    return lines
  }

  /// Money of a client group, `nil` when its requests are worth nothing.
  private func money(_ interval: ConfidenceInterval, of client: String, in arm: Arm) -> String? {
    guard let plan = arm.plan.clients.first(where: { $0.name == client }), plan.valueMicros != 0
    else { return nil }
    return Human.money(interval, currency: plan.currency)
  }

  private var hasIntervals: Bool {
    arms.contains { arm in arm.estimates.contains { ($0.difference?.count ?? 0) > 1 } }
  }
}

extension Human {
  /// A difference of two shares: `+61.5 ± 0.3 pp`.
  static func pointDifference(_ interval: ConfidenceInterval) -> String {
    let margin = interval.halfWidth * 100
    // As many places as show a digit of the half-width, within reason.
    let places = margin < 0.005 ? 3 : margin < 0.05 ? 2 : 1
    let sign = interval.mean < 0 ? "−" : "+"
    return sign + NumberFormat.fixed(interval.mean.magnitude * 100, places: places) + " ± "
      + NumberFormat.fixed(margin, places: places) + " pp"
  }

  /// A difference with its sign and half-width: `−3h00m ± 40s`.
  static func difference(_ interval: ConfidenceInterval, _ show: (Double) -> String) -> String {
    (interval.mean > 0 ? "+" : "") + show(interval.mean) + " ± " + show(interval.halfWidth)
  }
}
