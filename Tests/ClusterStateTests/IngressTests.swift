import ClusterState
import KubernetesManifests
import SimKernel
import Testing

@Suite struct IngressTests {
  private static func rule(
    _ path: String,
    _ type: IngressState.PathType,
    _ service: String = "web"
  ) -> IngressState.Path {
    IngressState.Path(path, type, IngressState.Backend(service, port: .number(80)))
  }

  /// The examples of the Ingress documentation.
  @Test(arguments: [
    (IngressState.PathType.prefix, "/", "/anything/at/all", true), (.exact, "/foo", "/foo", true),
    (.exact, "/foo", "/bar", false), (.exact, "/foo", "/foo/", false),
    (.exact, "/foo/", "/foo", false), (.prefix, "/foo", "/foo", true),
    (.prefix, "/foo", "/foo/", true), (.prefix, "/foo/", "/foo", true),
    (.prefix, "/foo/", "/foo/", true), (.prefix, "/aaa/bb", "/aaa/bbb", false),
    (.prefix, "/aaa/bbb", "/aaa/bbb", true), (.prefix, "/aaa/bbb/", "/aaa/bbb", true),
    (.prefix, "/aaa/bbb", "/aaa/bbb/", true), (.prefix, "/aaa/bbb", "/aaa/bbb/ccc", true),
    (.prefix, "/aaa/bbb", "/aaa/bbbxyz", false), (.prefix, "/foo", "/foobar", false),
    (.implementationSpecific, "/foo", "/foo/bar", true),
  ])
  func pathsMatchWholeElements(
    type: IngressState.PathType,
    path: String,
    request: String,
    isMatch: Bool
  ) {
    #expect(IngressRouter.matches(Self.rule(path, type), request) == isMatch)
  }

  private static let ingress = IngressState(
    ObjectKey("shop", "front"),
    rules: [
      IngressState.Rule(paths: [rule("/", .prefix, "any"), rule("/foo", .prefix, "any-foo")]),
      IngressState.Rule(host: "*.foo.com", paths: [rule("/", .prefix, "wild")]),
      IngressState.Rule(
        host: "bar.foo.com",
        paths: [
          rule("/foo", .prefix, "prefix"), rule("/foo", .exact, "exact"),
          rule("/foo/deep", .prefix, "deep"),
        ]
      ),
    ]
  )

  @Test(
    arguments: [
      ("bar.foo.com", "/foo", "exact"), ("BAR.foo.com:8080", "/foo/x", "prefix"),
      ("bar.foo.com", "/foo/deep/er", "deep"), ("bar.foo.com", "/other", nil),
      ("x.foo.com", "/foo", "wild"), ("baz.bar.foo.com", "/", "any"),
      ("foo.com", "/foo", "any-foo"),
      ("other.org", "/", "any"), (".foo.com", "/", "any"),
    ] as [(String, String, String?)]
  )
  func hostDecidesBeforePath(host: String, path: String, service: String?) {
    let match = IngressRouter([Self.ingress]).match(host: host, path: path)
    #expect(match?.backend.service == service)
    if let match { #expect(match.service == ObjectKey("shop", match.backend.service)) }
  }

  @Test func defaultBackendsServeWhatNoRuleDoes() {
    var ingress = Self.ingress
    ingress.rules.removeFirst()
    #expect(IngressRouter([ingress]).match(host: "other.org", path: "/") == nil)
    let fallback = IngressState.Backend("fallback", port: .name("http"))
    let catchAll = IngressState(ObjectKey("web", "all"), defaultBackend: fallback)
    let router = IngressRouter([ingress, catchAll])
    #expect(router.match(host: "other.org", path: "/")?.service == ObjectKey("web", "fallback"))
    ingress.defaultBackend = IngressState.Backend("own", port: .number(80))
    let other = IngressRouter([ingress, catchAll])
    #expect(other.match(host: "bar.foo.com", path: "/no")?.backend.service == "own")
    #expect(other.match(host: "x.foo.com", path: "/no")?.backend.service == "wild")
    #expect(IngressRouter.noMatchStatus == 404)
  }

  @Test func firstOfEqualRulesCounts() {
    let second = IngressState(
      ObjectKey("shop", "second"),
      rules: [IngressState.Rule(host: "bar.foo.com", paths: [Self.rule("/foo", .exact, "late")])]
    )
    let match = IngressRouter([Self.ingress, second]).match(host: "bar.foo.com", path: "/foo")
    #expect(match?.ingress.name == "front")
  }

  /// Tries, whether they may be repeated → status, number of tries, seconds.
  @Test(
    arguments: [
      ([], true, 503, 0, 0), ([.refused], true, 502, 3, 0), ([.refused], false, 502, 3, 0),
      ([.connectTimeout], true, 504, 3, 15), ([.connectTimeout], false, 504, 3, 15),
      ([.readTimeout], true, 504, 3, 180), ([.readTimeout], false, 504, 1, 60),
      ([.reset(after: .seconds(1))], true, 502, 3, 3),
      ([.reset(after: .seconds(1))], false, 502, 1, 1),
      ([.refused, .answered(status: 200, after: .seconds(2))], true, 200, 2, 2),
      ([.connectTimeout, .connectTimeout, .refused], true, 502, 3, 10),
      ([.refused, .refused, .connectTimeout], true, 504, 3, 5),
      ([.answered(status: 500, after: .zero)], true, 500, 1, 0),
    ] as [([IngressProxy.Attempt], Bool, Int, Int, Int64)]
  )
  func statusFollowsTheLastTry(
    attempts: [IngressProxy.Attempt],
    isIdempotent: Bool,
    status: Int,
    tries: Int,
    seconds: Int64
  ) {
    let outcome = IngressProxy().outcome(of: attempts, isIdempotent: isIdempotent)
    #expect(outcome.status == status && outcome.tries == tries)
    #expect(outcome.duration == .seconds(seconds))
  }

  @Test func oneLoadBalancerIsCheaperThanTen() {
    let cost = ExposureCost(services: 10, on: .aws)
    #expect(cost.loadBalancerEach == 164_250_000 && cost.oneIngress == 16_425_000)
    #expect(ExposureCost(services: 0, on: .aws).oneIngress == 0)
  }
}
