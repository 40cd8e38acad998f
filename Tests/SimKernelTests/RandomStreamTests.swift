import CGSL
import SimKernel
import Testing

@Suite struct MixingTests {
  /// Reference sequences of SplitMix64 for two seeds, as published and as Vigna's C program
  /// `splitmix64.c` prints them.
  @Test(
    arguments: [
      (
        1_234_567,
        [
          6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
          4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
      ),
      (
        0,
        [
          0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F,
          0xF88B_B8A8_724C_81EC, 0x1B39_896A_51A8_749B,
        ]
      ),
    ] as [(UInt64, [UInt64])]
  )
  func splitMixVectors(seed: UInt64, expected: [UInt64]) {
    var generator = Generator(state: seed)
    for value in expected { #expect(generator.next() == value) }
  }

  /// Vectors of the FNV authors.
  @Test(
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)]
  )
  func fnvVectors(name: String, hash: UInt64) {
    #expect(Mixing.fnv1a(name) == hash)
  }

  struct Vector {
    let seed: UInt64
    let replication: UInt64
    let name: String
    let entity: UInt64
    let ordinal: UInt64
    let attempt: UInt32
    let key: UInt64
    let first: UInt64
    let second: UInt64
  }

  /// Expected values, computed by an independent program in Python.
  ///
  ///     M = 2**64 - 1
  ///     A, B, C = 0x6A09E667F3BCC909, 0xBB67AE8584CAA73B, 0x510E527FADE682D1
  ///     def fold(a, b): return (a * b >> 64) ^ (a * b & M)
  ///     def fin(z):
  ///         z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M
  ///         z = (z ^ z >> 27) * 0x94D049BB133111EB & M
  ///         return z ^ z >> 31
  ///     def fnv(s):
  ///         h = 0xCBF29CE484222325
  ///         for b in s.encode(): h = (h ^ b) * 0x100000001B3 & M
  ///         return h
  ///     def key(seed, replication, name):
  ///         root = fold(fold(seed ^ A, B) ^ replication, C)
  ///         return fin(root + fold(fin(fnv(name)), A) & M)
  ///     def number(n, key, entity, ordinal, attempt):  # n = 1 is the first
  ///         s = fold(fold(fold(key ^ entity, A) ^ ordinal, B) ^ attempt, C)
  ///         return fin(s + n * 0x9E3779B97F4A7C15 & M)
  static let vectors = [
    Vector(
      seed: 1,
      replication: 0,
      name: "arrivals/shoppers",
      entity: 0,
      ordinal: 0,
      attempt: 0,
      key: 0xE032_DFAC_FC0A_E1A3,
      first: 0xB205_BF24_A144_FEFC,
      second: 0xE5C5_D427_7BB1_AACA
    ),
    Vector(
      seed: 1,
      replication: 1,
      name: "service/shop/backend",
      entity: 3,
      ordinal: 1000,
      attempt: 1,
      key: 0x6B46_1AC4_1658_08B9,
      first: 0xAB44_97E2_EB46_398B,
      second: 0x67C2_63FD_0E13_B3F8
    ),
    Vector(
      seed: 42,
      replication: 7,
      name: "balancing/node-3",
      entity: .max,
      ordinal: 1 << 63,
      attempt: .max,
      key: 0xA7A5_4FD2_5A5C_B303,
      first: 0x30A4_E280_A533_7A78,
      second: 0xF71E_61CA_9A1C_0875
    ),
    Vector(
      seed: 0,
      replication: 0,
      name: "",
      entity: 0,
      ordinal: 0,
      attempt: 0,
      key: 0xC79A_4DF4_3FF6_EB44,
      first: 0x58E8_83BC_5986_6CC2,
      second: 0xC6C9_00C3_6BFA_9C98
    ),
    Vector(
      seed: .max,
      replication: .max,
      name: "service/größe/β",
      entity: 1,
      ordinal: 0,
      attempt: 0,
      key: 0xDAB1_DC1C_1317_60FF,
      first: 0x5138_6A66_64F8_0C4C,
      second: 0x6104_4EB3_4649_CC4B
    ),
    Vector(
      seed: 2026,
      replication: 30,
      name: "startup/shop/web",
      entity: 1 << 40 + 5,
      ordinal: 123_456_789,
      attempt: 0,
      key: 0xF5BA_BA80_6539_D51D,
      first: 0xEE50_4190_3626_45E3,
      second: 0x3261_5549_4503_8E8F
    ),
  ]

  @Test(arguments: vectors)
  func keyedDerivation(_ vector: Vector) {
    let factory = StreamFactory(seed: vector.seed, replication: vector.replication)
    let stream = factory.stream(vector.name)
    #expect(stream.key == vector.key)
    var generator = stream.generator(vector.entity, vector.ordinal, vector.attempt)
    #expect(generator.next() == vector.first)
    #expect(generator.next() == vector.second)
  }
}

