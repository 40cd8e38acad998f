import KubernetesManifests
import Testing

@Suite struct QuantityTests {
  // Milli-values by hand from the definition of the suffixes.
  @Test(arguments: [
    ("0", 0), ("1", 1000), ("500m", 500), ("0.5", 500), (".5", 500), ("1.", 1000),
    ("2k", 2_000_000),
    ("1M", 1_000_000_000), ("1G", 1_000_000_000_000), ("1Ki", 1_024_000),
    ("256Mi", 268_435_456_000), ("1.5Gi", 1_610_612_736_000), ("0.5Ki", 512_000),
    ("1e3", 1_000_000), ("1E3", 1_000_000), ("12e-1", 1200), ("100u", 1), ("1n", 1), ("1500u", 2),
    ("+2", 2000), ("0.0001", 1), ("000", 0), ("1Pi", 1_125_899_906_842_624_000),
  ])
  func milliValues(_ text: String, _ milli: Int64) throws {
    #expect(try Quantity(parsing: text).milliValue == milli)
  }

  @Test(arguments: [("1Gi", 1_073_741_824), ("100m", 1), ("1001m", 2), ("1000m", 1), ("0", 0)])
  func wholeValuesRoundUp(_ text: String, _ value: Int64) throws {
    #expect(try Quantity(parsing: text).value == value)
  }

  @Test(arguments: [
    ("", "not a quantity"), ("abc", "not a quantity"), ("-1", "negative"), ("1 Gi", "suffix ' Gi'"),
    ("1GB", "suffix 'GB'"), ("1mi", "suffix 'mi'"), ("1K", "suffix 'K'"), ("--1", "not a quantity"),
    ("1.2.3", "suffix '.3'"), ("9Ei", "too large"), ("1e30", "too large"), ("1e999", "too large"),
    ("99999999999999999999", "too large"), ("NaN", "not a quantity"), ("Inf", "not a quantity"),
    ("1e", "suffix 'e'"), (".", "not a quantity"), ("٣", "not a quantity"),
  ])
  func refusals(_ text: String, _ message: String) {
    let error = #expect(throws: Quantity.Problem.self) { try Quantity(parsing: text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }
}

@Suite struct DurationSyntaxTests {
  @Test(arguments: [
    ("0", 0), ("0s", 0), ("1ns", 1), ("1us", 1000), ("1µs", 1000), ("250ms", 250_000_000),
    ("5s", 5_000_000_000), ("10m", 600_000_000_000), ("4h", 14_400_000_000_000),
    ("1h30m", 5_400_000_000_000), ("1.5h", 5_400_000_000_000), ("0.25s", 250_000_000),
    ("1m0.5s", 60_500_000_000), (".5s", 500_000_000), ("1.0000000019s", 1_000_000_001),
    ("1.9ns", 1), ("0.1m", 6_000_000_000),
  ])
  func lengths(_ text: String, _ nanoseconds: Int64) throws {
    #expect(try DurationSyntax.nanoseconds(text) == nanoseconds)
  }

  @Test(arguments: [
    ("", "missing"), ("5", "needs a unit"), ("-5s", "negative"), ("5sec", "unknown unit 'sec'"),
    ("5 s", "unknown unit ' s'"), ("s", "not a duration"), ("NaN", "not a duration"),
    ("inf", "not a duration"), ("1e30s", "unknown unit 'e'"), ("1d", "unknown unit 'd'"),
    ("99999999999999999999s", "too long"), ("999999999h", "too long"), ("2000000h", "too long"),
    ("1h-5m", "unknown unit 'h-'"), ("1..5s", "needs a unit"), ("+5s", "not a duration"),
    ("٥s", "not a duration"), ("1h5", "needs a unit"),
  ])
  func refusals(_ text: String, _ message: String) {
    let error = #expect(throws: DurationSyntax.Problem.self) {
      try DurationSyntax.nanoseconds(text)
    }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: ["0s", "1h30m", "250ms", "1m500ms", "1ns", "2h1us"])
  func theTextOfALengthReadsBack(_ text: String) throws {
    #expect(DurationSyntax.text(nanoseconds: try DurationSyntax.nanoseconds(text)) == text)
  }
}

@Suite struct SHA256Tests {
  // The vectors of FIPS 180-4 and of NIST's CAVP short messages.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func publishedVectors(_ message: String, _ digest: String) {
    #expect(SHA256.hexDigest(of: Array(message.utf8)) == digest)
  }

  @Test func aMillionTimesA() {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(
      SHA256.hexDigest(of: message)
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    )
  }
}

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("abcd", "acbd", 1), ("ca", "abc", 3),
    ("replcas", "replicas", 1), ("flaw", "lawn", 2),
  ])
  func distances(_ a: String, _ b: String, _ distance: Int) {
    #expect(EditDistance.between(a, b) == distance)
    #expect(EditDistance.between(b, a) == distance)
  }

  @Test(
    arguments: [
      ("replcas", "replicas"), ("NAME", "name"), ("tiemout", "timeout"), ("zzz", nil), ("x", nil),
    ] as [(String, String?)]
  )
  func nearest(_ word: String, _ expected: String?) {
    #expect(EditDistance.nearest(word, in: ["replicas", "timeout", "name"]) == expected)
  }
}
