private let budget = APIBase.budget
private let autoscaler = APIBase.autoscaler
private let configMap = APIBase.configMap
private let secret = APIBase.secret
private let node = APIBase.node

/// What the API server refuses in budgets, autoscalers, data and nodes.
let otherRules: [APIRule] = budgets + autoscalers + metrics + data + nodes

private let budgets: [APIRule] = [
  APIRule(
    budget,
    "spec:\n  selector",
    "spec:\n  ¶maxUnavailable: 1\n  selector",
    not: "spec:\n  unhealthyPodEvictionPolicy: AlwaysAllow\n  selector",
    .invalid,
    "spec"
  ),
  APIRule(budget, "50%", "¶101%", not: "100%", .invalid, "spec.minAvailable"),
  APIRule(budget, "50%", "¶half", not: "5", .invalid, "spec.minAvailable"),
  APIRule(
    budget,
    "minAvailable: 50%",
    "maxUnavailable: ¶-1",
    not: "maxUnavailable: 0",
    .invalid,
    "spec.maxUnavailable"
  ),
  APIRule(
    budget,
    "spec:\n",
    "spec:\n  unhealthyPodEvictionPolicy: ¶Never\n",
    not: "spec:\n  unhealthyPodEvictionPolicy: IfHealthyBudget\n",
    .notSupported,
    "spec.unhealthyPodEvictionPolicy"
  ),
]

private let cpu =
  "- type: Resource\n      resource: "
  + "{name: cpu, target: {type: Utilization, averageUtilization: 60}}"

/// A policy of scaling up that breaks a rule; zero values stand for fields that are not given.
private func policy(_ wrong: String, _ kind: APIRule.Kind, _ field: String) -> APIRule {
  APIRule(
    autoscaler,
    "spec:\n",
    "spec:\n  behavior: {scaleUp: {policies: [\(wrong)]}}\n",
    not:
      "spec:\n  behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 1800}]}}\n",
    kind,
    "spec.behavior.scaleUp.policies[0].\(field)"
  )
}

private func metric(_ type: String, _ source: String) -> String {
  "- type: \(type)\n      \(source)"
}

private let autoscalers: [APIRule] = [
  APIRule(
    autoscaler,
    "maxReplicas: 10",
    "maxReplicas: ¶0",
    not: "maxReplicas: 1",
    .invalid,
    "spec.maxReplicas"
  ),
  APIRule(
    autoscaler,
    "maxReplicas: 10",
    "minReplicas: 11\n  maxReplicas: ¶10",
    not: "minReplicas: 10\n  maxReplicas: 10",
    .invalid,
    "spec.maxReplicas"
  ),
  APIRule(
    autoscaler,
    "name: web}\n  max",
    "name: ¶a/b}\n  max",
    not: "name: a-b}\n  max",
    .invalid,
    "spec.scaleTargetRef.name"
  ),
  APIRule(
    autoscaler,
    "{kind: Deployment, name: web}",
    "¶{name: web}",
    not: "{kind: StatefulSet, name: web}",
    .required,
    "spec.scaleTargetRef.kind"
  ),
]

