import Foundation
import Testing

/// A folder in which something is wrong with whole files, and all that must be said about it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
  /// What is put into the folder.
  enum Entry: Sendable {
    case text(String)
    case bytes([UInt8])
    case folder
    case pipe
    /// A symbolic link to this path.
    case link(String)
  }
  var testDescription: String
  /// Entries by path; `scenario.yaml` and `shop.yaml` of `Shop` are there unless replaced.
  var entries: [(path: String, entry: Entry)]
  /// The file that is loaded.
  var loaded = "scenario.yaml"
  /// As it is rendered, paths relative to the folder.
  var expected: [String]
  /// Whether the program ends with 66, "no input", and not with 65, "wrong input".
  var isMissing = false

  static let all = scenarios + encodings + bombs + manifests + bases

  /// The scenario with another list of manifests; its elements start in column 15 of line 5.
  private static func naming(_ manifests: String) -> Entry {
    .text(Shop.scenario.replacing("[shop.yaml]", with: "[\(manifests)]"))
  }

  private static func scenario(
    _ description: String,
    _ entry: Entry,
    _ expected: String...
  ) -> BrokenFile {
    BrokenFile(
      testDescription: "scenario: " + description,
      entries: [("scenario.yaml", entry)],
      expected: expected
    )
  }

  private static let oneScenario =
    "\n  hint: a scenario file holds one Scenario, which names manifests in spec.manifests"

  static let scenarios = [
    BrokenFile(
      testDescription: "scenario: missing",
      entries: [],
      loaded: "nowhere.yaml",
      expected: ["error: cannot read 'nowhere.yaml': no such file or folder"],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "scenario: misspelt",
      entries: [],
      loaded: "senario.yml",
      expected: [
        "error: cannot read 'senario.yml': no such file or folder\n"
          + "  hint: did you mean 'scenario.yaml'?"
      ],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "scenario: below a file",
      entries: [],
      loaded: "shop.yaml/scenario.yaml",
      expected: [
        "error: cannot read 'shop.yaml/scenario.yaml': a part of the path is not a folder"
      ],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "scenario: a folder",
      entries: [("inner", .folder)],
      loaded: "inner",
      expected: ["error: cannot read 'inner': it is a folder, not a file"],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "scenario: a pipe",
      entries: [("pipe.yaml", .pipe)],
      loaded: "pipe.yaml",
      expected: ["error: cannot read 'pipe.yaml': it is a pipe, not a regular file"],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "scenario: a link to nothing",
      entries: [("link.yaml", .link("gone.yaml"))],
      loaded: "link.yaml",
      expected: ["error: cannot read 'link.yaml': no such file or folder"],
      isMissing: true
    ),
    scenario(
      "empty",
      .text(""),
      "scenario.yaml:1:1: error: expected one document, found 0" + oneScenario
    ),
    scenario(
      "comments only",
      .text("# nothing\n---\n"),
      "scenario.yaml:1:1: error: expected one document, found 0" + oneScenario
    ),
    scenario(
      "two documents",
      .text("a: 1\n---\nb: 2\n"),
      "scenario.yaml:3:1: error: expected one document, found 2" + oneScenario
    ),
    scenario(
      "a word",
      .text("shop"),
      "scenario.yaml:1:1: error: expected a mapping, found the text 'shop'"
    ),
    scenario(
      "a list",
      .text("- shop\n"),
      "scenario.yaml:1:1: error: expected a mapping, found a list"
    ),
    scenario(
      "nothing in it",
      .text("{}"),
      "scenario.yaml:1:1: error: required field 'apiVersion' is missing (apiVersion)",
      "scenario.yaml:1:1: error: required field 'kind' is missing (kind)",
      "scenario.yaml:1:1: error: required field 'metadata' is missing (metadata)",
      "scenario.yaml:1:1: error: required field 'spec' is missing (spec)"
    ),
  ]

  static let encodings = [
    scenario("a byte order mark", .text("\u{FEFF}" + Shop.scenario)),
    scenario("lines that end as on Windows", .text(Shop.scenario.replacing("\n", with: "\r\n"))),
    scenario(
      "UTF-16 with its mark",
      .bytes([0xFF, 0xFE] + Shop.scenario.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
      "scenario.yaml:1:1: error: the file is UTF-16 or UTF-32, not UTF-8\n"
        + "  hint: save it as UTF-8"
    ),
    scenario(
      "UTF-16 without a mark",
      .bytes(Shop.scenario.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
      "scenario.yaml:1:2: error: NUL byte in the text\n"
        + "  hint: is the file UTF-16 or binary? save it as UTF-8"
    ),
    scenario(
      "NUL",
      .text(Shop.scenario.replacing("name: shop", with: "name: sh\0op")),
      "scenario.yaml:3:20: error: NUL byte in the text\n"
        + "  hint: is the file UTF-16 or binary? save it as UTF-8"
    ),
    scenario(
      "Latin-1",
      .bytes(Array("kind: Scenario\nmetadata: {name: caf".utf8) + [0xE9, 0x7D]),
      "scenario.yaml:2:21: error: byte 0xE9 is not valid UTF-8\n  hint: save the file as UTF-8"
    ),
    scenario(
      "a control character",
      .text("kind: Scenario\nmetadata: {name: \u{7}}\n"),
      "scenario.yaml:2:18: error: invalid YAML: control characters are not allowed"
    ),
  ]

  /// Ten aliases of ten aliases of ten … of ten words.
  private static let aliasBomb = (0...9).map { level in
    let inner = level == 0 ? "x" : "*a\(level - 1)"
    return "a\(level): &a\(level) [\(Array(repeating: inner, count: 10).joined(separator: ", "))]\n"
  }.joined()

  static let bombs = [
    // Level k has n(k) = 1 + 10·n(k-1) values with n(0) = 11. Up to level 4 and its key that is
    // 123,461; level 5 adds 2 and 111,111 for each alias, so that the eighth is one too many.
    scenario(
      "an alias bomb",
      .text(aliasBomb),
      "scenario.yaml:6:45: error: more than 1000000 values in one file after expanding aliases"
    ),
    scenario(
      "an anchor within itself",
      .text("spec: &a\n  run: {<<: *a}\n"),
      "scenario.yaml:2:13: error: alias '*a' stands inside the node it refers to"
    ),
    scenario(
      "an alias without an anchor",
      .text("spec: {<<: *defaults}\n"),
      "scenario.yaml:1:12: error: alias '*defaults' has no anchor '&defaults' before it"
    ),
    scenario(
      "a merge of a word",
      .text("spec: {<<: defaults}\n"),
      "scenario.yaml:1:12: error: '<<' needs a mapping or a list of mappings, not the text "
        + "'defaults'"
    ),
    // Looking for a key, libyaml reads ahead; it names the outermost of too many lists.
    scenario(
      "100,000 lists in each other",
      .text(String(repeating: "[", count: 100_000)),
      "scenario.yaml:1:1: error: more than 100 levels of nesting"
    ),
    scenario(
      "100,000 mappings in each other",
      .text(String(repeating: "{a: ", count: 100_000)),
      "scenario.yaml:1:401: error: more than 100 levels of nesting"
    ),
    scenario(
      "10,000 documents",
      .text(String(repeating: "--- a\n", count: 10_000)),
      "scenario.yaml:1001:1: error: more than 1000 documents in one file"
    ),
    scenario(
      "17 million bytes",
      .bytes([UInt8](repeating: UInt8(ascii: "#"), count: 17_000_000)),
      "scenario.yaml:1:1: error: the file is larger than 16777216 bytes\n"
        + "  hint: split it into several files"
    ),
    scenario(
      "a key twice",
      .text(Shop.scenario.replacing("  cluster:", with: "  run: {duration: 2h}\n  cluster:")),
      "scenario.yaml:7:3: error: key 'run' is given twice, first on line 6"
    ),
    scenario(
      "a tag",
      .text("spec: !!python/object:os.system {}\n"),
      "scenario.yaml:1:7: error: tag 'tag:yaml.org,2002:python/object:os.system' is not supported"
    ),
    scenario(
      "a list as a key",
      .text("spec:\n  ? [run]\n  : 1\n"),
      "scenario.yaml:2:5: error: a key must be a single word, not a mapping or list"
    ),
    scenario(
      "a colon too many",
      .text("spec: run: 1\n"),
      "scenario.yaml:1:10: error: invalid YAML: mapping values are not allowed in this context"
    ),
    scenario(
      "a tab as indentation",
      .text("spec:\n\trun: 1\n"),
      "scenario.yaml:2:1: error: invalid YAML: while scanning for the next token: found character "
        + "that cannot start any token"
    ),
  ]

  static let manifests = [
    BrokenFile(
      testDescription: "manifests: every path that cannot be read, at once",
      entries: [
        ("pipe.yaml", .pipe), ("empty", .folder), ("loop.yaml", .link("loop.yaml")),
        ("passwd.yaml", .link("/etc/passwd")),
        (
          "scenario.yaml",
          naming("shap.yaml, pipe.yaml, empty, loop.yaml, passwd.yaml, '', /dev/null")
        ),
      ],
      expected: [
        "scenario.yaml:5:15: error: cannot read 'shap.yaml': no such file or folder\n"
          + "  hint: did you mean 'shop.yaml'?",
        "scenario.yaml:5:26: error: cannot read 'pipe.yaml': it is a pipe, not a regular file",
        "scenario.yaml:5:37: error: cannot read 'empty': the folder holds no .yaml, .yml or .json "
          + "file",
        "scenario.yaml:5:44: error: cannot read 'loop.yaml': too many symbolic links",
        "scenario.yaml:5:55: error: cannot read 'passwd.yaml': it is a symbolic link leading out "
          + "of the scenario's folder\n  hint: copy the file or name its own path",
        "scenario.yaml:5:68: error: cannot read '': the path is empty",
        "scenario.yaml:5:72: error: cannot read '/dev/null': it is a device, not a regular file",
      ],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "manifests: a pipe and a link out within a folder",
      entries: [
        ("m", .folder), ("m/a.yaml", .link("/etc/hosts")), ("scenario.yaml", naming("m")),
      ],
      expected: [
        "scenario.yaml:5:15: error: cannot read 'm/a.yaml': it is a symbolic link leading out of "
          + "the scenario's folder\n  hint: copy the file or name its own path"
      ],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "manifests: not text",
      entries: [("shop.yaml", .bytes([0x1F, 0x8B, 0x08, 0x00]))],
      expected: [
        "shop.yaml:1:2: error: byte 0x8B is not valid UTF-8\n  hint: save the file as UTF-8"
      ]
    ),
    BrokenFile(
      testDescription: "manifests: 10,000 documents",
      entries: [("shop.yaml", .text(String(repeating: "--- a\n", count: 10_000)))],
      expected: ["shop.yaml:1001:1: error: more than 1000 documents in one file"]
    ),
    BrokenFile(
      testDescription: "manifests: an alias bomb",
      entries: [("shop.yaml", .text(aliasBomb))],
      expected: [
        "shop.yaml:6:45: error: more than 1000000 values in one file after expanding aliases"
      ]
    ),
    BrokenFile(
      testDescription: "manifests: faults of several files and of the scenario, at once",
      entries: [
        (
          "scenario.yaml",
          .text(
            Shop.scenario.replacing("[shop.yaml]", with: "[shop.yaml, more.yaml]")
              .replacing("duration: 1h", with: "duration: 1 day")
          )
        ),
        ("shop.yaml", .text(Shop.manifests.replacing("minReplicas: 3", with: "minReplicas: -3"))),
        ("more.yaml", .text("apiVersion: v1\nkind: Service\nmetadata: {nam: x}\nspec: {}\n")),
      ],
      expected: [
        "scenario.yaml:6:19: error: unknown unit ' day' in the duration: '1 day' "
          + "(spec.run.duration)\n  hint: units are ns, us, ms, s, m, h",
        "shop.yaml:50:16: error: Invalid value: '-3': must be greater than or equal to 1 "
          + "(spec.minReplicas)",
        "more.yaml:3:11: error: Required value: 'name' must be given (metadata.name)",
        "more.yaml:3:12: error: unknown field 'nam' (metadata.nam)\n"
          + "  hint: did you mean 'name'?",
        "more.yaml:4:7: error: Required value: at least one port must be given (spec.ports)",
      ]
    ),
  ]

  private static func based(on path: String) -> Entry {
    .text(Shop.scenario.replacing("spec:\n", with: "spec:\n  base: \(path)\n"))
  }

  static let bases = [
    BrokenFile(
      testDescription: "base: missing",
      entries: [("scenario.yaml", based(on: "bace.yaml")), ("base.yaml", .text(""))],
      expected: [
        "scenario.yaml:5:9: error: cannot read 'bace.yaml': no such file or folder\n"
          + "  hint: did you mean 'base.yaml'?"
      ],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "base: a folder",
      entries: [("inner", .folder), ("scenario.yaml", based(on: "inner"))],
      expected: ["scenario.yaml:5:9: error: cannot read 'inner': it is a folder, not a file"],
      isMissing: true
    ),
    BrokenFile(
      testDescription: "base: itself",
      entries: [("scenario.yaml", based(on: "scenario.yaml"))],
      expected: [
        "scenario.yaml:5:9: error: files are based on each other more than 5 deep (spec.base)\n"
          + "  hint: does a file lead back to itself?"
      ]
    ),
  ]
}
