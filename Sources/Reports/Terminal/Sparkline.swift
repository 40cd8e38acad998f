import ClusterSimulator
import SimKernel

/// Availability over the run as one line of blocks.
enum Sparkline {
  /// One cell per stretch of the run: a full block where the objective was met, the lower the
  /// fewer requests succeeded below it, a blank where nobody asked.
  ///
  /// Sums over all groups of users and all replications. A barely missed objective must not look
  /// like a met one, so the full block is kept for those that met it.
  static func cells(of arm: Arm, width: Int) -> [(symbol: Character, isBelow: Bool)] {
    let count = arm.runs.flatMap(\.clients).map(\.windows.count).max() ?? 0
    guard count > 0, width > 0 else { return [] }
    let cells = min(width, count)
    var succeeded = [Int](repeating: 0, count: cells)
    var decided = succeeded
    for run in arm.runs {
      for client in run.clients {
        for (index, window) in client.windows.enumerated() {
          succeeded[index * cells / count] += window.succeeded
          decided[index * cells / count] += window.decided
        }
      }
    }
    return (0..<cells).map { cell in
      guard decided[cell] > 0 else { return (" ", false) }
      guard succeeded[cell] * 1_000_000 < arm.plan.objectivePPM * decided[cell] else {
        return ("█", false)
      }
      return (partial[min(succeeded[cell] * 7 / decided[cell], 6)], true)
    }
  }

  private static let partial: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇"]

  /// The cells as text, those below the objective in red.
  static func text(of arm: Arm, width: Int, style: Style) -> String {
    var text = ""
    var below = ""
    for cell in cells(of: arm, width: width) {
      if cell.isBelow {
        below.append(cell.symbol)
        continue
      }
      text += style.red(below) + String(cell.symbol)
      below = ""
    }
    return text + style.red(below)
  }
}
