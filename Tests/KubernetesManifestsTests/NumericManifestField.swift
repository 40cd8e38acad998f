import KubernetesManifests

/// A numeric field of a manifest, with all that may stand there.
struct NumericManifestField: Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    case quantity
    /// A quantity that is not zero.
    case positiveQuantity
    /// A count or a percentage up to the limit.
    case share(limit: Int)
    /// A count or a percentage up to 100, but not zero.
    case positiveShare
    /// A number or name of a port.
    case port
  }
  /// Manifest with a right value in the field, in block style so that any text can replace it.
  var manifest: String
  var path: String
  var kind: Kind
  /// Whether the object cannot do without it.
  var isRequired = false

  var description: String { path }

  static let all = deployment + statefulSet + service + autoscaler + furtherKinds

  private static let natural = 0...2_147_483_647
  private static let positive = 1...2_147_483_647

  private static func field(
    _ manifest: String,
    _ path: String,
    _ kind: Kind,
    isRequired: Bool = false
  ) -> NumericManifestField {
    NumericManifestField(manifest: manifest, path: path, kind: kind, isRequired: isRequired)
  }

  private static let deployment: [NumericManifestField] = {
    let pod = "spec.template.spec."
    let container = pod + "containers[0]."
    let rolling = "spec.strategy.rollingUpdate."
    let handlers = ["httpGet", "tcpSocket", "grpc"]
    let probes = zip(["readiness", "liveness", "startup"], handlers).flatMap { role, handler in
      let probe = container + "\(role)Probe."
      let times = ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"]
      let success = role == "readiness" ? natural : 0...1
      let port: Kind = handler == "grpc" ? .integer(1...65_535) : .port
      let ends = role == "readiness" ? [] : ["terminationGracePeriodSeconds"]
      return times.map { field(manifest, probe + $0, .integer(natural)) }
        + ends.map { field(manifest, probe + $0, .integer(positive)) }
        + [
          field(manifest, probe + "successThreshold", .integer(success)),
          field(manifest, probe + handler + ".port", port, isRequired: true),
        ]
    }
    let resources = ["[0].resources.requests.", "[1].resources.limits."].flatMap { list in
      ["cpu", "memory"].map {
        field(manifest, pod + "containers" + list + $0, .quantity, isRequired: true)
      }
    }
    return probes + resources + [
      field(manifest, "spec.replicas", .integer(natural)),
      field(manifest, "spec.minReadySeconds", .integer(natural)),
      field(manifest, "spec.progressDeadlineSeconds", .integer(positive)),
      field(manifest, rolling + "maxSurge", .share(limit: 2_147_483_647)),
      field(manifest, rolling + "maxUnavailable", .share(limit: 100)),
      field(manifest, pod + "terminationGracePeriodSeconds", .integer(natural)),
      field(
        manifest,
        container + "lifecycle.preStop.sleep.seconds",
        .integer(0...45),
        isRequired: true
      ),
      field(manifest, container + "ports[0].containerPort", .integer(1...65_535), isRequired: true),
    ]
  }()

  private static let manifest = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      replicas: 3
      minReadySeconds: 0
      progressDeadlineSeconds: 600
      selector: {matchLabels: {app: web}}
      strategy:
        rollingUpdate:
          maxSurge: 1
          maxUnavailable: 1
      template:
        metadata: {labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 45
          containers:
            - name: server
              image: web
              ports:
                - containerPort: 8080
              resources:
                requests:
                  cpu: 1
                  memory: 1
              lifecycle:
                preStop:
                  sleep:
                    seconds: 10
    \(probe("readiness", "httpGet"))
    \(probe("liveness", "tcpSocket"))
    \(probe("startup", "grpc"))
            - name: proxy
              image: proxy
              resources:
                limits:
                  cpu: 1
                  memory: 1

    """

  private static func probe(_ role: String, _ handler: String) -> String {
    let grace = role == "readiness" ? "" : "            terminationGracePeriodSeconds: 30\n"
    return """
                \(role)Probe:
                  \(handler):
                    port: 8080
                  initialDelaySeconds: 1
                  periodSeconds: 10
                  timeoutSeconds: 1
                  successThreshold: 1
      \(grace)            failureThreshold: 3
      """
  }

  private static let statefulSet = [
    ("spec.replicas", Kind.integer(natural)), ("spec.minReadySeconds", .integer(natural)),
    ("spec.updateStrategy.rollingUpdate.partition", .integer(natural)),
    ("spec.updateStrategy.rollingUpdate.maxUnavailable", .positiveShare),
  ].map { path, kind in
    field(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: orders}
      spec:
        replicas: 3
        minReadySeconds: 0
        selector: {matchLabels: {app: orders}}
        updateStrategy:
          rollingUpdate:
            partition: 0
            maxUnavailable: 1
        template:
          metadata: {labels: {app: orders}}
          spec: {containers: [{name: postgres, image: postgres}]}

      """,
      path,
      kind
    )
  }

  private static let service = [
    ("spec.ports[0].port", Kind.integer(1...65_535), true),
    ("spec.ports[0].targetPort", .port, false),
    ("spec.ports[0].nodePort", .integer(30_000...32_767), false),
    ("spec.healthCheckNodePort", .integer(0...65_535), false),
    ("spec.sessionAffinityConfig.clientIP.timeoutSeconds", .integer(1...86_400), false),
  ].map { path, kind, isRequired in
    field(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        type: LoadBalancer
        externalTrafficPolicy: Local
        healthCheckNodePort: 30001
        selector: {app: web}
        ports:
          - name: http
            port: 80
            targetPort: 8080
            nodePort: 30080
        sessionAffinity: ClientIP
        sessionAffinityConfig:
          clientIP:
            timeoutSeconds: 60

      """,
      path,
      kind,
      isRequired: isRequired
    )
  }

  private static let autoscaler: [NumericManifestField] = {
    let rules = ["scaleUp", "scaleDown"].map { direction in
      """
          \(direction):
            stabilizationWindowSeconds: 60
            tolerance: 0.1
            policies:
              - type: Pods
                value: 4
                periodSeconds: 15
      """
    }
    let text = """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        scaleTargetRef: {kind: Deployment, name: web}
        minReplicas: 1
        maxReplicas: 10
        metrics:
          - type: Resource
            resource:
              name: cpu
              target:
                type: Utilization
                averageUtilization: 60
          - type: Resource
            resource:
              name: memory
              target:
                type: AverageValue
                averageValue: 1
        behavior:
      \(rules.joined(separator: "\n"))

      """
    let behavior = ["scaleUp", "scaleDown"].flatMap { direction in
      let rules = "spec.behavior.\(direction)."
      return [
        field(text, rules + "stabilizationWindowSeconds", .integer(0...3_600)),
        field(text, rules + "tolerance", .quantity),
        field(text, rules + "policies[0].value", .integer(positive), isRequired: true),
        field(text, rules + "policies[0].periodSeconds", .integer(1...1_800), isRequired: true),
      ]
    }
    let metric = "].resource.target."
    return behavior + [
      field(text, "spec.minReplicas", .integer(positive)),
      field(text, "spec.maxReplicas", .integer(positive), isRequired: true),
      field(
        text,
        "spec.metrics[0" + metric + "averageUtilization",
        .integer(positive),
        isRequired: true
      ),
      field(text, "spec.metrics[1" + metric + "averageValue", .positiveQuantity, isRequired: true),
    ]
  }()
}
