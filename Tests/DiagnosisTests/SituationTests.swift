import Diagnosis
import KubernetesManifests
import Testing

/// What depends on more than a manifest: a scenario, the cluster, the order of files, numbers.
@Suite struct SituationTests {
  private static let shop = """
    apiVersion: v1
    kind: Service
    metadata: {name: checkout}
    spec: {type: LoadBalancer, selector: {app: checkout}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: checkout}
    spec:
      replicas: 2
      selector: {matchLabels: {app: checkout}}
      template:
        metadata: {labels: {app: checkout}}
        spec:
          containers:
            - name: c
              image: c:1
              ports: [{containerPort: 8080}]
              readinessProbe: {tcpSocket: {port: 8080}}
              livenessProbe: {httpGet: {path: /, port: 8080}}
              lifecycle: {preStop: {sleep: {seconds: 5}}}
    """

  private func scenario(startup: String, routing: String) -> String {
    """
    spec:
      workloads:
        default/deployment/checkout:
          startup: \(startup)
          calls:
            ledger: {target: http://checkout, routing: \(routing)}
    """
  }

  /// Liveness has its defaults, so that it kills after 3 × 10 s.
  @Test(arguments: [("29s", 0), ("30s", 1), ("2m", 1)])
  func scenarioTellsHowLongAStartTakes(startup: String, count: Int) throws {
    let findings = try examine(
      Self.shop,
      scenario: scenario(startup: startup, routing: "dns")
    )
    #expect(findings.count { $0.code == "PS1503" } == count)
    #expect(!findings.contains { $0.code == "PS1301" })
  }

  @Test(arguments: ["hardcodedIP", "{hardcodedIP: {capturedAt: 1m}}"])
  func scenarioTellsWhoKeepsAddresses(routing: String) throws {
    let findings = try examine(Self.shop, scenario: scenario(startup: "1s", routing: routing))
    let finding = try #require(findings.first { $0.code == "PS1301" })
    #expect(finding.span.mark.file == "scenario.yaml")
    #expect(finding.span.mark.line == 6)
    #expect(finding.span.length == "hardcodedIP".count)
  }

  @Test(
    arguments: [
      (nil, Finding.Severity.note), (false, .error), (true, nil),
    ] as [(Bool?, Finding.Severity?)]
  )
  func whetherALoadBalancerStaysPendingDependsOnTheCluster(
    hasProvider: Bool?,
    severity: Finding.Severity?
  ) throws {
    let findings = try examine(Self.shop, cluster: ClusterFacts(hasLoadBalancers: hasProvider))
    #expect(findings.first { $0.code == "PS1401" }?.severity == severity)
  }

  @Test(arguments: [
    ("checkout", "LoadBalancer", false), ("checkout", "ClusterIP", true),
    ("http://checkout.default/orders", "ClusterIP", true), ("elsewhere.com", "ClusterIP", false),
  ])
  func usersOutsideNeedAnEntrance(target: String, type: String, isFound: Bool) throws {
    let scenario = "spec: {traffic: [{name: users, target: \"\(target)\"}]}"
    let shop = Self.shop.replacing("type: LoadBalancer", with: "type: \(type)")
    let finding = try examine(shop, scenario: scenario).first { $0.code == "PS1408" }
    #expect((finding != nil) == isFound)
    #expect(finding.map { $0.severity == .note } ?? true)
    #expect(finding.map { $0.span.mark.file == "scenario.yaml" } ?? true)
  }

