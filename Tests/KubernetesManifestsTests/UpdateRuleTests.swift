import KubernetesManifests
import Testing

@Suite("What may not change once it is created")
struct UpdateRuleTests {
  /// A change that is refused, one that is not, and where the first is reported.
  struct Change: Sendable, CustomTestStringConvertible {
    var base: String
    var find: String
    var refused: String
    var taken: String
    var path: String
    var message: String

    var testDescription: String { "\(path): \(refused)" }
  }

  private static let selector = "app: web}}"
  private static let immutable = "field is immutable"
  private static let spec = "spec:\n"

  static let changes: [Change] =
    [APIBase.deployment, APIBase.replicaSet, APIBase.daemonSet].map { base in
      Change(
        base: base.replacing("labels: {app: web}", with: "labels: {app: web, tier: a}"),
        find: selector,
        refused: "app: web, tier: a}}",
        taken: "app: web}}\n  minReadySeconds: 5",
        path: "spec.selector",
        message: immutable
      )
    } + [
      Change(
        base: APIBase.statefulSet,
        find: spec,
        refused: "spec:\n  podManagementPolicy: Parallel\n",
        taken: "spec:\n  replicas: 3\n  updateStrategy: {type: OnDelete}\n",
        path: "spec",
        message: "Forbidden: updates to statefulset spec"
      ),
      Change(
        base: APIBase.statefulSet,
        find: "serviceName: web",
        refused: "serviceName: other",
        taken: "serviceName: web",
        path: "spec",
        message: "Forbidden: updates to statefulset spec"
      ),
      Change(
        base: APIBase.job,
        find: spec,
        refused: "spec:\n  completions: 3\n",
        taken: "spec:\n  backoffLimit: 1\n",
        path: "spec.completions",
        message: immutable
      ),
      Change(
        base: APIBase.slice.replacing("10.0.0.1", with: "db.example")
          .replacing("IPv4", with: "FQDN"),
        find: "FQDN\nendpoints:\n  - addresses: [db.example]",
        refused: "IPv4\nendpoints:\n  - addresses: [10.0.0.1]",
        taken: "FQDN\nendpoints:\n  - addresses: [db2.example]",
        path: "addressType",
        message: immutable
      ),
      Change(
        base: APIBase.loadBalancer,
        find: spec,
        refused: "spec:\n  loadBalancerClass: a/b\n",
        taken: "spec:\n  externalTrafficPolicy: Local\n",
        path: "spec.loadBalancerClass",
        message: "may not change once set"
      ),
    ]

  private func errors(_ new: String, over old: String) -> [Diagnostic] {
    let reader = YAMLReader()
    let (next, diagnostics) = Fixtures.read(new)
    #expect(!diagnostics.contains { $0.severity == .error }, "\(diagnostics.map(\.rendered))")
    UpdateRules.check(next, over: Fixtures.read(old).set, reader)
    return reader.diagnostics.all
  }

  @Test(arguments: changes)
  func isRefused(_ change: Change) throws {
    let new = change.base.replacing(change.find, with: change.refused, maxReplacements: 1)
    let found = errors(new, over: change.base)
    #expect(found.map(\.field) == [change.path])
    #expect(found.first?.message.contains(change.message) == true)
    #expect(found.first?.mark?.file == "m.yaml")
  }

  @Test(arguments: changes)
  func otherChangesAreTaken(_ change: Change) {
    let new = change.base.replacing(change.find, with: change.taken, maxReplacements: 1)
    #expect(errors(new, over: change.base).isEmpty)
    #expect(errors(change.base, over: change.base).isEmpty)
  }

  @Test("another object of the same name elsewhere is no update")
  func otherNamespaces() {
    let change = Self.changes[0]
    let new = change.base.replacing(change.find, with: change.refused, maxReplacements: 1)
      .replacing("{name: web}", with: "{name: web, namespace: shop}", maxReplacements: 1)
    #expect(errors(new, over: change.base).isEmpty)
  }

  @Test("an indexed Job grows together with its parallelism")
  func elasticJobs() {
    let job = APIBase.job.replacing(
      "spec:\n  t",
      with: "spec:\n  completionMode: Indexed\n  completions: 2\n  parallelism: 2\n  t"
    )
    let larger = job.replacing("completions: 2", with: "completions: 4")
    #expect(errors(larger, over: job).map(\.field) == ["spec.completions"])
    let both = larger.replacing("parallelism: 2", with: "parallelism: 4")
    #expect(errors(both, over: job).isEmpty)
  }
}
