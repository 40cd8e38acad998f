import KubernetesManifests
import Scenarios

/// The syntaxes of single values: each refuses a text or takes it for something within its range
/// that its own spelling gives back.
enum LiteralChecks {
  static func problems(with text: String) -> [String] {
    var problems: [String] = []
    func expect(_ isRight: Bool, _ what: String) {
      if !isRight { problems.append("\(what): '\(text)'") }
    }
    if let quantity = try? Quantity(parsing: text) {
      expect(quantity.milliValue >= 0 && quantity.value >= 0, "negative quantity")
    }
    if let length = try? DurationSyntax.nanoseconds(text) {
      expect((0...DurationSyntax.longest).contains(length), "duration out of range")
      let again = try? DurationSyntax.nanoseconds(DurationSyntax.text(nanoseconds: length))
      expect(again == length, "duration does not read back")
    }
    if let path = try? YAMLPath.parse(text) {
      expect((try? YAMLPath.parse(YAMLPath.text(path))) == path, "path does not read back")
    }
    if let number = NumberLiteral.parse(text) {
      expect(NumberLiteral.parse(NumberLiteral.format(number)) == number, "number is lost")
    }
    if let ratio = NumberLiteral.parseRatio(text) { expect((0...1).contains(ratio), "no share") }
    if let rate = NumberLiteral.parseRate(text) { expect(rate.isFinite, "endless rate") }
    if let money = MoneyLiteral.parse(text) {
      expect(money.micros >= 0, "negative money")
      expect(MoneyLiteral.parse(money.text) == money, "money does not read back")
    }
    if let range = CIDRLiteral.parse(text) {
      expect(CIDRLiteral.parse(range.text) == range, "range does not read back")
    }
    if let address = IPAddress(text) {
      expect([4, 16].contains(address.bytes.count), "no address")
      _ = address.endpointProblem
    }
    if let range = AddressRange(text) { expect(range.contains(range.base), "base out of range") }
    if let schedule = try? CronSchedule(parsing: text), schedule.interval == nil {
      expect(schedule.minutes > 0 && schedule.minutes >> 60 == 0, "minutes of no hour")
      expect(schedule.daysOfWeek > 0 && schedule.daysOfWeek >> 7 == 0, "days of no week")
    }
    if DecimalSyntax.isInteger(text) { expect(DecimalSyntax.isNumber(text), "no number") }
    checkWords(text)
    return problems
  }

  /// What only must not trap.
  private static func checkWords(_ text: String) {
    _ = LegacyYAML.meaning(of: text)
    _ = EditDistance.nearest(text, in: ScenarioReference.spec.map(\.name))
    _ = DNSName.subdomainProblem(text)
    _ = DNSName.portNameProblem(text)
    _ = DNSName.qualifiedNameProblem(text)
    _ = DNSName.labelValueProblem(text)
    _ = DNSName.wildcardProblem(text)
    _ = DNSName.searchDomainProblem(text)
    _ = DNSName.dataKeyProblem(text)
    _ = NameLiteral.isName(text)
    _ = YAMLScalar(text: text, style: .plain).excerpt
  }
}
