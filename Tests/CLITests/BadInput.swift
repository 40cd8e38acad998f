import Foundation
import Testing

/// Something wrong with the fixtures, and what the program must answer.
struct BadInput: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Arguments behind `run`.
  var arguments = ["small/scenario.yaml"]
  var status: Int32 = 65
  /// Each of them stands at the start of a line of the standard error.
  var messages: [String]
  /// What is done to a copy of the fixtures.
  var spoil: @Sendable (URL) throws -> Void = { _ in }

  static let all = values + structures + encodings + names + files

  /// Other text in the scenario.
  private static func scenario(
    _ description: String,
    _ original: String,
    _ replacement: String,
    _ messages: String...
  ) -> BadInput {
    BadInput(testDescription: description, messages: messages) { folder in
      try replace(original, with: replacement, in: folder.appending(path: scenarioPath))
    }
  }

  /// Other bytes in place of the scenario.
  private static func bytes(
    _ description: String,
    _ bytes: [UInt8],
    _ messages: String...
  ) -> BadInput {
    BadInput(testDescription: description, messages: messages) { folder in
      try Data(bytes).write(to: folder.appending(path: scenarioPath))
    }
  }

  private static let scenarioPath = "small/scenario.yaml"
  private static let manifestPath = "small/manifests.yaml"

  private static func replace(_ original: String, with new: String, in file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing(original, with: new, maxReplacements: 1).utf8).write(to: file)
  }

  private static let values = [
    scenario(
      "a misspelt field",
      "timeout: 1s",
      "tiemout: 1s",
      "small/scenario.yaml:15:7: error: unknown field 'tiemout' (spec.traffic[0].tiemout)",
      "small/scenario.yaml:12:7: error: required field 'timeout' is missing "
        + "(spec.traffic[0].timeout)",
      "  hint: did you mean 'timeout'?"
    ),
    scenario(
      "text for a number",
      "nodes: 2",
      "nodes: two",
      "small/scenario.yaml:8:20: error: expected a whole number, found the text 'two' "
        + "(spec.cluster.nodes)"
    ),
    scenario(
      "NaN",
      "seed: 1,",
      "confidence: .nan,",
      "small/scenario.yaml:7:48: error: expected a number, found '.nan', which YAML 1.1 reads as "
        + "not a number (spec.run.confidence)"
    ),
    scenario(
      "infinity",
      "rate: 20/s",
      "rate: .inf",
      "small/scenario.yaml:13:34: error: expected a rate such as 50/s, between 0 and 1000000 a "
        + "second, found the bare word .inf (spec.traffic[0].arrivals.poisson.rate)"
    ),
    scenario(
      "1e30",
      "backlog: 8",
      "backlog: 1e30",
      "small/scenario.yaml:10:52: error: expected a whole number, found the number 1e30 "
        + "(spec.workloads.shop/deployment/web.backlog)"
    ),
    scenario(
      "-5s",
      "mean: 50ms",
      "mean: -5s",
      "small/scenario.yaml:10:89: error: a duration cannot be negative: '-5s' "
        + "(spec.workloads.shop/deployment/web.serviceTime.exponential.mean)"
    ),
    // 10^6 a second over 10^6 s, for two variants of three replications.
    BadInput(
      testDescription: "a million million requests and more",
      messages: [
        "small/scenario.yaml:12:5: error: about 6e12 attempts are too many (spec.traffic)",
        "  hint: at most 1e10 over all variants and replications",
      ]
    ) { folder in
      let file = folder.appending(path: scenarioPath)
      try replace("rate: 20/s", with: "rate: 1e6/s", in: file)
      try replace("duration: 3m", with: "duration: 277h46m40s", in: file)
    },
    BadInput(
      testDescription: "a thousand million pods",
      messages: [
        "manifests.yaml:14:13: error: 1000000000 pods are too many", "  hint: at most 200000",
      ]
    ) { folder in
      try replace(
        "replicas: 2",
        with: "replicas: 1000000000",
        in: folder.appending(path: manifestPath)
      )
    },
    BadInput(
      testDescription: "a value on the command line",
      arguments: ["small/scenario.yaml", "--set", "run.duration=-5s"],
      messages: [
        "--set run.duration: error: a duration cannot be negative: '-5s' (spec.run.duration)"
      ]
    ),
  ]

  private static let structures = [
    scenario(
      "a key twice",
      "  cluster:",
      "  run: {duration: 1m}\n  cluster:",
      "small/scenario.yaml:8:3: error: key 'run' is given twice, first on line 7"
    ),
    scenario(
      "a merge cycle",
      "{nodes: 2}",
      "&a {<<: *a, nodes: 2}",
      "small/scenario.yaml:8:20: error: alias '*a' stands inside the node it refers to"
    ),
    bytes(
      "100,000 lists in each other",
      [UInt8](repeating: UInt8(ascii: "["), count: 100_000),
      "small/scenario.yaml:1:1: error: more than 100 levels of nesting"
    ),
    bytes(
      "an alias bomb",
      Array(
        (0...9).map { level in
          let inner = level == 0 ? "x" : "*a\(level - 1)"
          let list = Array(repeating: inner, count: 10).joined(separator: ", ")
          return "a\(level): &a\(level) [\(list)]\n"
        }.joined().utf8
      ),
      "small/scenario.yaml:6:45: error: more than 1000000 values in one file after expanding "
        + "aliases"
    ),
    bytes(
      "10,000 documents",
      Array(String(repeating: "--- a\n", count: 10_000).utf8),
      "small/scenario.yaml:1001:1: error: more than 1000 documents in one file"
    ),
    BadInput(
      testDescription: "faults in two files, at once",
      messages: [
        "small/scenario.yaml:7:19: error: a duration needs a unit: '3' (spec.run.duration)",
        "small/scenario.yaml:16:14: error: expected an amount with its currency, such as "
          + "'4.60 USD', found the number 1.00 (spec.traffic[0].value)",
        "manifests.yaml:14:3: error: unknown field 'replcas' (spec.replcas)",
        "manifests.yaml:26:43: error: unknown suffix 'MB' in the quantity: '64MB' "
          + "(spec.template.spec.containers[0].resources.requests.memory)",
        "podstorm: 4 errors",
      ]
    ) { folder in
      try replace("duration: 3m", with: "duration: 3", in: folder.appending(path: scenarioPath))
      try replace("1.00 USD", with: "1.00", in: folder.appending(path: scenarioPath))
      try replace("replicas: 2", with: "replcas: 2", in: folder.appending(path: manifestPath))
      try replace("64Mi", with: "64MB", in: folder.appending(path: manifestPath))
    },
  ]

  private static let encodings = [
    // The mark itself is no content: the place is that of the same file without it.
    scenario(
      "a byte order mark and a typo",
      "# Two pods",
      "\u{FEFF}kinds: x # Two pods",
      "small/scenario.yaml:1:1: error: unknown field 'kinds' (kinds)"
    ),
    bytes(
      "UTF-16",
      [0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00, 0x31, 0x00],
      "small/scenario.yaml:1:1: error: the file is UTF-16 or UTF-32, not UTF-8",
      "  hint: save it as UTF-8"
    ),
    scenario(
      "NUL",
      "name: small",
      "name: sm\0all",
      "small/scenario.yaml:4:20: error: NUL byte in the text"
    ),
  ]

  private static let names = [
    scenario(
      "a workload that is not there",
      "shop/deployment/web:",
      "shop/deployment/wbe:",
      "small/scenario.yaml:10:5: error: there is no workload 'shop/deployment/wbe' in the "
        + "manifests (spec.workloads.shop/deployment/wbe)",
      "  hint: did you mean 'shop/deployment/web'?"
    ),
    scenario(
      "a Service that is not there",
      "http://web.shop/",
      "http://wbe.shop/",
      "small/scenario.yaml:14:15: error: there is no Service 'shop/wbe' (spec.traffic[0].target)",
      "  hint: did you mean 'shop/web'?"
    ),
    scenario(
      "a variant that is not there",
      "roomy: availability",
      "romy: availability",
      "small/scenario.yaml:20:16: error: unknown variant or client group 'romy' "
        + "(spec.thresholds[0])",
      "  hint: did you mean 'roomy'?"
    ),
  ]

  private static let files = [
    BadInput(
      testDescription: "a scenario that is not there",
      arguments: ["small/senario.yaml"],
      status: 66,
      messages: [
        "podstorm: error: cannot read 'small/senario.yaml': no such file or folder",
        "  hint: did you mean 'small/scenario.yaml'?",
      ]
    ),
    BadInput(
      testDescription: "a folder for a scenario",
      arguments: ["small"],
      status: 66,
      messages: ["podstorm: error: cannot read 'small': it is a folder, not a file"]
    ),
    BadInput(
      testDescription: "a pipe for a scenario",
      arguments: ["pipe.yaml"],
      status: 66,
      messages: ["podstorm: error: cannot read 'pipe.yaml': it is a pipe, not a regular file"]
    ) { folder in
      guard mkfifo(folder.appending(path: "pipe.yaml").path, 0o600) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    },
    BadInput(
      testDescription: "a manifest that is not there",
      status: 66,
      messages: [
        "small/scenario.yaml:6:15: error: cannot read 'manifest.yaml': no such file or folder",
        "  hint: did you mean 'manifests.yaml'?",
      ]
    ) { folder in
      try replace(
        "[manifests.yaml]",
        with: "[manifest.yaml]",
        in: folder.appending(path: scenarioPath)
      )
    },
    BadInput(
      testDescription: "a pipe for a manifest",
      status: 66,
      messages: [
        "small/scenario.yaml:6:15: error: cannot read 'manifests.yaml': it is a pipe, not a "
          + "regular file"
      ]
    ) { folder in
      let path = folder.appending(path: manifestPath).path
      try FileManager.default.removeItem(atPath: path)
      guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
    },
    BadInput(
      testDescription: "a manifest that is a link out of the folder",
      status: 66,
      messages: [
        "small/scenario.yaml:6:15: error: cannot read 'manifests.yaml': it is a symbolic link "
          + "leading out of the scenario's folder",
        "  hint: copy the file or name its own path",
      ]
    ) { folder in
      let path = folder.appending(path: manifestPath).path
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/hosts")
    },
  ]
}
