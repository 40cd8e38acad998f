import ClusterSimulator
package import Experiments
import SimKernel

/// What happened in the cluster.
package enum EventsTable: ReportTable {
  package static let name = "events"
  package static let rowKey = "variant × replication × cluster event"
  package static let summary =
    "What `kubectl get events` would have shown. Four reasons are no Kubernetes events and are"
    + " there because the story needs them: Ready, Deleted, NodeLost, NodeReturned."
  package static let columns = [
    Column.variant,
    .replication,
    Column("event", .integer, "Number of the event within the run, from 1."),
    Column("time_s", .number, unit: "s", "When, from the start of the run."),
    Column("type", .string, "Normal or Warning."),
    Column("reason", .string, "The reason, as Kubernetes spells it."),
    Column("namespace", .string, "The object's namespace; `default` for nodes."),
    Column("object", .string, "The object, as kind/name."),
    Column("message", .string, "What happened, in Kubernetes' words."),
  ]
  package static let primaryKey = ["variant", "replication", "event"]

  package static func writeRows(of result: ExperimentResult, to csv: inout CSVWriter) {
    for arm in result.arms {
      for run in arm.runs {
        for (index, event) in run.events.enumerated() {
          let words = EventWords(event, in: run, of: arm)
          csv.add(arm.name)
          csv.add(run.replication)
          csv.add(index + 1)
          csv.add(seconds: event.time)
          csv.add(words.isWarning ? "Warning" : "Normal")
          csv.add(words.reason)
          csv.add(words.namespace)
          csv.add(words.object)
          csv.add(words.message)
          csv.endRow()
        }
      }
    }
  }
}
