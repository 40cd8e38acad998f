import Synchronization

/// Asks experiments to stop without ending the runs they are in; safe to set in a signal handler.
package final class StopFlag: Sendable {
  private let requested = Atomic<Bool>(false)

  package init() {}

  /// Whether somebody asked to stop.
  package var isSet: Bool { requested.load(ordering: .relaxed) }

  /// Asks to stop.
  package func set() { requested.store(true, ordering: .relaxed) }
}
