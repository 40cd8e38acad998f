import ClusterSimulator
package import Experiments
import SimKernel

/// Why attempts failed, call by call.
package enum CallsTable: ReportTable {
  package static let name = "calls"
  package static let rowKey = "variant × replication × caller × call × outcome × cause"
  package static let summary =
    "Ended attempts of every call by what the caller saw and why. Combinations that did not"
    + " happen have no row."
  package static let columns = [
    Column.variant,
    .replication,
    Column("caller", .string, "The group of users or the workload that calls."),
    Column("call", .string, "The call's name in the scenario."),
    Column("outcome", .string, "What the caller saw."),
    Column("cause", .string, "Why; `none` when the outcome says it all."),
    Column("attempts_total", .integer, unit: "attempts", "Attempts that ended so."),
    Column(
      "share_ratio",
      .number,
      unit: "ratio",
      "Their share of all ended attempts of the call."
    ),
    Column(
      "failed_share_ratio",
      .number,
      unit: "ratio",
      "Their share of the failed attempts of the call; none for successes."
    ),
  ]
  package static let primaryKey = [
    "variant", "replication", "caller", "call", "outcome", "cause",
  ]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for call in run.calls {
          let total = call.ended.reduce(0, +)
          let failed = total - call.ended.prefix(Cause.allCases.count).reduce(0, +)
          for ending in call.endings {
            let count = Double(ending.count)
            csv.add(arm.name)
            csv.add(run.replication)
            csv.add(arm.caller(of: call))
            csv.add(call.name)
            csv.add(ending.outcome.label)
            csv.add(ending.cause.label)
            csv.add(ending.count)
            csv.add(number: count / Double(total))
            csv.add(number: ending.outcome == .succeeded ? nil : count / Double(failed))
            csv.endRow()
          }
        }
      }
    }
  }
}

/// Attempts of one call that ended in the same way.
struct Ending {
  var outcome: Outcome
  var cause: Cause
  var count: Int
}

extension CallResult {
  /// The ways in which attempts ended, those that did not happen left out.
  var endings: [Ending] {
    Outcome.allCases.flatMap { outcome in
      Cause.allCases.compactMap { cause in
        let index = Int(outcome.rawValue) * Cause.allCases.count + Int(cause.rawValue)
        let count = ended[index]
        return count > 0 ? Ending(outcome: outcome, cause: cause, count: count) : nil
      }
    }
  }
}

extension Arm {
  /// The name of the workload or of the group of users that makes a call.
  func caller(of call: CallResult) -> String {
    call.workload >= 0 ? plan.workloads[call.workload].name : plan.clients[call.client].name
  }
}
