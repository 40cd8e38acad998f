import Glibc
import SimKernel
import Testing

@Suite struct PortableMathTests {
  /// How many doubles lie between two values of the same sign; 0 for two NaNs.
  static func ulps(_ a: Double, _ b: Double) -> UInt64 {
    if a.isNaN && b.isNaN { return 0 }
    guard a.isNaN == b.isNaN, a.sign == b.sign || a == b else { return .max }
    return (Int64(bitPattern: a.bitPattern) &- Int64(bitPattern: b.bitPattern)).magnitude
  }

  /// The greatest distance between two functions, and where.
  static func worst(
    of points: some Sequence<Double>,
    _ own: (Double) -> Double,
    _ system: (Double) -> Double
  ) -> (ulps: UInt64, at: Double) {
    var worst: (ulps: UInt64, at: Double) = (0, 0)
    for x in points {
      let distance = ulps(own(x), system(x))
      if distance > worst.ulps { worst = (distance, x) }
    }
    return worst
  }

  static func uniform(_ range: ClosedRange<Double>, _ count: Int, _ seed: UInt64) -> [Double] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in
      range.lowerBound + random.unit() * (range.upperBound - range.lowerBound)
    }
  }

  /// Positive doubles with every exponent, subnormal ones included.
  static func everyMagnitude(_ count: Int, _ seed: UInt64) -> [Double] {
    var random = TestRandom(seed)
    return (0..<count).map { _ in Double(bitPattern: random.next() % 0x7FF0_0000_0000_0000) }
  }

  static let edges: [Double] = [
    0, -0.0, 1, -1, 0.5, 2, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
    .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e-300, 0x1p-54,
    -0x1p-54, 0x1p-53, 709.78, 709.782712893384, 709.7827128933841, 709.8, 1e6, -708.3, -708.5,
    -744.44, -745.13, -745.1332191019411, -745.1332191019412, -745.2, -1e6, 0.999_999_999_999_999_9,
    1.000_000_000_000_000_2, 0.707_106_781_186_547_5, 0.707_106_781_186_547_6, -0.25, 0.375,
    -0.999_999_999_999_999_9, 0x1p60, 0x1p61,
  ]

  @Test(arguments: [-1...1, -40...40, -709...709, -746 ... -700, 700...710, -1e-8...1e-8])
  func expIsWithinOneUlp(range: ClosedRange<Double>) {
    let worst = Self.worst(of: Self.uniform(range, 300_000, 1), PortableMath.exp, Glibc.exp)
    #expect(worst.ulps <= 1, "at \(worst.at)")
  }

  @Test(arguments: [0.5...2, 0.9...1.1, 0.999...1.001, 1e-9...1, 1...1e9])
  func logIsWithinOneUlp(range: ClosedRange<Double>) {
    let worst = Self.worst(of: Self.uniform(range, 300_000, 2), PortableMath.log, Glibc.log)
    #expect(worst.ulps <= 1, "at \(worst.at)")
  }

  @Test func logIsWithinOneUlpAtEveryMagnitude() {
    let worst = Self.worst(of: Self.everyMagnitude(500_000, 3), PortableMath.log, Glibc.log)
    #expect(worst.ulps <= 1, "at \(worst.at)")
  }

  @Test(arguments: [-1...0, -0.3...0.5, -1e-8...1e-8, 0...1e3, -1 ... -0.999])
  func log1pIsWithinTwoUlps(range: ClosedRange<Double>) {
    let worst = Self.worst(of: Self.uniform(range, 300_000, 4), PortableMath.log1p, Glibc.log1p)
    #expect(worst.ulps <= 2, "at \(worst.at)")
  }

  @Test func log1pIsWithinTwoUlpsAtEveryMagnitude() {
    let points = Self.everyMagnitude(500_000, 5)
    let worst = Self.worst(of: points, PortableMath.log1p, Glibc.log1p)
    #expect(worst.ulps <= 2, "at \(worst.at)")
  }

  @Test(arguments: edges)
  func edgeCasesAreThoseOfTheLibrary(x: Double) {
    #expect(Self.ulps(PortableMath.exp(x), Glibc.exp(x)) <= 1)
    #expect(Self.ulps(PortableMath.log(x), x < 0 ? .nan : Glibc.log(x)) <= 1)
    #expect(Self.ulps(PortableMath.log1p(x), Glibc.log1p(x)) <= 1)
    #expect(Self.ulps(PortableMath.sqrt(x), Glibc.sqrt(x)) == 0)
  }

  @Test func exactValues() {
    #expect(PortableMath.exp(0) == 1)
    #expect(PortableMath.log(1) == 0)
    for k in -1074...1023 { #expect(PortableMath.pow(2, Double(k)) == Glibc.scalbn(1, Int32(k))) }
    for n in 0...30 {
      #expect(PortableMath.pow(3, Double(n)) == (0..<n).reduce(1.0) { p, _ in p * 3 })
    }
  }

  /// Results from the whole range of doubles; the stated bound is 2^-52 + |y| · 2^-57.
  @Test func powIsWithinItsStatedError() {
    var random = TestRandom(6)
    var worst: (excess: Double, x: Double, y: Double) = (0, 0, 0)
    for x in Self.everyMagnitude(300_000, 7) + Self.uniform(0.1...10, 300_000, 8)
    where x.isNormal {
      let y = (random.unit() * 2 - 1) * 700 / max(Glibc.log(x).magnitude, 1)
      let distance = Self.ulps(PortableMath.pow(x, y), Glibc.pow(x, y))
      let excess = Double(distance) - (2 + y.magnitude / 16)
      if excess > worst.excess { worst = (excess, x, y) }
    }
    #expect(worst.excess <= 0, "\(worst.x) to the power \(worst.y)")
  }

  @Test(arguments: [-1...1, -40...40, -699...699, -750...720])
  func tableExpIsWithinTwoUlps(range: ClosedRange<Double>) {
    let table = ExponentialTable()
    var worst: UInt64 = 0
    for x in Self.uniform(range, 300_000, 9) {
      worst = max(worst, Self.ulps(table.exp(x), Glibc.exp(x)))
    }
    #expect(worst <= 2)
  }

  @Test(
    arguments: [0, 0.5, 1, 2, .infinity, .nan, .leastNonzeroMagnitude] as [Double],
    [0, 1, -1, 0.5, -0.5, 3, 1e300, -1e300, .infinity, -.infinity, .nan] as [Double]
  )
  func powAtTheEdgesIsThatOfTheLibrary(x: Double, y: Double) {
    #expect(Self.ulps(PortableMath.pow(x, y), Glibc.pow(x, y)) <= 1)
  }

  @Test(arguments: [1e-5, 0.01, 0.3, 1, 1.5, 2, 3.7, 9.99, 10, 55, 170])
  func logGammaAgreesWithTheLibrary(x: Double) {
    let expected = Glibc.log(Glibc.tgamma(x))
    #expect((PortableMath.logGamma(x) - expected).magnitude <= 1e-13 * max(expected.magnitude, 1))
  }
}
