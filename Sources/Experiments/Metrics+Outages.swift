import ClusterSimulator
import SimKernel

extension MetricDictionary {
  /// How long and how often users were without service.
  static let outageMetrics: [Metric] = [
    Metric(
      "outage_s",
      unit: "s",
      summary: "Time in outages, all of them together.",
      formula: "sum of duration over outages.csv",
      client: { run in run.outages.reduce(0) { $0 + run.duration(of: $1) } }
    ),
    Metric(
      "outages_total",
      unit: "outages",
      summary: "Number of outages.",
      formula: "rows of outages.csv",
      client: { Double($0.outages.count) }
    ),
    Metric(
      "longest_outage_s",
      unit: "s",
      summary: "The longest outage; 0 when there was none.",
      formula: "max of duration over outages.csv, 0 without rows",
      client: { run in run.outages.reduce(0) { max($0, run.duration(of: $1)) } }
    ),
    Metric(
      "outage_end_s",
      unit: "s",
      summary: "When the last outage ended, from the start of the run; none without an outage.",
      formula: "max of end over outages.csv",
      client: { run in run.outages.last.map { run.end(of: $0).seconds } }
    ),
    Metric(
      "below_objective_ratio",
      unit: "ratio",
      summary: "Share of the windows with decided requests that are below the objective.",
      formula: "windows with succeeded < objective * decided / windows with decided > 0",
      client: { $0.belowObjectiveRatio }
    ),
  ]
}

extension ClientRun {
  /// From the outage's first window to the first one after it, in seconds.
  func duration(of outage: Outage) -> Double {
    (end(of: outage) - (.zero + plan.window * Int64(outage.startWindow))).seconds
  }

  /// The start of the first window after the outage, the horizon at the latest.
  func end(of outage: Outage) -> SimTime {
    .zero + min(plan.window * Int64(outage.endWindow), plan.horizon)
  }

  /// `nil` without a window that can be judged.
  var belowObjectiveRatio: Double? {
    let judged = result.windows.compactMap { $0.isBelow(objectivePPM: plan.objectivePPM) }
    return judged.isEmpty ? nil : Double(judged.count { $0 }) / Double(judged.count)
  }
}
