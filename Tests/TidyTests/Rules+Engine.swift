/// What keeps a run a pure, fast and repeatable function of plan and seed.
let engineRules: [Rule] = [
  Rule(
    name: "engine has values only",
    advice: "tables and typed indices: a class costs dynamic exclusivity checks on every access",
    covers: isEngine,
    findings: { $0.findings(inCode: /\bclass\b|\bactor\b/) },
    bad: Sample("Sources/ClusterSimulator/A.swift", "final class World {}\n"),
    good: Sample("Sources/ClusterSimulator/A.swift", "struct World { var eventClass = 1 }\n")
  ),
  Rule(
    name: "engine has no hash order",
    advice: "a flat array indexed by an ID: hash order changes from process to process",
    covers: isEngine,
    findings: { file in
      file.findings(inCode: /\bDictionary\b|\bSet\b|\[:\]|\[\s*[A-Z]\w*(<[^>\]]*>)?\s*:\s*[\[A-Z]/)
    },
    bad: Sample("Sources/SimKernel/A.swift", "var pods: [String: Pod] = [:]\n"),
    good: Sample("Sources/SimKernel/A.swift", "var settings: [Pod] = []  // no Dictionary\n")
  ),
  Rule(
    name: "engine is sequential",
    advice: "one run is one loop; Experiments runs many of them side by side",
    covers: isEngine,
    findings: { $0.findings(inCode: /\basync\b|\bawait\b|\bTask\b|\bactor\b/) },
    bad: Sample("Sources/ClusterSimulator/A.swift", "func f() async {}\n"),
    good: Sample("Sources/ClusterSimulator/A.swift", "func f() {}  // never async\n")
  ),
  Rule(
    name: "engine cannot fail",
    advice: "reject bad input in Scenarios; inside the engine a broken invariant is a precondition",
    covers: isEngine,
    findings: { $0.findings(inCode: /\bthrows?\b|\btry\b/) },
    bad: Sample("Sources/ClusterSimulator/A.swift", "func f() throws {}\n"),
    good: Sample("Sources/ClusterSimulator/A.swift", "func retry() {}\n")
  ),
  Rule(
    name: "engine has no clock and no foreign random numbers",
    advice: "simulated time, and draws keyed by purpose and entity",
    covers: isEngine,
    findings: { file in
      file.findings(
        inCode: /\bDate\b|\w*Clock\b|\.random\(|\.shuffled?\(|\.randomElement\(|\bhashValue\b/
      )
    },
    bad: Sample("Sources/SimKernel/A.swift", "let x = Double.random(in: 0..<1)\n"),
    good: Sample("Sources/SimKernel/A.swift", "let x = draw.uniform(key)\n")
  ),
  Rule(
    name: "types of the engine are documented",
    advice: "one sentence that says what it is; units and reasons after it",
    covers: isEngine,
    findings: undocumentedTypes,
    bad: Sample("Sources/SimKernel/A.swift", "package struct A {}\n"),
    good: Sample("Sources/SimKernel/A.swift", "/// A thing.\n@frozen\npackage struct A {}\n")
  ),
]

/// The simulator proper: everything a run's result can depend on.
@Sendable func isEngine(_ path: String) -> Bool {
  path.hasSuffix(".swift")
    && (path.hasPrefix("Sources/SimKernel/") || path.hasPrefix("Sources/ClusterSimulator/"))
}

/// Top-level types without a doc comment above them, attributes skipped.
@Sendable private func undocumentedTypes(in file: SourceText) -> [Finding] {
  file.code.indices.compactMap { index in
    let type = /^(?:@\w+(?:\([^)]*\))?\s+)*package\s+(?:indirect\s+)?(?:struct|enum|protocol)\b/
    guard file.code[index].contains(type) else { return nil }
    var above = index - 1
    while above >= 0, file.lines[above].hasPrefix("@") { above -= 1 }
    let isDocumented = above >= 0 && file.lines[above].hasPrefix("///")
    return isDocumented ? nil : Finding(line: index + 1, text: file.lines[index])
  }
}
