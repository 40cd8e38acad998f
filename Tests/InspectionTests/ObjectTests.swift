import ClusterState
import Inspection
import KubernetesManifests
import Reports
import SimKernel
import Testing

/// What `-o yaml` and `-o json` print.
@Suite struct ObjectTests {
  private static let manifests =
    Pictures.deployment("web", replicas: 2) + """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec:
            terminationGracePeriodSeconds: 5
            containers:
              - name: sql
                image: "sql:2"
                env: [{name: A, value: "1"}]
                resources: {requests: {cpu: 1500m, memory: 256Mi}, limits: {memory: "500000001"}}
                livenessProbe: {tcpSocket: {port: 5432}, failureThreshold: 9}
                lifecycle: {preStop: {sleep: {seconds: 3}}}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: logs}
      spec:
        selector: {matchExpressions: [{key: app, operator: In, values: [logs]}]}
        template:
          metadata: {labels: {app: logs}}
          spec: {nodeSelector: {disk: fast}, containers: [{name: c, image: c}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        type: NodePort
        selector: {app: web}
        ports: [{name: a, port: 80, targetPort: http}, {name: b, port: 81, nodePort: 30001}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: alias}
      spec: {type: ExternalName, externalName: db.example.com}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {name: once}
      spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: c}]}}}
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: nightly}
      spec:
        schedule: "@daily"
        jobTemplate:
          spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: c}]}}}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        maxReplicas: 9
        behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
        metrics:
          - type: Resource
            resource: {name: cpu, target: {type: Utilization, averageUtilization: 5}}
          - {type: Pods, pods: {metric: {name: q}, target: {type: AverageValue, averageValue: 2}}}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web}
      spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web}
      spec:
        defaultBackend: {service: {name: web, port: {name: a}}}
        rules:
          - host: web.example
            http:
              paths:
                - path: /
                  pathType: Prefix
                  backend: {service: {name: web, port: {number: 80}}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {topology.kubernetes.io/zone: z}}
      spec: {unschedulable: true, taints: [{key: a, effect: NoExecute}]}
      """

  /// What the API server would take in is printed again, defaults included.
  @Test(arguments: ["svc", "deploy", "sts", "ds", "jobs", "cj", "hpa", "pdb", "ing", "no"])
  func yamlReadsBackAsTheSameObjects(resource: String) throws {
    let table = try Pictures.resource(resource)
    let before = try Pictures.settled(Self.manifests)
    let yaml = KubectlYAML.text(table.document(table.objects(of: before), isListing: true))
    let after = try Pictures.settled(yaml)
    let again = KubectlYAML.text(table.document(table.objects(of: after), isListing: true))
    // Status needs the pods of the workloads, which are not among the objects.
    #expect(Self.withoutStatus(again) == Self.withoutStatus(yaml))
    #expect(yaml.contains("kind: \(table.kind)\n"))
  }

  /// The lines that do not belong to `status`, whose indentation is that of its key.
  private static func withoutStatus(_ yaml: String) -> [Substring] {
    var isStatus = false
    return yaml.split(separator: "\n").filter { line in
      if isStatus, line.hasPrefix("      ") { return false }
      isStatus = line.hasPrefix("    status:")
      return !isStatus
    }
  }

  @Test(arguments: resourceTables.map { $0.name })
  func thereIsAnObjectForEachRow(resource: String) throws {
    let table = try Pictures.resource(resource)
    let picture = try Pictures.settled(Self.manifests)
    let names = table.objects(of: picture).map { object -> String? in
      guard case .object(let members) = object,
        case .object(let metadata)? = members.first(where: { $0.key == "metadata" })?.value,
        case .string(let name)? = metadata.first(where: { $0.key == "name" })?.value
      else { return nil }
      return name
    }
    #expect(names == table.rows(of: picture).map(\.name))
  }

  /// Keys are in order at every depth, so that equal objects are equal text.
  @Test(arguments: resourceTables.map { $0.name })
  func keysAreInOrder(resource: String) throws {
    let table = try Pictures.resource(resource)
    let document = table.document(
      table.objects(of: try Pictures.settled(Self.manifests)),
      isListing: true
    )
    #expect(Self.unordered(document) == [])
  }

  private static func unordered(_ value: JSON) -> [[String]] {
    switch value {
    case .array(let items): return items.flatMap(unordered)
    case .object(let members):
      let keys = members.map(\.key)
      return (keys == keys.sorted() ? [] : [keys]) + members.flatMap { unordered($0.value) }
    default: return []
    }
  }
}
