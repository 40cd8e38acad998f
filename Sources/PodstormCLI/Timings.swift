import Experiments
import Foundation
import Synchronization

/// How long things took: the one file that differs from run to run, and only on request.
final class Timings: Sendable {
  private struct Entry: Codable {
    var replication: Int
    var variant: String
    var events: Int
    var probes: Int
    var finishedAfterSeconds: Double

    enum CodingKeys: String, CodingKey {
      case replication
      case variant
      case events
      case probes
      case finishedAfterSeconds = "finished_after_s"
    }
  }
  private struct File: Codable {
    var version: String
    var threads: Int
    var wallSeconds: Double
    var events: Int
    var eventsPerSecond: Double
    var runs: [Entry]

    enum CodingKeys: String, CodingKey {
      case version
      case threads
      case wallSeconds = "wall_s"
      case events
      case eventsPerSecond = "events_per_s"
      case runs
    }
  }
  private let start = ContinuousClock.now
  private let entries = Mutex<[Entry]>([])
  private let variants: [String]

  init(variants: [String]) { self.variants = variants }

  /// Notes when a run was done.
  func report(_ run: FinishedRun) {
    let elapsed = Progress.seconds(ContinuousClock.now - start)
    entries.withLock { entries in
      entries.append(
        Entry(
          replication: run.job.replication,
          variant: variants[run.job.variant],
          events: run.events,
          probes: run.probes,
          finishedAfterSeconds: elapsed
        )
      )
    }
  }

  /// All of it so far.
  func json(threads: Int) throws -> [UInt8] {
    let wall = Progress.seconds(ContinuousClock.now - start)
    let runs = entries.withLock { $0 }
    let events = runs.reduce(0) { $0 + $1.events }
    let file = File(
      version: podstormVersion,
      threads: threads,
      wallSeconds: wall,
      events: events,
      eventsPerSecond: Double(events) / max(wall, 1e-9),
      runs: runs
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try Array(encoder.encode(file)) + Array("\n".utf8)
  }
}
