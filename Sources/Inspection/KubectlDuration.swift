package import SimKernel

/// A span as kubectl prints ages: two units at most, the smaller ones dropped as it grows.
///
/// Follows `HumanDuration` of k8s.io/apimachinery/pkg/util/duration.
package enum KubectlDuration {
  /// The text of a span; negative ones count as none.
  package static func text(_ span: SimDuration) -> String {
    let seconds = max(0, span.nanoseconds / 1_000_000_000)
    let minutes = seconds / 60
    let hours = minutes / 60
    switch seconds {
    case ..<120: return "\(seconds)s"
    case ..<600: return pair(minutes, "m", seconds % 60, "s")
    case ..<(3 * 3_600): return "\(minutes)m"
    case ..<(8 * 3_600): return pair(hours, "h", minutes % 60, "m")
    case ..<(48 * 3_600): return "\(hours)h"
    case ..<(192 * 3_600): return pair(hours / 24, "d", hours % 24, "h")
    default: return "\(hours / 24)d"
    }
  }

  private static func pair(
    _ major: Int64,
    _ majorUnit: String,
    _ minor: Int64,
    _ minorUnit: String
  ) -> String {
    minor == 0 ? "\(major)\(majorUnit)" : "\(major)\(majorUnit)\(minor)\(minorUnit)"
  }
}
