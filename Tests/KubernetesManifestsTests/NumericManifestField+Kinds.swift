extension NumericManifestField {
  private static let natural = Kind.integer(0...2_147_483_647)
  private static let positive = Kind.integer(1...2_147_483_647)
  private static let port = Kind.integer(1...65_535)

  /// Those of kinds besides Deployment, StatefulSet, Service and HorizontalPodAutoscaler, and of
  /// what every pod may say about its place.
  static let furtherKinds = pod + jobs + others + metrics

  private static func fields(
    _ manifest: String,
    _ entries: [(path: String, kind: Kind)],
    required: [(path: String, kind: Kind)] = []
  ) -> [NumericManifestField] {
    entries.map { NumericManifestField(manifest: manifest, path: $0.path, kind: $0.kind) }
      + required.map {
        NumericManifestField(manifest: manifest, path: $0.path, kind: $0.kind, isRequired: true)
      }
  }

  private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

  private static let pod = fields(
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      activeDeadlineSeconds: 60
      priority: 10
      containers:
        - name: web
          image: web
          ports:
            - containerPort: 8080
              hostPort: 8080
      tolerations:
        - key: spot
          operator: Exists
          effect: NoExecute
          tolerationSeconds: 300
      topologySpreadConstraints:
        - topologyKey: zone
          whenUnsatisfiable: DoNotSchedule
          maxSkew: 1
          minDomains: 2
      affinity:
        nodeAffinity:
          \(preferred):
            - preference: {}
              weight: 1

    """,
    [
      ("spec.activeDeadlineSeconds", positive),
      ("spec.priority", .integer(-(1 << 31)...1 << 31 - 1)),
      ("spec.containers[0].ports[0].hostPort", .integer(0...65_535)),
      ("spec.tolerations[0].tolerationSeconds", .integer(-(1 << 53)...1 << 53)),
      ("spec.topologySpreadConstraints[0].minDomains", positive),
    ],
    required: [
      ("spec.topologySpreadConstraints[0].maxSkew", positive),
      ("spec.affinity.nodeAffinity.\(preferred)[0].weight", .integer(1...100)),
    ]
  )

  private static let jobs =
    fields(
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: report}
      spec:
        parallelism: 2
        completions: 4
        completionMode: Indexed
        backoffLimit: 3
        activeDeadlineSeconds: 60
        ttlSecondsAfterFinished: 60
        template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}

      """,
      [
        ("spec.parallelism", .integer(0...100_000)), ("spec.backoffLimit", natural),
        ("spec.activeDeadlineSeconds", natural), ("spec.ttlSecondsAfterFinished", natural),
      ],
      required: [("spec.completions", natural)]
    )
    + fields(
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: report}
      spec:
        schedule: "0 3 * * *"
        startingDeadlineSeconds: 60
        successfulJobsHistoryLimit: 3
        failedJobsHistoryLimit: 1
        jobTemplate:
          spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}

      """,
      [
        ("spec.startingDeadlineSeconds", natural), ("spec.successfulJobsHistoryLimit", natural),
        ("spec.failedJobsHistoryLimit", natural),
      ]
    )

  private static let others =
    fields(
      """
      apiVersion: v1
      kind: Endpoints
      metadata: {name: legacy}
      subsets:
        - addresses: [{ip: 10.0.0.1}]
          ports:
            - port: 5432

      """,
      [],
      required: [("subsets[0].ports[0].port", port)]
    )
    + fields(
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: legacy-1}
      addressType: IPv4
      endpoints: [{addresses: [10.0.0.1]}]
      ports:
        - port: 5432

      """,
      [("ports[0].port", port)]
    )
    + fields(
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web}
      spec:
        defaultBackend:
          service:
            name: web
            port:
              number: 80

      """,
      [],
      required: [("spec.defaultBackend.service.port.number", port)]
    )
    + fields(
      """
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec:
        minAvailable: 1

      """,
      [("spec.minAvailable", .share(limit: 100))]
    )
    + fields(
      """
      apiVersion: v1
      kind: Node
      metadata: {name: a}
      status:
        allocatable:
          cpu: 4
          memory: 8Gi
          pods: 110

      """,
      [
        ("status.allocatable.cpu", .quantity), ("status.allocatable.memory", .quantity),
        ("status.allocatable.pods", .quantity),
      ]
    )
    + fields(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: a}
      spec:
        selector: {matchLabels: {app: a}}
        ordinals:
          start: 1
        template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}

      """,
      [("spec.ordinals.start", natural)]
    )
    + fields(
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: a}
      spec:
        selector: {matchLabels: {app: a}}
        minReadySeconds: 1
        revisionHistoryLimit: 1
        updateStrategy:
          rollingUpdate:
            maxUnavailable: 1
        template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: a}]}}

      """,
      [("spec.minReadySeconds", natural), ("spec.revisionHistoryLimit", natural)]
    )

  private static let metrics = fields(
    """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {kind: Deployment, name: web}
      maxReplicas: 10
      metrics:
        - type: External
          external:
            metric: {name: queue}
            target:
              type: Value
              value: 30

    """,
    [],
    required: [("spec.metrics[0].external.target.value", .positiveQuantity)]
  )
}
