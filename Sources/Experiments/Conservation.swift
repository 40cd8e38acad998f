package import ClusterSimulator

/// A run whose books do not balance: a defect of the simulator, never of the input.
package struct BrokenInvariant: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which run and which sum, with both sides.
  package var message: String

  package init(message: String) { self.message = message }

  package var description: String { message }
}

/// What must hold after every run, whatever the plan.
package enum Conservation {
  /// The first thing in the run that does not balance, in words; `nil` when all is well.
  package static func violation(in run: RunResult) -> String? {
    for (index, client) in run.clients.enumerated() {
      if let violation = violation(in: client) { return "client \(index): \(violation)" }
    }
    for call in run.calls {
      let ended = call.ended.reduce(0, +)
      if call.attempts != ended + call.inFlight {
        return "call \(call.name): \(call.attempts) attempts,"
          + " but \(ended) ended and \(call.inFlight) in flight"
      }
    }
    return nil
  }

  /// Offered = outcomes + in flight, every failure has a cause, and Little's law.
  ///
  /// Little's law holds without any tolerance: the time integral of the number in flight and the
  /// sum of the times spent in flight are the same integer, counted in two ways.
  private static func violation(in client: ClientResult) -> String? {
    let ended = client.outcomes.reduce(0, +)
    if client.offered != ended + client.inFlight {
      return "\(client.offered) offered, but \(ended) ended and \(client.inFlight) in flight"
    }
    let failed = ended - client.succeeded
    let explained = client.causes.reduce(0, +)
    if failed != explained { return "\(failed) failed, but \(explained) have a cause" }
    if let violation = violation(in: client.windows, offered: client.offered) { return violation }
    if client.sojournSum != client.inFlightIntegral {
      return "Little's law: the sojourn times add up to \(client.sojournSum) ns,"
        + " the integral of requests in flight to \(client.inFlightIntegral) ns"
    }
    return nil
  }

  /// Windows add up, each in itself and all together.
  private static func violation(in windows: [ClientWindow], offered: Int) -> String? {
    for (index, window) in windows.enumerated() {
      let ended = window.outcomes.reduce(0) { $0 + Int($1) }
      if window.undecided < 0 || window.offered != ended + window.undecided {
        return "window \(index): \(window.offered) offered,"
          + " but \(ended) ended and \(window.undecided) undecided"
      }
    }
    let sum = windows.reduce(0) { $0 + $1.offered }
    return sum == offered ? nil : "\(offered) offered, but \(sum) in windows"
  }
}
