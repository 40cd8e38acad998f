import KubernetesManifests
import Testing

private let container = "spec.template.spec.containers[0]"

@Suite struct BadManifestTests {
  @Test(arguments: misspeltManifests + mistypedManifests + ruleBreakingManifests)
  func pointsAtTheFault(_ breakage: Breakage) throws {
    #expect(breakage.fixture.contains(breakage.find), "the edit must apply")
    let broken = breakage.fixture.replacing(
      breakage.find,
      with: breakage.replacement,
      maxReplacements: 1
    )
    let (text, line, column) = Fixtures.withoutMarker(broken)
    let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
    let found = try #require(
      errors.first { $0.message == breakage.message && $0.field == breakage.field },
      "\(errors.map(\.rendered))"
    )
    #expect(found.mark == SourceMark(file: "m.yaml", line: line, column: column))
    #expect(found.hint == breakage.hint)
    #expect(errors.count <= 2, "no cascade: \(errors.map(\.rendered))")
  }

  @Test func thereAreEnoughCases() {
    #expect((misspeltManifests + mistypedManifests + ruleBreakingManifests).count >= 60)
  }

  @Test func allFaultsAreReportedAtOnce() {
    let text = Fixtures.deployment
      .replacing("replicas: 3", with: "replicas: three")
      .replacing("cpu: 500m", with: "cpu: lots")
      .replacing("containerPort: 8080", with: "containerPort: 0")
    let errors = Fixtures.read(text).diagnostics.filter { $0.severity == .error }
    #expect(
      errors.map(\.field) == [
        "spec.replicas", "\(container).ports[0].containerPort",
        "\(container).resources.requests.cpu",
      ]
    )
  }

  @Test func theSameObjectTwiceIsAnError() throws {
    let text = Fixtures.service + "---\n" + Fixtures.service
    let errors = Fixtures.read(text).diagnostics
    let error = try #require(errors.first)
    #expect(errors.count == 1)
    #expect(error.message == "Duplicate value: Service 'backend' is already given at m.yaml:3")
    #expect(error.mark?.line == 13)
  }

  @Test func theSameNameInAnotherNamespaceOrKindIsFine() {
    let other = Fixtures.service.replacing("namespace: shop", with: "namespace: depot")
      .replacing(", nodePort: 30080", with: "")
    let text = [Fixtures.service, other, Fixtures.deployment].joined(separator: "---\n")
    let (set, diagnostics) = Fixtures.read(text)
    #expect(diagnostics.isEmpty)
    #expect(set.services.map(\.metadata.qualifiedName) == ["shop/backend", "depot/backend"])
  }

  @Test(arguments: [
    "just text", "- a\n- b", "kind: Service", "apiVersion: v1", "{}", "apiVersion: v1\nkind: [1]",
    "apiVersion: v1\nkind: Service", "apiVersion: v1\nkind: Service\nmetadata: 3\nspec: 4",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: []}}",
    "apiVersion: v1\nkind: List\nitems: 3",
  ])
  func documentsThatAreNoObjectsAreErrors(_ text: String) {
    #expect(Fixtures.read(text).diagnostics.contains { $0.severity == .error && $0.mark != nil })
  }
}