  /// Of two candidates the one with fewer differing labels is named, then the nearer spelling.
  @Test(arguments: [
    ("{app: shop, tier: backnd}", "checkout-backend", "tier: backend"),
    ("{app: shop, tier: Frontend}", "checkout-frontend", "tier: frontend"),
    ("{app: shop, tier: api-backend}", "checkout-backend", "tier: backend"),
  ])
  func nearestPodsAreNamed(selector: String, workload: String, fix: String) throws {
    let pods = [("checkout-frontend", "frontend"), ("checkout-backend", "backend")].map {
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: \($0.0)}
      spec:
        selector: {matchLabels: {app: shop, tier: \($0.1)}}
        template:
          metadata: {labels: {app: shop, tier: \($0.1)}}
          spec: {containers: [{name: c, image: "c:1"}]}
      """
    }
    let service = """
      apiVersion: v1
      kind: Service
      metadata: {name: checkout}
      spec: {selector: \(selector), ports: [{port: 80}]}
      """
    let findings = try examine((pods + [service]).joined(separator: "\n---\n"))
    let finding = try #require(findings.first { $0.code == "PS1101" })
    #expect(finding.message.contains("Deployment \(workload) have `\(fix)`"), "\(finding.message)")
    #expect(finding.fix == "write `\(fix)` here")
  }

  @Test func severalDifferencesAreAllNamed() throws {
    let text = """
      apiVersion: v1
      kind: Service
      metadata: {name: checkout}
      spec: {selector: {app: checkout, tier: api, zone: a}, ports: [{port: 80}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: one, labels: {app: checkout, tier: web}}
      spec: {containers: [{name: c, image: "c:1"}]}
      """
    let finding = try #require(try examine(text).first { $0.code == "PS1101" })
    #expect(finding.message.contains("`tier: api` and `zone: a`"))
    #expect(finding.message.contains("`tier: web` and no label `zone`"))
  }

  /// 12 of header, 6 beside the name, 16 for each address: (512 − 12 − 4 − 2 − 30) / 16 = 29.
  @Test(arguments: [(29, false), (30, true)])
  func dnsAnswerIsMeasuredInBytes(replicas: Int, isFound: Bool) throws {
    // `abc.default.svc.cluster.local` has 29 characters, `abcd.…` has 30.
    let text = """
      apiVersion: v1
      kind: Service
      metadata: {name: abcd}
      spec: {clusterIP: None, selector: {app: abcd}, ports: [{port: 80}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: abcd}
      spec:
        replicas: \(replicas)
        selector: {matchLabels: {app: abcd}}
        template:
          metadata: {labels: {app: abcd}}
          spec: {containers: [{name: c, image: "c:1"}]}
      """
    #expect("abcd.default.svc.cluster.local".count == 30)
    #expect(try examine(text).contains { $0.code == "PS1411" } == isFound)
  }

  /// Facts of the API: percentages of a budget are rounded up, those of a rollout down.
  @Test(arguments: [("30%", 7, false), ("0%", 7, true), ("1", 1, false), ("0", 3, true)])
  func budgetRoundsUp(maxUnavailable: String, replicas: Int, isFound: Bool) throws {
    let text = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a}
      spec:
        replicas: \(replicas)
        selector: {matchLabels: {app: a}}
        template:
          metadata: {labels: {app: a}}
          spec: {containers: [{name: c, image: "c:1"}]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: a}
      spec: {maxUnavailable: \(maxUnavailable), selector: {matchLabels: {app: a}}}
      """
    #expect(try examine(text).contains { $0.code == "PS1607" } == isFound)
  }

  /// How sure a rule is decides between error, warning and note.
  @Test(arguments: [
    ("checkout-servce", "checkout-service", Finding.Severity.error),
    ("postgres", "postgresql", .warning), ("cart", "carts", .warning),
    ("recomendations", "recommendations", .error),
  ])
  func shortNamesThatAreAlikeMayBeTwo(
    called: String,
    service: String,
    severity: Finding.Severity
  ) throws {
    let text = """
      apiVersion: v1
      kind: Service
      metadata: {name: \(service)}
      spec: {ports: [{port: 80}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: client}
      spec:
        containers:
          - {name: c, image: "c:1", env: [{name: URL, value: "http://\(called)"}]}
      """
    #expect(try examine(text).first { $0.code == "PS1303" }?.severity == severity)
  }

  /// A port that is one digit off is a slip; others are often left undeclared.
  @Test(
    arguments: [
      (8081, Finding.Severity.warning), (9090, .note), (808, .note), (8080, nil),
    ] as [(Int, Finding.Severity?)]
  )
  func probeOfAnUndeclaredPort(port: Int, severity: Finding.Severity?) throws {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec:
        containers:
          - name: c
            image: c:1
            ports: [{containerPort: 8080}]
            readinessProbe: {tcpSocket: {port: \(port)}}
      """
    #expect(try examine(text).first { $0.code == "PS1502" }?.severity == severity)
  }

  /// A declared port that nothing leads to makes a wrong targetPort certain.
  @Test(
    arguments: [
      ("[{containerPort: 8080}]", Finding.Severity.error),
      ("[{name: metrics, containerPort: 9090}]", .warning), ("[]", nil),
    ] as [(String, Finding.Severity?)]
  )
  func undeclaredTargetPort(declared: String, severity: Finding.Severity?) throws {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {name: a, labels: {app: a}}
      spec: {containers: [{name: c, image: "c:1", ports: \(declared)}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: a}
      spec:
        selector: {app: a}
        ports:
          - {name: http, port: 80, targetPort: 8000}
          - {name: metrics, port: 9090}
      """
    #expect(try examine(text).first { $0.code == "PS1201" }?.severity == severity)
  }

  /// Odd shapes end in findings or in silence, never in a trap.
  @Test(arguments: [
    "", "a", "[]", "{}", "kind: Service", "kind: Service\nmetadata: {name: a}\nspec: []",
    "kind: Deployment\nmetadata: {name: a}\nspec: {replicas: -5, template: {spec: {}}}",
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: a}
    spec:
      replicas: 9223372036854775807
      template:
        metadata: {labels: {a: b}}
        spec:
          terminationGracePeriodSeconds: 9223372036854775807
          containers:
            - name: c
              image: ":"
              env: [{name: A_HOST, value: [1]}, 3, {name: B_URL, value: "http://a:0"}]
              ports: [3, {containerPort: -9223372036854775808}]
              readinessProbe: {initialDelaySeconds: 9223372036854775807, httpGet: {port: 1}}
              livenessProbe:
                periodSeconds: -9223372036854775808
                failureThreshold: 9223372036854775807
                timeoutSeconds: 9223372036854775807
                httpGet: {port: 1}
              lifecycle: {preStop: {sleep: {seconds: 9223372036854775807}}}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: a}
    spec:
      selector: {a: b}
      ports: [{port: 99999999999, targetPort: {}}, {port: -1, nodePort: -1}, 7]
      type: NodePort
    ---
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: {name: a}
    spec: {minAvailable: 999999999999999%, selector: {}}
    """,
  ])
  func oddShapesAreNoTrap(text: String) throws {
    for finding in try examine(text) { #expect(!finding.message.isEmpty) }
  }
}
