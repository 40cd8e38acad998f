import Foundation
import KubernetesManifests
import Testing

/// A spelling that somebody might put where a number is wanted, and what each syntax of Kubernetes
/// makes of it; without a reading it must be refused.
private struct Hostile: Sendable {
  var text: String
  var integer: Int?
  /// Whether it is a quantity that is not negative and below 8Pi.
  var isQuantity = false
  var percent: Int?
  var isPortName = false
  var isNull = false

  static let all = refused + integers + others

  static let refused = [
    "''", "true", "yes", "-", "١٢", "５", "½", "5\u{a0}", "\"5\\0\"",
    "1,5", "1.2.3", "--1", ".nan",
    ".NaN", "NaN", ".inf", "-.inf", "+.inf", "Infinity", "1e400", "-1e400", "NaN%", "010", "0o10",
    "0x10", "0b1", "1_000", "1:30", "+5", "[]", "[1, 2, 3]", "{}", "{a: 1}", "1e30", "-1e30",
    "9223372036854775808", "-9223372036854775809", "18446744073709551616", "-5s", "-1%",
    "1e30%", "0.5%", "010%", "100 %", "%", "8Ei", "9Pi", "4GB", "4 Gi", "5/s", "-0.0", "1e-400",
    String(repeating: "9", count: 10_000),
  ].map { Hostile(text: $0) }

  static let integers = [
    0, 1, 2, 5, 45, 46, 65_535, 65_536, 2_147_483_647, 2_147_483_648, 4_294_967_296,
    9_007_199_254_740_991,
  ].map { (number: Int) in
    Hostile(text: "\(number)", integer: number, isQuantity: true)
  }

  static let others = [
    Hostile(text: "~", isNull: true), Hostile(text: "null", isNull: true),
    Hostile(text: "abc", isPortName: true), Hostile(text: "inf", isPortName: true),
    Hostile(text: "5s", isPortName: true), Hostile(text: "1e30s", isPortName: true),
    Hostile(text: "5d", isPortName: true),
    Hostile(text: "9223372036854775807", integer: .max), Hostile(text: "-0", integer: 0),
    Hostile(text: "-1", integer: -1), Hostile(text: "'5'", isQuantity: true),
    Hostile(text: "1.5", isQuantity: true), Hostile(text: "1.", isQuantity: true),
    Hostile(text: "5e0", isQuantity: true), Hostile(text: "1e-9", isQuantity: true),
    Hostile(text: "1n", isQuantity: true, isPortName: true),
    Hostile(text: "500m", isQuantity: true, isPortName: true),
    Hostile(text: "1Ki", isQuantity: true), Hostile(text: "7Pi", isQuantity: true),
    Hostile(text: "100%", percent: 100), Hostile(text: "101%", percent: 101),
    Hostile(text: "0%", percent: 0), Hostile(text: "99999999999%", percent: 99_999_999_999),
  ]

  func isValue(of field: NumericManifestField) -> Bool {
    if isNull { return !field.isRequired }
    switch field.kind {
    case .integer(let range):
      // Zero means "choose one" to the API server.
      return integer.map { range.contains($0) || ($0 == 0 && field.path.hasSuffix(".nodePort")) }
        ?? false
    case .quantity: return isQuantity
    case .positiveQuantity: return isQuantity && integer != 0
    case .port: return isPortName || integer.map((1...65_535).contains) ?? false
    case .share(let limit):
      return percent.map { $0 <= limit } ?? integer.map((0...2_147_483_647).contains) ?? false
    case .positiveShare:
      return percent.map { (1...100).contains($0) }
        ?? integer.map((1...2_147_483_647).contains) ?? false
    }
  }
}

@Suite struct HostileManifestTests {
  /// Puts a text where the field's value stands; returns the manifest and the line of the value.
  private func replace(_ field: NumericManifestField, _ text: String) throws -> (String, Int) {
    let root = try #require(parse(field.manifest).documents.first)
    let value = try #require(root.value(at: try YAMLPath.parse(field.path)), "\(field.path)")
    let old = try #require(value.scalar?.text)
    var lines = field.manifest.split(separator: "\n", omittingEmptySubsequences: false)
    let line = lines[value.mark.line - 1]
    #expect(line.hasSuffix(old))
    lines[value.mark.line - 1] = Substring(line.dropLast(old.count) + text)
    return (lines.joined(separator: "\n"), value.mark.line)
  }

  @Test(arguments: NumericManifestField.all)
  func fixturesAreRight(_ field: NumericManifestField) {
    #expect(!Fixtures.read(field.manifest).diagnostics.contains { $0.severity == .error })
  }

  @Test(arguments: NumericManifestField.all)
  func eachValueIsTakenOrRefused(_ field: NumericManifestField) throws {
    for hostile in Hostile.all {
      let (text, line) = try replace(field, hostile.text)
      let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
      let isOmitted = hostile.isNull && field.isRequired
      let own = errors.filter { isOmitted || $0.mark?.line == line || $0.field == field.path }
      let shown = "\(hostile.text.prefix(30)): \(errors.map(\.rendered))"
      #expect(errors.allSatisfy { $0.mark != nil }, "\(shown)")
      #expect(own.isEmpty == hostile.isValue(of: field), "\(shown)")
    }
  }

  @Test func everyNumberThatIsReadIsTried() throws {
    let objects = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/KubernetesManifests/Objects").standardized
    let known = Set(NumericManifestField.all.compactMap { $0.path.split(separator: ".").last })
    let call =
      #/
      \.(?:number|natural|quantity|positive|intOrPercent|portReference|int|double|duration)
      \( \s* "(\w+)"
      /#
    var found: Set<Substring> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: objects.path)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: objects.appending(path: file), encoding: .utf8)
      for match in text.matches(of: call) { found.insert(match.1) }
    }
    #expect(found.count >= 40)
    #expect(found.subtracting(known).isEmpty)
  }

  @Test func thereAreEnoughFieldsAndValues() {
    #expect(NumericManifestField.all.count >= 50)
    #expect(Hostile.all.count >= 40)
  }
}