private let metrics: [APIRule] = [
  APIRule(
    autoscaler,
    cpu,
    metric(
      "ContainerResource",
      "containerResource: {name: cpu, container: ¶a.b, "
        + "target: {type: Utilization, averageUtilization: 60}}"
    ),
    not: metric(
      "ContainerResource",
      "containerResource: {name: cpu, container: a-b, "
        + "target: {type: Utilization, averageUtilization: 60}}"
    ),
    .invalid,
    "spec.metrics[0].containerResource.container"
  ),
  policy("¶{value: 1, periodSeconds: 60}", .notSupported, "type"),
  policy("¶{type: Pods, periodSeconds: 60}", .invalid, "value"),
  policy("¶{type: Pods, value: 1}", .invalid, "periodSeconds"),
  policy("{type: Pods, value: ¶0, periodSeconds: 60}", .invalid, "value"),
  policy("{type: Pods, value: 1, periodSeconds: ¶1801}", .invalid, "periodSeconds"),
  APIRule(
    autoscaler,
    "type: Resource",
    "type: ¶Cpu",
    not: "type: Resource",
    .notSupported,
    "spec.metrics[0].type"
  ),
  APIRule(
    autoscaler,
    cpu,
    "- ¶type: Pods",
    not: cpu,
    .required,
    "spec.metrics[0].pods"
  ),
  APIRule(
    autoscaler,
    cpu,
    cpu + "\n      pods: ¶{}",
    not: cpu + "\n      pods: null",
    .forbidden,
    "spec.metrics[0].pods"
  ),
  APIRule(
    autoscaler,
    "type: Utilization",
    "type: ¶Percent",
    not: "type: Utilization",
    .invalid,
    "spec.metrics[0].resource.target.type"
  ),
  APIRule(
    autoscaler,
    "averageUtilization: 60",
    "averageUtilization: ¶0",
    not: "averageUtilization: 1",
    .invalid,
    "spec.metrics[0].resource.target.averageUtilization"
  ),
  APIRule(
    autoscaler,
    "target: {type: Utilization, averageUtilization: 60}",
    "target: ¶{type: Utilization}",
    not: "target: {type: AverageValue, averageValue: 500m}",
    .required,
    "spec.metrics[0].resource.target.averageUtilization"
  ),
  APIRule(
    autoscaler,
    "averageUtilization: 60",
    "averageUtilization: 60, averageValue: ¶1",
    not: "averageUtilization: 60",
    .forbidden,
    "spec.metrics[0].resource.target.averageValue"
  ),
  APIRule(
    autoscaler,
    cpu,
    metric(
      "ContainerResource",
      "containerResource: ¶{name: cpu, "
        + "target: {type: Utilization, averageUtilization: 60}}"
    ),
    not: metric(
      "ContainerResource",
      "containerResource: {name: cpu, container: web, "
        + "target: {type: Utilization, averageUtilization: 60}}"
    ),
    .required,
    "spec.metrics[0].containerResource.container"
  ),
  APIRule(
    autoscaler,
    cpu,
    metric("Pods", "pods: {metric: {name: rps}, target: {type: AverageValue, averageValue: ¶0}}"),
    not: metric(
      "Pods",
      "pods: {metric: {name: rps}, target: {type: AverageValue, "
        + "averageValue: 1m}}"
    ),
    .invalid,
    "spec.metrics[0].pods.target.averageValue"
  ),
  APIRule(
    autoscaler,
    cpu,
    metric("Object", "object: ¶{metric: {name: rps}, target: {type: Value, value: 2k}}"),
    not: metric(
      "Object",
      "object: {metric: {name: rps}, describedObject: {kind: Ingress, "
        + "name: web}, target: {type: Value, value: 2k}}"
    ),
    .required,
    "spec.metrics[0].object.describedObject"
  ),
  APIRule(
    autoscaler,
    cpu,
    metric(
      "External",
      "external: {metric: {name: queue}, target: {type: Value, value: ¶3, "
        + "averageValue: 1}}"
    ),
    not: metric(
      "External",
      "external: {metric: {name: queue, selector: {matchLabels: {q: a}}}, "
        + "target: {type: AverageValue, averageValue: 30}}"
    ),
    .forbidden,
    "spec.metrics[0].external.target.value"
  ),
]

private let data: [APIRule] = [
  APIRule(
    configMap,
    "color: blue",
    "¶co lor: blue",
    not: "co.lor: blue",
    .invalid,
    "data[co lor]"
  ),
  APIRule(
    configMap.replacing("color: blue", with: "¶color: blue"),
    "\ndata:",
    "\nbinaryData: {color: YQ==}\ndata:",
    not: "\nbinaryData: {colour: YQ==}\ndata:",
    .invalid,
    "data[color]"
  ),
  APIRule(
    secret.replacing("tls.key", with: "tls.pem"),
    "type: Opaque\ndata:\n  tls.crt",
    "type: kubernetes.io/tls\ndata:\n  ¶tls.crt",
    not: "type: kubernetes.io/tls\nstringData: {tls.key: a}\ndata:\n  tls.crt",
    .required,
    "data[tls.key]"
  ),
]

private let nodes: [APIRule] = [
  APIRule(
    node,
    "effect: NoSchedule}\n    - {key: gpu",
    "effect: ¶NoRun}\n    - {key: gpu",
    not: "effect: NoExecute}\n    - {key: gpu",
    .notSupported,
    "spec.taints[0].effect"
  ),
  APIRule(
    node,
    "- {key: gpu, ",
    "- ¶{key: spot, ",
    not: "- {key: spot2, ",
    .duplicate,
    "spec.taints[1]"
  ),
  APIRule(
    node,
    "10.244.1.0/24",
    "¶10.244.1.1/24",
    not: "10.244.2.0/24",
    .invalid,
    "spec.podCIDRs[0]"
  ),
  APIRule(
    node,
    "{name: a,",
    "{namespace: ¶x, name: a,",
    not: "{name: a.example,",
    .forbidden,
    "metadata.namespace"
  ),
]
