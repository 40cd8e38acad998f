import KubernetesManifests
import Scenarios
import SimKernel

/// A numeric field of the reference and the way to it in the scenario of `Shop`.
struct NumericField: Sendable, CustomStringConvertible {
  /// As `--set` reaches it.
  var path: String
  var type: FieldType
  /// Overrides that make room for the field, such as the choice of the law it belongs to.
  var room: [String]
  /// What is written at the path; `%` stands for the value.
  var form = "%"

  var description: String { form == "%" ? path : "\(path)=\(form)" }

  /// The overrides that give the field a value.
  func overrides(_ text: String) -> [String] {
    let parts = form.split(separator: "%", omittingEmptySubsequences: false)
    return room + ["\(path)=\(parts.joined(separator: text))"]
  }

  /// Every numeric field there is: a field added to the reference is found without help.
  static let all: [NumericField] = ScenarioReference.spec.flatMap { field in
    found(in: field.type, at: field.name, room: [])
  }

  /// Those whose value is one scalar.
  static let single = all.filter { $0.form == "%" }

  private static func found(
    in type: FieldType,
    at path: String,
    room: [String]
  ) -> [NumericField] {
    func field(_ type: FieldType, _ form: String = "%") -> NumericField {
      NumericField(path: path, type: type, room: room, form: form)
    }
    switch type {
    case .integer, .number, .ratio, .duration, .rate, .cpu, .memory, .money, .cidr, .unlimited:
      return [field(type)]
    case .delay(let range): return [field(type), field(.duration(range), "[%, %]")]
    case .group(let fields):
      return fields.flatMap { inner in
        found(in: inner.type, at: "\(path).\(inner.name)", room: room + makeRoom(inner, path))
      }
    case .oneOf(let fields, _):
      return fields.flatMap { inner in
        let choice = "\(path)={\(inner.name): \(sample(inner))}"
        return found(in: inner.type, at: "\(path).\(inner.name)", room: room + [choice])
      }
    case .map(let key, let element):
      return names(for: key, path).flatMap { found(in: element, at: "\(path).\($0)", room: room) }
    case .list(.group(let fields), _):
      return found(in: .group(fields), at: path + "[0]", room: room)
    case .list(.pair(let first, let second), _):
      return [
        field(first, "[[%, 5/s]]"), field(first, "[[0s, 1/s], [%, 5/s]]"),
        field(second, "[[0s, %]]"),
      ]
    case .list(let element, _):
      return found(in: element, at: path, room: room).map { field($0.type, "[\($0.form)]") }
    case .either(let scalar, let other):
      let list = "\(path)=\(sample(other, named: ""))"
      return found(in: scalar, at: path, room: room)
        + found(in: other, at: path, room: room + [list])
    case .text, .name, .word, .boolean, .pair, .raw: return []
    }
  }

  private static func names(for key: String, _ path: String) -> [String] {
    switch key {
    case "workload": ["web", "db"]
    case "call": path.hasSuffix("web.calls") ? ["api"] : []
    default: []
    }
  }

  /// Fields of a group that is not there by default need the rest of it.
  private static func makeRoom(_ field: ScenarioField, _ path: String) -> [String] {
    if path == "workloads.web", field.name == "database" {
      return ["\(path).database={target: db, transaction: 10ms}"]
    }
    if path == "workloads.db", field.name == "database" {
      return ["\(path).database={maxConnections: 100}"]
    }
    guard path == "faults[0]", case .group = field.type else { return [] }
    return ["\(path)={at: 1s, \(field.name): \(sample(field))}"]
  }

  // MARK: Honest values

  private static func sample(_ field: ScenarioField) -> String {
    sample(field.type, named: field.name)
  }

  private static func sample(_ type: FieldType, named name: String) -> String {
    switch type {
    case .text, .name: ["node": "node-2", "name": "node-2", "workload": "web"][name] ?? "db"
    case .word(let words): words[0]
    case .boolean: "true"
    case .integer(let range): "\(min(max(2, range.lowerBound), range.upperBound))"
    case .number(let range): "\(min(max(1, range.lowerBound), range.upperBound))"
    case .ratio: "99%"
    case .duration, .delay: "20ms"
    case .rate: "5/s"
    case .cpu: "1"
    case .memory: "1Gi"
    case .money: "1.00 USD"
    case .cidr: "10.244.0.0/16"
    case .unlimited(let inner), .either(let inner, _): sample(inner, named: name)
    case .list(let element, _): "[\(sample(element, named: name))]"
    case .pair(_, let second): "[0s, \(sample(second, named: name))]"
    case .oneOf(let fields, _): "{\(fields[0].name): \(sample(fields[0]))}"
    case .group(let fields):
      "{"
        + fields.filter { $0.presence == .required }.map { "\($0.name): \(sample($0))" }
        .joined(separator: ", ") + "}"
    case .map, .raw: "{}"
    }
  }

  // MARK: Extremes

  /// Both ends of what the field takes.
  var extremes: [String] { Self.extremes(of: type) }

  private static func extremes(of type: FieldType) -> [String] {
    func ends<Bound>(_ range: ClosedRange<Bound>, _ text: (Bound) -> String) -> [String] {
      [text(range.lowerBound), text(range.upperBound)]
    }
    func length(_ duration: SimDuration) -> String {
      DurationSyntax.text(nanoseconds: duration.nanoseconds)
    }
    return switch type {
    case .integer(let range): ends(range) { "\($0)" }
    case .number(let range): ends(range) { "\($0)" }
    case .ratio: ["0%", "100%"]
    case .duration(let range), .delay(let range): ends(range, length)
    case .rate(let range): ends(range) { "\($0)/s" }
    case .cpu(let range): ends(range) { "\($0)m" }
    case .memory(let range): ends(range) { "\($0)" }
    case .money: ["0 USD", "999999.999999 USD"]
    case .cidr: ["10.0.0.0/8", "10.0.0.0/30"]
    case .unlimited(let inner): ["unlimited"] + extremes(of: inner)
    default: []
    }
  }
}
