import ClusterSimulator
package import Experiments
import SimKernel

/// Every outage that a group of users felt.
package enum OutagesTable: ReportTable {
  package static let name = "outages"
  package static let rowKey = "variant × replication × client × outage"
  package static let summary =
    "Outages: from the first of three or more consecutive windows below the objective to the"
    + " first of three or more at or above it. Windows without arrivals do not count."
  package static let columns = [
    Column.variant,
    .replication,
    .client,
    Column("outage", .integer, "Number of the outage within the run, from 1."),
    Column("start_s", .number, unit: "s", "Start of the first window of the outage."),
    Column("end_s", .number, unit: "s", "Start of the first window after it, or the horizon."),
    Column("duration_s", .number, unit: "s", "end_s - start_s."),
    Column("is_open", .boolean, "Whether it was still going on at the end of the run."),
    Column(
      "worst_success_ratio",
      .number,
      unit: "ratio",
      "Succeeded over decided requests in the worst window."
    ),
    Column("offered_total", .integer, unit: "requests", "Requests that arrived during it."),
    Column("failed_total", .integer, unit: "requests", "Those of them that failed."),
    Column("lost_revenue", .number, "What the failed ones would have been worth, in `currency`."),
    Column("currency", .string, "ISO 4217 code of lost_revenue."),
    Column("dominant_outcome", .string, "How most of the failed ones ended."),
    Column(
      "preceding_reason",
      .string,
      "Reason of the last cluster event, in the ten minutes up to the end of the first window,"
        + " that could have to do with it; none when there was none."
    ),
    Column("preceding_object", .string, "What that event was about, as kind/name."),
    Column("preceding_s", .number, unit: "s", "When that event was."),
  ]
  package static let primaryKey = ["variant", "replication", "client", "outage"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for (client, plan) in zip(run.clients, arm.plan.clients) {
          let outages = OutageDetector.outages(
            in: client.windows,
            objectivePPM: arm.plan.objectivePPM
          )
          for (index, outage) in outages.enumerated() {
            csv.add(arm.name)
            csv.add(run.replication)
            csv.add(plan.name)
            csv.add(index + 1)
            write(outage, client: plan, plan: arm.plan, to: &csv)
            writeEvent(before: outage, run: run, arm: arm, to: &csv)
            csv.endRow()
          }
        }
      }
    }
  }

  private static func write(
    _ outage: Outage,
    client: ClientPlan,
    plan: SimulationPlan,
    to csv: inout CSVWriter
  ) {
    let start = plan.window * Int64(outage.startWindow)
    let end = min(plan.window * Int64(outage.endWindow), plan.horizon)
    csv.add(seconds: start)
    csv.add(seconds: end)
    csv.add(seconds: end - start)
    csv.add(outage.isOpen ? "true" : "false")
    csv.add(number: outage.worstSuccessRatio)
    csv.add(outage.offered)
    csv.add(outage.failed)
    csv.add(number: Double(outage.failed) * (Double(client.valueMicros) / 1e6))
    csv.add(client.currency)
    csv.add(outage.dominantOutcome.label)
  }

  private static func writeEvent(
    before outage: Outage,
    run: RunResult,
    arm: Arm,
    to csv: inout CSVWriter
  ) {
    let latest = SimTime.zero + arm.plan.window * Int64(outage.startWindow + 1)
    let earliest = latest - .minutes(10)
    let event = run.events.last { event in
      event.reason.isTrouble && event.time <= latest && event.time >= earliest
    }
    guard let event else {
      for _ in 0..<3 { csv.addMissing() }
      return
    }
    let words = EventWords(event, in: run, of: arm)
    csv.add(words.reason)
    csv.add(words.object)
    csv.add(seconds: event.time)
  }
}

extension ClusterEvent.Reason {
  /// Whether an event of this kind could be behind an outage.
  fileprivate var isTrouble: Bool {
    switch self {
    case .scheduled, .started, .ready, .successfulCreate, .nodeReturned, .nodeReady,
      .nodeNotSchedulable, .nodeSchedulable, .succeeded, .completed, .jobCreated,
      .jobAlreadyActive, .triggeredScaleUp, .nodeRegistered,
      .pulling, .pulled, .initContainerStarted, .initContainerEnded,
      .noMemoryPressure:
      false
    case .failedScheduling, .unready, .unhealthy, .killing, .backOff, .deleted: true
    case .successfulDelete, .successfulRescale, .scalingReplicaSet,
      .progressDeadlineExceeded:
      true
    case .nodeLost, .nodeNotReady, .taintManagerEviction, .evicted: true
    case .failed, .backoffLimitExceeded, .deadlineExceeded, .scaleDown, .nodeRemoved: true
    case .failedPull, .backOffPull, .outOfMemory, .evictedForMemory, .memoryPressure, .relabeled:
      true
    }
  }
}
