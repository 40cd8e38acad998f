private let pod = APIBase.pod
private let spec = "spec:\n"

private func inSpec(_ text: String) -> String { "spec:\n  \(text)\n" }

/// What the API server refuses in the fields that choose a pod's node.
let schedulingRules: [APIRule] = tolerations + affinities + spreads + others

private func tolerate(_ text: String) -> String { inSpec("tolerations: [{\(text)}]") }

private let tolerations: [APIRule] = [
  APIRule(
    pod,
    spec,
    tolerate("key: spot, operator: ¶In"),
    not: tolerate("key: spot, value: a"),
    .notSupported,
    "spec.tolerations[0].operator"
  ),
  APIRule(
    pod,
    spec,
    tolerate("operator: ¶Equal"),
    not: tolerate("operator: Exists"),
    .invalid,
    "spec.tolerations[0].operator"
  ),
  APIRule(
    pod,
    spec,
    tolerate("key: spot, operator: ¶Exists, value: a"),
    not: tolerate("key: spot, operator: Equal, value: a"),
    .invalid,
    "spec.tolerations[0].operator"
  ),
  APIRule(
    pod,
    spec,
    tolerate("key: spot, effect: ¶NoSchedule, tolerationSeconds: 5"),
    not: tolerate("key: spot, effect: NoExecute, tolerationSeconds: 5"),
    .invalid,
    "spec.tolerations[0].effect"
  ),
  APIRule(
    pod,
    spec,
    tolerate("key: spot, effect: ¶Evict"),
    not: tolerate("key: spot, effect: PreferNoSchedule"),
    .notSupported,
    "spec.tolerations[0].effect"
  ),
  APIRule(
    pod,
    spec,
    tolerate("key: ¶-spot"),
    not: tolerate("key: shop.example/spot"),
    .invalid,
    "spec.tolerations[0].key"
  ),
]

private let required = "requiredDuringSchedulingIgnoredDuringExecution"
private let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

private func nodes(_ requirement: String) -> String {
  inSpec(
    "affinity:\n    nodeAffinity:\n      \(required):\n"
      + "        nodeSelectorTerms: [{matchExpressions: [\(requirement)]}]"
  )
}

private func pods(_ term: String) -> String {
  inSpec("affinity: {podAntiAffinity: {\(required): [\(term)]}}")
}

private func wish(_ text: String) -> String {
  inSpec("affinity: {podAffinity: {\(preferred): [{\(text)}]}}")
}

private let place = "spec.affinity.nodeAffinity.\(required).nodeSelectorTerms"

private let affinities: [APIRule] = [
  APIRule(
    pod,
    spec,
    inSpec("affinity: {nodeAffinity: {\(required): {nodeSelectorTerms: ¶[]}}}"),
    not: inSpec("affinity: {nodeAffinity: {\(preferred): []}}"),
    .required,
    place
  ),
  APIRule(
    pod,
    spec,
    nodes("{key: disk, operator: ¶Equals, values: [ssd]}"),
    not: nodes("{key: disk, operator: In, values: [ssd]}"),
    .invalid,
    "\(place)[0].matchExpressions[0].operator"
  ),
  APIRule(
    pod,
    spec,
    nodes("¶{key: disk, operator: NotIn}"),
    not: nodes("{key: disk, operator: NotIn, values: [ssd]}"),
    .required,
    "\(place)[0].matchExpressions[0].values"
  ),
  APIRule(
    pod,
    spec,
    nodes("{key: disk, operator: Exists, values: ¶[ssd]}"),
    not: nodes("{key: disk, operator: Exists}"),
    .forbidden,
    "\(place)[0].matchExpressions[0].values"
  ),
  APIRule(
    pod,
    spec,
    nodes("{key: cores, operator: Gt, values: ¶[\"4\", \"8\"]}"),
    not: nodes("{key: cores, operator: Gt, values: [\"4\"]}"),
    .required,
    "\(place)[0].matchExpressions[0].values"
  ),
  APIRule(
    pod,
    spec,
    pods("¶{labelSelector: {}}"),
    not: pods("{topologyKey: zone}"),
    .required,
    "spec.affinity.podAntiAffinity.\(required)[0].topologyKey"
  ),
  APIRule(
    pod,
    spec,
    pods("{topologyKey: ¶zo ne}"),
    not: pods("{topologyKey: shop.example/zone}"),
    .invalid,
    "spec.affinity.podAntiAffinity.\(required)[0].topologyKey"
  ),
  APIRule(
    pod,
    spec,
    wish("weight: ¶101, podAffinityTerm: {topologyKey: zone}"),
    not: wish("weight: 100, podAffinityTerm: {topologyKey: zone}"),
    .invalid,
    "spec.affinity.podAffinity.\(preferred)[0].weight"
  ),
]

private func spread(_ text: String) -> String {
  inSpec("topologySpreadConstraints:\n    - {topologyKey: zone, \(text)}")
}

private let spreads: [APIRule] = [
  APIRule(
    pod,
    spec,
    spread("maxSkew: ¶0, whenUnsatisfiable: DoNotSchedule"),
    not: spread("maxSkew: 1, whenUnsatisfiable: DoNotSchedule"),
    .invalid,
    "spec.topologySpreadConstraints[0].maxSkew"
  ),
  APIRule(
    pod,
    spec,
    spread("maxSkew: 1, whenUnsatisfiable: ¶Never"),
    not: spread("maxSkew: 1, whenUnsatisfiable: ScheduleAnyway"),
    .notSupported,
    "spec.topologySpreadConstraints[0].whenUnsatisfiable"
  ),
  APIRule(
    pod,
    spec,
    spread("maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, minDomains: ¶2"),
    not: spread("maxSkew: 1, whenUnsatisfiable: DoNotSchedule, minDomains: 2"),
    .invalid,
    "spec.topologySpreadConstraints[0].minDomains"
  ),
  APIRule(
    pod,
    spec,
    spread(
      "maxSkew: 1, whenUnsatisfiable: DoNotSchedule}\n    - ¶{topologyKey: zone, "
        + "maxSkew: 2, whenUnsatisfiable: DoNotSchedule"
    ),
    not: spread(
      "maxSkew: 1, whenUnsatisfiable: DoNotSchedule}\n    - {topologyKey: zone, "
        + "maxSkew: 2, whenUnsatisfiable: ScheduleAnyway"
    ),
    .duplicate,
    "spec.topologySpreadConstraints[1].{topologyKey, whenUnsatisfiable}"
  ),
  APIRule(
    pod,
    spec,
    inSpec("topologySpreadConstraints: [¶{maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]"),
    not: spread("maxSkew: 1, whenUnsatisfiable: DoNotSchedule, nodeTaintsPolicy: Honor"),
    .required,
    "spec.topologySpreadConstraints[0].topologyKey"
  ),
]

private let others: [APIRule] = [
  APIRule(
    pod,
    spec,
    inSpec("nodeSelector: {disk: ¶-ssd}"),
    not: inSpec("nodeSelector: {disk: ssd}"),
    .invalid,
    "spec.nodeSelector"
  ),
  APIRule(
    pod,
    spec,
    inSpec("nodeName: ¶Node_1"),
    not: inSpec("nodeName: node-1.example"),
    .invalid,
    "spec.nodeName"
  ),
  APIRule(
    pod,
    spec,
    inSpec("priorityClassName: ¶High"),
    not: inSpec("priorityClassName: high"),
    .invalid,
    "spec.priorityClassName"
  ),
]
