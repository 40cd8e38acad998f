import ArgumentParser
import Experiments
import Foundation
import Reports
import Synchronization

/// Turns SIGINT and SIGTERM into an end within a second that leaves nothing half-done.
///
/// While nothing would be lost, a signal ends the process at once. Between `begin` and `end` it
/// asks the work to stop, so that what is finished can be written; a second signal does not wait
/// for that.
final class Interruption: Sendable {
  /// One for the process, because signal handlers can reach nothing else.
  static let shared = Interruption()

  let stop = StopFlag()
  private let number = Atomic<Int32>(0)
  private let hasWork = Atomic<Bool>(false)
  private let child = Atomic<Int32>(0)

  /// The exit code that a signal asks for; `nil` when none came.
  var exitCode: ExitCode? {
    let signal = number.load(ordering: .relaxed)
    return signal == 0 ? nil : .interrupted(by: signal)
  }

  /// Catches both signals from now on.
  func install() {
    Leftovers.prepare()
    // Atomics only: a handler may neither allocate nor lock.
    let handler: @convention(c) (Int32) -> Void = { signal in
      Interruption.shared.receive(signal)
    }
    _ = Foundation.signal(SIGINT, handler)
    _ = Foundation.signal(SIGTERM, handler)
    // Whoever started the program may have blocked both, and a blocked signal is never seen.
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGINT)
    sigaddset(&both, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &both, nil)
  }

  /// From now on there may be something to keep.
  func begin() { hasWork.store(true, ordering: .relaxed) }

  /// What there was to keep is kept.
  func end() { hasWork.store(false, ordering: .relaxed) }

  /// Passes signals on to a program that does the work.
  func pass(to child: Int32) { self.child.store(child, ordering: .relaxed) }

  private func receive(_ signal: Int32) {
    let isFirst = number.compareExchange(
      expected: 0,
      desired: signal,
      ordering: .relaxed
    ).exchanged
    stop.set()
    if isFirst && hasWork.load(ordering: .relaxed) { return }
    let child = child.load(ordering: .relaxed)
    // Python answers an interrupt with a page of its own source code.
    if child > 0 { kill(child, SIGTERM) }
    Leftovers.unlinkAll()
    _exit(128 + signal)
  }
}
