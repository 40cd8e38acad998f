/// Five fields as of cron, or a word such as `@hourly`.
package struct CronSchedule: Hashable, Sendable {
  /// Why a text is not a schedule.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
  }
  /// As the manifest has it.
  package let text: String
  /// For `@every 5m`, in nanoseconds.
  package let interval: Int64?
  /// Bit n says that n fits; 0 to 59.
  package let minutes: UInt64
  package let hours: UInt64
  package let daysOfMonth: UInt64
  package let months: UInt64
  package let daysOfWeek: UInt64

  private struct Field {
    var name: String
    var range: ClosedRange<Int>
    var words: [String] = []
  }

  private static let fields = [
    Field(name: "minute", range: 0...59), Field(name: "hour", range: 0...23),
    Field(name: "day of month", range: 1...31),
    Field(
      name: "month",
      range: 1...12,
      words: "jan feb mar apr may jun jul aug sep oct nov dec".split(separator: " ")
        .map(String.init)
    ),
    Field(
      name: "day of week",
      range: 0...6,
      words: "sun mon tue wed thu fri sat".split(separator: " ").map(String.init)
    ),
  ]

  private static let descriptors = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
  ]

  /// Reads a schedule as the CronJob controller does.
  package init(parsing text: String) throws(Problem) {
    self.text = text
    if text.contains("TZ=") {
      throw Problem(message: "cannot use TZ or CRON_TZ in schedule, use timeZone field instead")
    }
    if text.hasPrefix("@every ") {
      guard let length = try? DurationSyntax.nanoseconds(String(text.dropFirst(7))), length > 0
      else { throw Problem(message: "failed to parse duration of '@every'") }
      interval = length
      (minutes, hours, daysOfMonth, months, daysOfWeek) = (0, 0, 0, 0, 0)
      return
    }
    interval = nil
    guard let line = text.hasPrefix("@") ? Self.descriptors[text] : text else {
      throw Problem(message: "unrecognized descriptor")
    }
    let parts = line.split { $0 == " " || $0 == "\t" }
    guard parts.count == 5 else {
      throw Problem(message: "expected exactly 5 fields, found \(parts.count)")
    }
    var sets: [UInt64] = []
    for (part, field) in zip(parts, Self.fields) { sets.append(try Self.set(part, field)) }
    (minutes, hours, daysOfMonth, months, daysOfWeek) =
      (sets[0], sets[1], sets[2], sets[3], sets[4])
  }

  /// The numbers that a field such as `1-5,10/5` allows.
  private static func set(_ text: Substring, _ field: Field) throws(Problem) -> UInt64 {
    var bits: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      bits |= try range(part, field)
    }
    return bits
  }

  private static func range(_ text: Substring, _ field: Field) throws(Problem) -> UInt64 {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { throw Problem(message: "too many slashes: \(text)") }
    let ends = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    var first = field.range.lowerBound
    var last = field.range.upperBound
    if halves[0] != "*", halves[0] != "?" {
      guard ends.count <= 2 else { throw Problem(message: "too many hyphens: \(text)") }
      first = try number(ends[0], field)
      // `5/15` begins at 5 and goes on to the end.
      if ends.count == 2 {
        last = try number(ends[1], field)
      } else if halves.count == 1 {
        last = first
      }
    }
    let step = halves.count == 2 ? Int(halves[1]) ?? 0 : 1
    guard step > 0, step < 1 << 20 else {
      throw Problem(message: "step of range should be a positive number: \(text)")
    }
    guard field.range.contains(first) else {
      throw Problem(message: "beginning of range (\(first)) below or above \(field.name)")
    }
    guard field.range.contains(last) else {
      throw Problem(message: "end of range (\(last)) above maximum of \(field.name)")
    }
    guard first <= last else {
      throw Problem(message: "beginning of range (\(first)) beyond end of range (\(last))")
    }
    return stride(from: first, through: last, by: step).reduce(0) { $0 | 1 << UInt64($1) }
  }

  private static func number(_ text: Substring, _ field: Field) throws(Problem) -> Int {
    if let index = field.words.firstIndex(of: text.lowercased()) {
      return index + field.range.lowerBound
    }
    guard (1...4).contains(text.utf8.count), let number = Int(text), number >= 0 else {
      let shown = YAMLScalar(text: String(text), style: .quoted).excerpt
      throw Problem(message: "failed to parse number of \(field.name): '\(shown)'")
    }
    return number
  }
}
