import ClusterSimulator
import Experiments
import Testing

/// Every sum that must balance is noticed when it does not.
@Suite struct ConservationTests {
  private func violation(_ change: (inout RunResult) -> Void) -> String? {
    var run = HandMade.run(failed: 7)
    var call = CallResult(workload: 0, client: -1, name: "backend")
    call.attempts = 30
    call.ended[3] = 20
    call.ended[40] = 6
    call.inFlight = 4
    run.calls = [call]
    run.clients[0].sojournSum = 123_456_789
    run.clients[0].inFlightIntegral = 123_456_789
    change(&run)
    return Conservation.violation(in: run)
  }

  @Test func balancedRunHasNoViolation() {
    #expect(violation { _ in } == nil)
  }

  @Test func lostRequestIsNoticed() {
    let text = violation { $0.clients[0].outcomes[0] -= 1 }
    #expect(text == "client 0: 100 offered, but 99 ended and 0 in flight")
  }

  @Test func requestCountedTwiceIsNoticed() {
    #expect(violation { $0.clients[0].inFlight += 1 } != nil)
  }

  @Test func windowThatDoesNotAddUpIsNoticed() {
    let text = violation { $0.clients[0].windows[0].undecided += 2 }
    #expect(text == "client 0: window 0: 100 offered, but 100 ended and 2 undecided")
  }

  @Test func requestOutsideEveryWindowIsNoticed() {
    let text = violation {
      $0.clients[0].windows[0].offered -= 3
      $0.clients[0].windows[0].outcomes[0] -= 3
    }
    #expect(text == "client 0: 100 offered, but 97 in windows")
  }

  @Test func failureWithoutACauseIsNoticed() {
    let text = violation { $0.clients[0].causes[Int(Cause.slowService.rawValue)] -= 1 }
    #expect(text == "client 0: 7 failed, but 6 have a cause")
  }

  @Test func lostAttemptIsNoticed() {
    let text = violation { $0.calls[0].ended[40] -= 1 }
    #expect(text == "call backend: 30 attempts, but 25 ended and 4 in flight")
  }

  @Test func littlesLawHoldsToTheNanosecond() {
    #expect(violation { $0.clients[0].inFlightIntegral += 1 }?.contains("Little's law") == true)
  }
}
