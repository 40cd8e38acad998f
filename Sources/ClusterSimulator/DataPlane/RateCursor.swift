import SimKernel

/// A position in a rate profile that moves forward by areas under it.
///
/// The next arrival of an inhomogeneous Poisson process is where the integral of the rate has
/// grown by a unit exponential draw (Çinlar's inversion). Arrivals therefore depend on their draws
/// alone; changing the peak moves later arrivals and leaves earlier ones where they were. The
/// profile is linear between points, so the integral is inverted by one square root, which IEEE
/// arithmetic rounds the same on every machine.
struct RateCursor: BitwiseCopyable {
  private let first: Int32
  private let count: Int32
  private var segment: Int32 = 0
  private var time: Double = 0

  init(first: Int, count: Int) {
    self.first = Int32(first)
    self.count = Int32(count)
  }

  /// Moves on by `area` expected arrivals; returns the instant, `.never` if the rate stays zero.
  @inline(__always)
  mutating func advance(by area: Double, in points: borrowing Table<RatePoint>) -> SimTime {
    // After the last point the rate stays what it is: most scenarios are nothing else.
    guard segment &+ 1 == count else { return advanceAlongProfile(by: area, in: points) }
    return advanceAtConstantRate(by: area, points[Int(first &+ segment)].rate)
  }

  @inline(__always)
  private mutating func advanceAtConstantRate(by area: Double, _ rate: Double) -> SimTime {
    guard rate > 0 else { return .never }
    time += area / rate
    return instant
  }

  @inline(never)
  private mutating func advanceAlongProfile(
    by area: Double,
    in points: borrowing Table<RatePoint>
  ) -> SimTime {
    var left = area
    while segment + 1 < count {
      let a = points[Int(first + segment)]
      let b = points[Int(first + segment + 1)]
      let slope = (b.rate - a.rate) / (b.seconds - a.seconds)
      let rate = a.rate + slope * (time - a.seconds)
      let available = (b.seconds - time) * (rate + b.rate) / 2
      if left < available {
        time += Self.step(area: left, rate: rate, slope: slope)
        return instant
      }
      left -= available
      time = b.seconds
      segment += 1
    }
    return advanceAtConstantRate(by: left, points[Int(first + segment)].rate)
  }

  /// Solves rate·x + slope·x²/2 = area in the form that stays exact when the slope is small.
  private static func step(area: Double, rate: Double, slope: Double) -> Double {
    if slope == 0 { return area / rate }
    // Rounding must not take the root below zero where the rate falls to zero.
    return 2 * area / (rate + max(0, rate * rate + 2 * slope * area).squareRoot())
  }

  /// Rounded to the nearest nanosecond; a half is added and cut off, which is exact below 2^52 ns.
  @inline(__always)
  private var instant: SimTime {
    time < 4e6 ? SimTime(nanoseconds: Int64(time * 1e9 + 0.5)) : .never
  }
}

/// One point of a rate profile.
struct RatePoint: BitwiseCopyable {
  let seconds: Double
  let rate: Double
}
