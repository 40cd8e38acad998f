import KubernetesManifests

/// Manifests that are right, for tests to read or to break.
enum Fixtures {
  static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: backend
      namespace: shop
      labels: {app: backend}
      annotations:
        deployment.kubernetes.io/revision: "1"
    spec:
      replicas: 3
      selector:
        matchLabels: {app: backend}
      strategy:
        type: RollingUpdate
        rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
      template:
        metadata:
          labels: {app: backend, tier: api}
        spec:
          terminationGracePeriodSeconds: 45
          containers:
            - name: server
              image: shop/backend:1.4.2
              ports:
                - {name: http, containerPort: 8080}
              env:
                - {name: PORT, value: "8080"}
              resources:
                requests: {cpu: 500m, memory: 256Mi}
                limits: {cpu: 1, memory: 512Mi}
              readinessProbe:
                httpGet: {path: /ready, port: http}
                periodSeconds: 5
              livenessProbe:
                tcpSocket: {port: 8080}
                failureThreshold: 5
              lifecycle:
                preStop:
                  sleep: {seconds: 10}

    """

  static let service = """
    apiVersion: v1
    kind: Service
    metadata: {name: backend, namespace: shop}
    spec:
      type: NodePort
      selector: {app: backend}
      ports:
        - {name: http, port: 80, targetPort: http, nodePort: 30080}
        - {name: admin, port: 81}

    """

  static let autoscaler = """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: backend, namespace: shop}
    spec:
      minReplicas: 12
      scaleTargetRef: {kind: Deployment, name: backend}
      maxReplicas: 80
      metrics:
        - type: Resource
          resource:
            name: cpu
            target: {type: Utilization, averageUtilization: 60}
      behavior:
        scaleDown:
          stabilizationWindowSeconds: 120
          selectPolicy: Disabled
        scaleUp:
          policies:
            - {type: Percent, value: 50, periodSeconds: 30}

    """

  static let statefulSet = """
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: orders}
    spec:
      serviceName: orders
      selector:
        matchLabels: {app: orders}
      template:
        metadata:
          labels: {app: orders}
        spec:
          containers: [{name: postgres, image: "postgres:17"}]

    """

  /// Reads a text as manifests.
  static func read(_ text: String) -> (set: ManifestSet, diagnostics: [Diagnostic]) {
    var diagnostics = Diagnostics()
    let set = ManifestSet(reading: text, file: "m.yaml", into: &diagnostics)
    return (set, diagnostics.all)
  }

  /// Takes the one `¶` out of a text and says on which line and column it stood.
  static func withoutMarker(_ text: String) -> (text: String, line: Int, column: Int) {
    let before = text.prefix { $0 != "¶" }
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    let clean = text.replacing("¶", with: "")
    return (clean, line.count, (line.last?.unicodeScalars.count ?? 0) + 1)
  }
}
