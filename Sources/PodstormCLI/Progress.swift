import Experiments
import Foundation
import Synchronization

/// One line on the terminal, rewritten after every run.
package final class Progress: Sendable {
  private struct State {
    var finished = 0
    var events = 0
    var lineLength = 0
  }
  private let state = Mutex(State())
  private let start = ContinuousClock.now
  private let isShown: Bool
  private let points: Int

  /// Shows nothing unless somebody is watching.
  ///
  /// A sweep has as many experiments of equal size as it has points.
  init(isShown: Bool, points: Int = 1) {
    self.isShown = isShown && Console.standardError.isTerminal
    self.points = points
  }

  /// Shows that work has begun, because the first run may take a while.
  func begin(total: Int) {
    state.withLock { show("0/\(total * points) runs", &$0) }
  }

  /// Tells of one more run.
  func report(_ run: FinishedRun) {
    guard isShown else { return }
    state.withLock { state in
      state.finished += 1
      state.events += run.events
      let elapsed = Self.seconds(ContinuousClock.now - start)
      let line = Self.line(
        finished: state.finished,
        total: run.total * points,
        events: state.events,
        elapsed: elapsed
      )
      show(line, &state)
    }
  }

  /// Takes the line away again.
  func clear() {
    state.withLock { show("", &$0) }
  }

  private func show(_ line: String, _ state: inout State) {
    guard isShown, line.count + state.lineLength > 0 else { return }
    let padding = String(repeating: " ", count: max(0, state.lineLength - line.count))
    Console.standardError.write("\r\(line)\(padding)" + (line.isEmpty ? "\r" : ""))
    state.lineLength = line.count
  }

  /// Such as `12/30 runs, 1.4 million events/s, 25 s left`.
  package static func line(finished: Int, total: Int, events: Int, elapsed: Double) -> String {
    let rate = Double(events) / max(elapsed, 1e-3) / 1e6
    let left = elapsed / Double(max(finished, 1)) * Double(total - finished)
    return "\(finished)/\(total) runs, "
      + String(format: "%.1f million events/s, ", rate) + "\(duration(left)) left"
  }

  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 120 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  /// A duration of the clock in seconds.
  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
