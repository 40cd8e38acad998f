package import SimKernel

/// A group of users and how they behave.
package struct ClientPlan: Sendable {
  package var name: String
  package var arrivals: ArrivalPlan
  /// The call users make; its timeout is when they give up.
  package var call: CallPlan
  /// How many source addresses its users come from; each is a client of its own to DNS caches and
  /// session affinity.
  package var sources = 1
  /// What one successful request is worth, in millionths of the currency unit.
  package var valueMicros: Int64 = 0
  /// ISO 4217 code of that value.
  package var currency = "USD"

  package init(name: String, arrivals: ArrivalPlan, call: CallPlan) {
    self.name = name
    self.arrivals = arrivals
    self.call = call
  }
}

/// An open-loop arrival process: users do not wait for each other.
package enum ArrivalPlan: Sendable {
  /// A Poisson process whose rate follows the profile.
  case poisson(RateProfile)
  /// One arrival each time the integral of the profile reaches a whole number.
  case deterministic(RateProfile)
}

/// A rate over time, linear between points and constant after the last.
package struct RateProfile: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var time: SimDuration
    /// Requests a second.
    package var rate: Double
    package init(time: SimDuration, rate: Double) {
      self.time = time
      self.rate = rate
    }
  }
  /// In increasing order of time; the first at zero.
  package var points: [Point]
  package init(points: [Point]) { self.points = points }
}
