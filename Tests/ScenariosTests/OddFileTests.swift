import ClusterSimulator
import Foundation
import KubernetesManifests
import Scenarios
import SimKernel
import TestSupport
import Testing

@Suite("Odd scenario files are refused and never trap")
struct OddFileTests {
  @Test(
    "what is no scenario",
    arguments: [
      "", "# nothing\n", "- a\n- b\n", "text", "spec: []", "spec: {manifests: 3}", "spec: null",
      "spec: {manifests: [shop.yaml]}", "spec: {manifests: [shop.yaml], traffic: [3, null]}",
      "spec: {manifests: [shop.yaml], workloads: [1], faults: {}, variants: [a], sweep: 3}",
      "spec: {manifests: [shop.yaml], variants: {a: b, c: {d: }}, thresholds: [{}], output: 1}",
      "a: 1\n---\nb: 2\n", "spec: {manifests: [\"\"]}", "spec: {manifests: [.]}",
      "spec: {base: 3}", "spec: {base: nowhere.yaml}", "spec: {base: scenario.yaml}",
      "spec: {base: [scenario.yaml]}", "spec: {overrides: {a: 1}, manifests: [shop.yaml]}",
    ]
  )
  func isRefused(_ text: String) {
    #expect(throws: InvalidInput.self) { try Shop.load(text) }
  }

  @Test("files that are based on each other without end")
  func endlessBase() throws {
    let text = Shop.scenario.replacing("spec:\n", with: "spec:\n  base: scenario.yaml\n")
    #expect(
      try Shop.errors(text) == [
        "5:9 files are based on each other more than 5 deep | does a file lead back to itself?"
      ]
    )
  }

  @Test("a file takes over what it does not write, and manifests stay where they are")
  func base() throws {
    try withTemporaryDirectory { folder in
      let inner = folder.appending(path: "inner")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      try Data(Shop.scenario.utf8).write(to: folder.appending(path: "scenario.yaml"))
      try Data(Shop.manifests.utf8).write(to: folder.appending(path: "shop.yaml"))
      let text = """
        apiVersion: podstorm/v1
        kind: Scenario
        metadata: {name: derived}
        spec:
          base: ../scenario.yaml
          run: {duration: 3h}
          overrides: {workloads.web.concurrency: 5}
        """
      let file = inner.appending(path: "derived.yaml")
      try Data(text.utf8).write(to: file)
      let scenario = try ScenarioLoader.load(path: file.path)
      #expect(scenario.name == "derived")
      #expect(scenario.variants.map(\.name) == ["fast", "slow"])
      #expect(scenario.variants.allSatisfy { $0.plan.horizon == .hours(3) })
      #expect(scenario.variants.allSatisfy { $0.plan.workloads[0].server.concurrency == 5 })
      #expect(scenario.inputs.map(\.path) == ["derived.yaml", "../scenario.yaml", "../shop.yaml"])
    }
  }
}
