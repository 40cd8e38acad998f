import CGSL
import SimKernel
import Testing

/// Draws whose names differ in one part only know nothing of one another.
///
/// `RandomStreamTests` varies entity, ordinal and attempt within a stream; here it is what makes
/// streams differ, and draws that a poor derivation would make equal.
@Suite struct StreamIndependenceTests {
  /// Two draws a simulation makes that must be independent.
  enum Pair: CaseIterable {
    /// Seeds s and s + 1.
    case seeds
    /// Replications r and r + 1 of one seed.
    case replications
    /// Seed s with replication r + 1 against seed s + 1 with replication r.
    case seedForReplication
    /// Purposes whose names differ in the last digits.
    case purposes
    /// Two purposes for one request, as for its arrival and its service.
    case purposesOfOneRequest
    /// An entity's ordinal against the next entity's last one.
    case entityForOrdinal
    /// The second number of one draw against the first of the next ordinal.
    case overlap
    /// The second number of one draw against the first of the next attempt.
    case overlapOfAttempts

    /// The first numbers of both, by a running number.
    func draw(_ value: UInt64) -> (UInt64, UInt64) {
      let stream = RandomStreamTests.stream
      return switch self {
      case .seeds: (first(seed: value), first(seed: value + 1))
      case .replications: (first(replication: value), first(replication: value + 1))
      case .seedForReplication:
        (first(seed: value, replication: value + 1), first(seed: value + 1, replication: value))
      case .purposes: (first(name: "startup/\(value)"), first(name: "startup/\(value + 1)"))
      case .purposesOfOneRequest:
        (first(name: "arrivals/web", ordinal: value), first(name: "service/web", ordinal: value))
      case .entityForOrdinal:
        (number(1, stream.generator(value, 7)), number(1, stream.generator(value + 1, 6)))
      case .overlap:
        (number(2, stream.generator(3, value)), number(1, stream.generator(3, value + 1)))
      case .overlapOfAttempts:
        (
          number(2, stream.generator(3, 17, UInt32(value))),
          number(1, stream.generator(3, 17, UInt32(value) + 1))
        )
      }
    }

    private func first(
      seed: UInt64 = 5,
      replication: UInt64 = 1,
      name: String = "service/shop/web",
      ordinal: UInt64 = 17
    ) -> UInt64 {
      let stream = StreamFactory(seed: seed, replication: replication).stream(name)
      return number(1, stream.generator(5, ordinal))
    }

    private func number(_ count: Int, _ start: Generator) -> UInt64 {
      var generator = start
      for _ in 1..<count { _ = generator.next() }
      return generator.next()
    }
  }

  /// Which four bits of each draw of a pair are looked at, by the first one's place.
  static let places: [[UInt64]] = [[60, 60], [0, 0], [60, 0], [0, 60], [30, 30]]

  /// χ² of four bits of each draw on a 16 × 16 grid; 255 degrees of freedom.
  static func gridStatistic(
    _ pairs: Int,
    _ places: [UInt64],
    _ draw: (UInt64) -> (UInt64, UInt64)
  ) -> Double {
    var cells = [Double](repeating: 0, count: 256)
    for value in 0..<UInt64(pairs) {
      let (a, b) = draw(value)
      cells[Int(a >> places[0] & 15) * 16 + Int(b >> places[1] & 15)] += 1
    }
    let expected = Double(pairs) / 256
    return cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
  }

  /// 12 × the mean product of both draws' distances from ½.
  static func correlation(_ pairs: Int, _ draw: (UInt64) -> (UInt64, UInt64)) -> Double {
    var sum = 0.0
    for value in 0..<UInt64(pairs) {
      let (a, b) = draw(value)
      sum += (Double(a >> 11) * 0x1p-53 - 0.5) * (Double(b >> 11) * 0x1p-53 - 0.5) * 12
    }
    return sum / Double(pairs)
  }

  /// Within the middle 1 - 2·10^-5 of χ².
  @Test(arguments: Pair.allCases, places)
  func pairsFillTheGridEvenly(pair: Pair, places: [UInt64]) {
    let statistic = Self.gridStatistic(100_000, places, pair.draw)
    #expect(statistic < gsl_cdf_chisq_Qinv(1e-5, 255))
    #expect(statistic > gsl_cdf_chisq_Pinv(1e-5, 255))
  }

  /// Within 5 / √n of zero.
  @Test(arguments: Pair.allCases)
  func pairsAreUncorrelated(pair: Pair) {
    #expect(Self.correlation(200_000, pair.draw).magnitude < 5 / 200_000.squareRoot())
  }

  /// The same statistics do find derivations that are too simple.
  @Test func weakDerivationsAreFound() {
    let golden: UInt64 = 0x9E37_79B9_7F4A_7C15
    // Names that are added up instead of mixed: each draw's second number is the next one's first.
    let overlapping: (UInt64) -> (UInt64, UInt64) = { value in
      var (a, b) = (Generator(state: value &* golden), Generator(state: (value + 1) &* golden))
      _ = a.next()
      return (a.next(), b.next())
    }
    // A plain multiplication, without mixing.
    let multiplied: (UInt64) -> (UInt64, UInt64) = { ($0 &* golden, ($0 + 1) &* golden) }
    for draw in [overlapping, multiplied] {
      #expect(Self.gridStatistic(100_000, [60, 60], draw) > 10 * gsl_cdf_chisq_Qinv(1e-5, 255))
      #expect(Self.correlation(200_000, draw).magnitude > 5 / 200_000.squareRoot())
    }
  }
}
