/// What each module may import besides the system's own modules: the layers, lowest first.
///
/// docs/ARCHITECTURE.md says why.
let allowedImports: [String: [String]] = [
  "CGSL": [],
  "SimKernel": [],
  "Statistics": ["SimKernel", "CGSL"],
  "KubernetesManifests": ["Yams", "CYaml"],
  "ClusterState": ["KubernetesManifests", "SimKernel"],
  "ClusterSimulator": ["SimKernel"],
  "Scenarios": [
    "ClusterState", "KubernetesManifests", "ClusterSimulator", "Statistics", "SimKernel",
  ],
  "Diagnosis": ["Scenarios", "ClusterState", "KubernetesManifests", "SimKernel"],
  "Experiments": [
    "Scenarios", "KubernetesManifests", "ClusterSimulator", "Statistics", "SimKernel",
  ],
  "Reports": [
    "Experiments", "Scenarios", "KubernetesManifests", "ClusterSimulator", "Statistics",
    "SimKernel",
  ],
  "Inspection": [
    "Reports", "Diagnosis", "Scenarios", "ClusterState", "KubernetesManifests",
    "ClusterSimulator", "SimKernel",
  ],
  "PodstormCLI": [
    "Inspection", "Reports", "Experiments", "Diagnosis", "Scenarios", "ClusterState",
    "KubernetesManifests",
    "ClusterSimulator", "Statistics", "SimKernel", "ArgumentParser",
  ],
  "podstorm": ["PodstormCLI"],
]

/// Modules of the operating system; the kernel and the engine do without them.
let systemModules = ["Foundation", "Dispatch", "Synchronization", "Glibc", "Darwin", "Musl"]

/// Who may know whom.
let importRules: [Rule] = [
  Rule(
    name: "kernel imports nothing",
    advice: "SimKernel is plain Swift: move what needs a library one layer up",
    covers: { $0.hasPrefix("Sources/SimKernel/") },
    findings: { $0.findings(inCode: /\bimport\b/) },
    bad: Sample("Sources/SimKernel/A.swift", "import Foundation\n"),
    good: Sample("Sources/SimKernel/A.swift", "/// Does not import anything.\nlet a = 1\n")
  ),
  Rule(
    name: "engine imports only SimKernel",
    advice: "the simulator has no file, no clock and no text format",
    covers: { $0.hasPrefix("Sources/ClusterSimulator/") },
    findings: { importsOutside(["SimKernel"], in: $0) },
    bad: Sample("Sources/ClusterSimulator/A.swift", "package import Statistics\n"),
    good: Sample("Sources/ClusterSimulator/A.swift", "package import SimKernel\n")
  ),
  Rule(
    name: "layers",
    advice: "a module imports only from layers below it, see docs/ARCHITECTURE.md",
    covers: { module(of: $0) != nil },
    findings: { file in
      guard let module = module(of: file.path) else { return [] }
      guard let allowed = allowedImports[module] else {
        return [Finding(line: 1, text: "module \(module) is in no layer yet")]
      }
      return importsOutside(allowed + systemModules, in: file)
    },
    bad: Sample("Sources/Scenarios/A.swift", "internal import Reports\n"),
    good: Sample("Sources/Reports/A.swift", "internal import Scenarios\n")
  ),
  Rule(
    name: "only KubernetesManifests knows YAML",
    advice: "read through KubernetesManifests' own nodes, which remember line and column",
    covers: { module(of: $0).map { $0 != "KubernetesManifests" } ?? false },
    findings: { $0.findings(inCode: /\bimport\s+(Yams|CYaml)\b/) },
    bad: Sample("Sources/Scenarios/A.swift", "import Yams\n"),
    good: Sample("Sources/KubernetesManifests/A.swift", "import Yams\n")
  ),
  Rule(
    name: "Swift Testing, release mode",
    advice: "import Testing, and `package` access instead of @testable, which release mode lacks",
    covers: { $0.hasPrefix("Tests/") && $0.hasSuffix(".swift") },
    findings: { $0.findings(inCode: /@testa[b]le\b|\bimport\s+XCTes[t]\b/) },
    bad: Sample("Tests/A/B.swift", "@testable import SimKernel\n"),
    good: Sample("Tests/A/B.swift", "import SimKernel\nimport Testing\n")
  ),
]

/// The module a source file belongs to, `nil` outside `Sources/`.
func module(of path: String) -> String? {
  let parts = path.split(separator: "/")
  guard parts.count > 2, parts[0] == "Sources", path.hasSuffix(".swift") else { return nil }
  return String(parts[1])
}

private func importsOutside(_ allowed: [String], in file: SourceText) -> [Finding] {
  file.code.indices.compactMap { index in
    let statement = /^\s*(?:@\w+\s+)*(?:\w+\s+)?import\s+(?:\w+\s+)?(\w+)/
    guard let match = file.code[index].firstMatch(of: statement),
      !allowed.contains(String(match.1))
    else { return nil }
    return Finding(line: index + 1, text: file.lines[index])
  }
}
