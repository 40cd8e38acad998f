import ArgumentParser
import Experiments
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into a request to stop after the runs under way.
///
/// A second signal ends the process at once.
final class Interruption: Sendable {
  /// One for the process, because signal handlers can reach nothing else.
  static let shared = Interruption()

  let stop = StopFlag()
  private let number = Atomic<Int32>(0)

  /// The exit code of work that was stopped: only a signal stops it.
  var exitCode: ExitCode {
    let signal = number.load(ordering: .relaxed)
    return signal == 0 ? .internalError : .interrupted(by: signal)
  }

  /// Catches both signals from now on.
  func install() {
    // Atomics only: a handler may neither allocate nor lock.
    let handler: @convention(c) (Int32) -> Void = { signal in
      Interruption.shared.receive(signal)
    }
    // Whoever started the program may have blocked both, and a blocked signal is never seen.
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGINT)
    sigaddset(&both, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &both, nil)
    _ = Foundation.signal(SIGINT, handler)
    _ = Foundation.signal(SIGTERM, handler)
  }

  private func receive(_ signal: Int32) {
    let isFirst = number.compareExchange(
      expected: 0,
      desired: signal,
      ordering: .relaxed
    ).exchanged
    guard isFirst else { _exit(128 + signal) }
    stop.set()
  }
}