@Suite struct RandomStreamTests {
  static let stream = StreamFactory(seed: 11, replication: 3).stream("service/shop/backend")

  enum Field: CaseIterable {
    case entity, ordinal, attempt
  }

  /// The stream's generator with one field set and the others fixed.
  static func generator(_ field: Field, _ value: UInt64) -> Generator {
    switch field {
    case .entity: stream.generator(value, 17, 0)
    case .ordinal: stream.generator(5, value, 0)
    case .attempt: stream.generator(5, 17, UInt32(value))
    }
  }

  @Test func drawsDoNotDependOnTheOrderOfProcessing() {
    func draws(_ order: [UInt64]) -> [UInt64: UInt64] {
      var drawn: [UInt64: UInt64] = [:]
      for ordinal in order {
        var generator = Self.stream.generator(ordinal % 7, ordinal)
        drawn[ordinal] = generator.next()
      }
      return drawn
    }
    let forward = Array(0..<500 as Range<UInt64>)
    #expect(draws(forward) == draws(forward.reversed()))
    #expect(Set(draws(forward).values).count == 500)
  }

  @Test func everyPartOfTheNameOfAStreamMatters() {
    let keys = [
      StreamFactory(seed: 1, replication: 0).stream("a"),
      StreamFactory(seed: 1, replication: 0).stream("b"),
      StreamFactory(seed: 1, replication: 1).stream("a"),
      StreamFactory(seed: 2, replication: 0).stream("a"),
      StreamFactory(seed: 0, replication: 1).stream("a"),
    ].map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  /// Flipping one input bit flips each of the 64 output bits in half of the cases.
  ///
  /// 4,000 trials a pair of bits: standard deviation 0.0079; six of them for 640 pairs and more.
  @Test(arguments: Field.allCases)
  func avalanche(field: Field) {
    let trials = 4_000
    for bit in [0, 1, 2, 3, 4, 5, 8, 11, 16, 19] as [UInt64] {
      var flips = [Int](repeating: 0, count: 64)
      for trial in 0..<UInt64(trials) {
        var (a, b) = (Self.generator(field, trial), Self.generator(field, trial ^ 1 << bit))
        let changed = a.next() ^ b.next()
        for output in 0..<64 where changed >> UInt64(output) & 1 == 1 { flips[output] += 1 }
      }
      for (output, count) in flips.enumerated() {
        let share = Double(count) / Double(trials)
        #expect((share - 0.5).magnitude < 0.0475, "input bit \(bit), output bit \(output)")
      }
    }
  }

  /// Pairs of neighbouring draws fill a 16 × 16 grid evenly (χ², 255 degrees of freedom).
  @Test(arguments: Field.allCases, [1, 2, 1 << 16] as [UInt64])
  func neighboursAreIndependent(field: Field, distance: UInt64) {
    let pairs = 200_000
    var cells = [Double](repeating: 0, count: 256)
    for value in 0..<UInt64(pairs) {
      var a = Self.generator(field, value)
      var b = Self.generator(field, value + distance)
      cells[Int(a.below(16)) * 16 + Int(b.below(16))] += 1
    }
    let expected = Double(pairs) / 256
    let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(statistic < gsl_cdf_chisq_Qinv(1e-5, 255))
    #expect(statistic > gsl_cdf_chisq_Pinv(1e-5, 255))
  }

  /// Correlation of neighbours' uniforms is within 5 / √n of zero.
  @Test(arguments: Field.allCases)
  func neighboursAreUncorrelated(field: Field) {
    let count = 400_000
    var sum = 0.0
    for value in 0..<UInt64(count) {
      var a = Self.generator(field, value)
      var b = Self.generator(field, value + 1)
      sum += (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12
    }
    #expect((sum / Double(count)).magnitude < 5 / Double(count).squareRoot())
  }

  /// Successive numbers of one generator are as independent as those of two.
  @Test func successiveNumbersAreIndependent() {
    var cells = [Double](repeating: 0, count: 256)
    for ordinal in 0..<200_000 as Range<UInt64> {
      var generator = Self.stream.generator(1, ordinal)
      cells[Int(generator.below(16)) * 16 + Int(generator.below(16))] += 1
    }
    let expected = 200_000.0 / 256
    let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(statistic < gsl_cdf_chisq_Qinv(1e-5, 255))
  }

  /// Over two million (entity, ordinal, attempt) no two generators begin alike; by chance two would
  /// with probability 10^-7.
  @Test func fieldsDoNotStandInForOneAnother() {
    var firsts: [UInt64] = []
    for entity in 0..<500 as Range<UInt64> {
      for ordinal in 0..<1_000 as Range<UInt64> {
        for attempt in 0..<4 as Range<UInt32> {
          var generator = Self.stream.generator(entity, ordinal, attempt)
          firsts.append(generator.next())
        }
      }
    }
    firsts.sort()
    #expect(zip(firsts, firsts.dropFirst()).allSatisfy { $0 < $1 })
  }
}
