/// A way to spoil the scenario of `Shop`, and what must be said about it.
struct BrokenScenario: Sendable, CustomStringConvertible {
  /// Text of the valid scenario and what stands there instead.
  var original: String
  var replacement: String
  /// The error must point to the first place where this stands in the spoiled text.
  var place: String
  var message: String
  var hint: String?

  init(
    _ original: String,
    _ replacement: String,
    at place: String,
    _ message: String,
    hint: String? = nil
  ) {
    self.original = original
    self.replacement = replacement
    self.place = place
    self.message = message
    self.hint = hint
  }

  var description: String { replacement.isEmpty ? "without \(original)" : replacement }

  /// The spoiled scenario.
  var text: String { Shop.scenario.replacing(original, with: replacement, maxReplacements: 1) }

  /// What `Shop.errors` must answer.
  var expected: String {
    let before = text[..<(text.firstRange(of: place)?.lowerBound ?? text.endIndex)]
    let line = before.count { $0 == "\n" } + 1
    let column = before.count - (before.lastIndex(of: "\n").map { before[...$0].count } ?? 0) + 1
    return "\(line):\(column) \(message)" + (hint.map { " | " + $0 } ?? "")
  }

  static let all =
    top + numbers + words + names + shapes + thresholds + overrides + hostile
}

extension BrokenScenario {
  static let top: [BrokenScenario] = [
    BrokenScenario(
      "podstorm/v1",
      "podstorm/v2",
      at: "podstorm/v2",
      "unknown value 'podstorm/v2'",
      hint: "did you mean 'podstorm/v1'?"
    ),
    BrokenScenario(
      "kind: Scenario",
      "kind: Scenery",
      at: "Scenery",
      "unknown value 'Scenery'",
      hint: "one of: Scenario"
    ),
    BrokenScenario(
      "kind: Scenario\n",
      "",
      at: "apiVersion",
      "required field 'kind' is missing"
    ),
    BrokenScenario(
      "{name: shop}",
      "{name: shop, owner: me}",
      at: "owner",
      "unknown field 'owner'",
      hint: "one of: name"
    ),
    BrokenScenario(
      "metadata: {name: shop}",
      "metadata: {}",
      at: "{}",
      "required field 'name' is missing"
    ),
    BrokenScenario(
      "  run: {duration: 1h}\n",
      "",
      at: "manifests",
      "required field 'run' is missing"
    ),
    BrokenScenario(
      "  run: {",
      "  rum: {}\n  run: {",
      at: "rum",
      "unknown field 'rum'",
      hint: "did you mean 'run'?"
    ),
    BrokenScenario(
      "[shop.yaml]",
      "shop.yaml",
      at: "shop.yaml",
      "expected a list, found the text 'shop.yaml'"
    ),
  ]

  static let numbers: [BrokenScenario] = [
    BrokenScenario(
      "duration: 1h",
      "duration: 60",
      at: "60}",
      "a duration needs a unit: '60'",
      hint: "write 60s for seconds, 60ms, 60m"
    ),
    BrokenScenario(
      "duration: 1h",
      "duration: 1 hour",
      at: "1 hour",
      "unknown unit ' hour' in the duration: '1 hour'",
      hint: "units are ns, us, ms, s, m, h"
    ),
    BrokenScenario(
      "duration: 1h",
      "duration: 800h",
      at: "800h",
      "'800h' is out of range",
      hint: "write a duration from 1s to 744h"
    ),
    BrokenScenario(
      "duration: 1h",
      "duration: -1h",
      at: "-1h",
      "a duration cannot be negative: '-1h'"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, window: 1ms}",
      at: "1ms",
      "'1ms' is out of range",
      hint: "write a duration from 100ms to 24h"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 400h, window: 1s}",
      at: "1s}",
      "the run has 1440000 windows",
      hint: "at most 1000000; make the window longer"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, warmUp: 1h}",
      at: "1h}",
      "the warm-up takes the whole run",
      hint: "make it shorter than run.duration"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, replications: 0}",
      at: "0}",
      "0 is out of range",
      hint: "write a whole number from 1 to 10000"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, replications: 2.5}",
      at: "2.5",
      "expected a whole number, found the number 2.5"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, replications: \"3\"}",
      at: "\"3\"",
      "expected a whole number, found the text '3'",
      hint: "remove the quotes"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, seed: -1}",
      at: "-1",
      "-1 is out of range",
      hint: "write a whole number from 0 to 9223372036854775807"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, confidence: 1}",
      at: "1}",
      "1 is out of range",
      hint: "write a number from 0.5 to 0.9999"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, confidence: .nan}",
      at: ".nan",
      "expected a number, found '.nan', which YAML 1.1 reads as not a number",
      hint: "write a finite number"
    ),
    BrokenScenario(
      "{duration: 1h}",
      "{duration: 1h, objective: 101%}",
      at: "101%",
      "expected a share between 0% and 100%, such as 99.9%, found the text '101%'"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 5001",
      at: "5001",
      "5001 is out of range",
      hint: "write a whole number from 1 to 5000"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 1e30",
      at: "1e30",
      "expected a whole number, found the number 1e30"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 300",
      at: "{nodes",
      "10.244.0.0/16 has no room for 300 slices of /24",
      hint: "give cluster.podCIDR a shorter prefix or cluster.nodeCIDRMaskSize a longer one"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, nodeCPU: 0",
      at: "0}",
      "'0' is out of range",
      hint: "write CPU between 1m and 1024"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, nodeMemory: 4GB",
      at: "4GB",
      "unknown suffix 'GB' in the quantity: '4GB'",
      hint: "did you mean 'G'?"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, podCIDR: 10.244.1.0/16",
      at: "10.244",
      "expected an IPv4 range such as 10.244.0.0/16, found the text '10.244.1.0/16'"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, kubelet: {sandbox: [2s, 1s]}",
      at: "[2s",
      "the lower bound is above the upper one"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, kubelet: {sandbox: [2s]}",
      at: "[2s",
      "expected [low, high], found 1 values"
    ),
    BrokenScenario(
      "rate: 50/s",
      "rate: 50",
      at: "50}",
      "expected a rate such as 50/s, between 0 and 1000000 a second, found the number 50"
    ),
    BrokenScenario(
      "rate: 50/s",
      "rate: 2000000/s",
      at: "2000000",
      "expected a rate such as 50/s, between 0 and 1000000 a second, found the text '2000000/s'"
    ),
    BrokenScenario(
      "rate: 50/s",
      "rate: -1/s",
      at: "-1/s",
      "expected a rate such as 50/s, between 0 and 1000000 a second, found the text '-1/s'"
    ),
    BrokenScenario(
      "rate: 50/s",
      "rate: 1000000/s",
      at: "- name: users",
      "about 1.4e11 attempts are too many",
      hint: "at most 1e10 over all variants and replications: lower rates, run.duration, "
        + "run.replications or retries"
    ),
    BrokenScenario(
      "timeout: 5s",
      "timeout: 5s\n      value: 4.60",
      at: "4.60",
      "expected an amount with its currency, such as '4.60 USD', found the number 4.60"
    ),
    BrokenScenario(
      "timeout: 5s",
      "timeout: 0s",
      at: "0s",
      "'0s' is out of range",
      hint: "write a duration from 1ms to 24h"
    ),
  ]
}
