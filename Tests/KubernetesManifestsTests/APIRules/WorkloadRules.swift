private let deployment = APIBase.deployment
private let statefulSet = APIBase.statefulSet
private let daemonSet = APIBase.daemonSet
private let job = APIBase.job
private let cronJob = APIBase.cronJob
private let spec = "spec:\n"
private let selector = "selector: {matchLabels: {app: web}}"

/// What the API server refuses in workloads, besides their pods.
let workloadRules: [APIRule] = selectors + deployments + sets + jobs

private let selectors: [APIRule] =
  [deployment, APIBase.replicaSet, statefulSet, daemonSet].flatMap { base in
    [
      // A DaemonSet without a selector selects nothing.
      APIRule(
        base,
        "  \(selector)\n",
        "",
        not: "  \(selector)\n",
        base == daemonSet ? .invalid : .required,
        base == daemonSet ? "spec.template.metadata.labels" : "spec.selector"
      ),
      APIRule(
        base,
        "\(selector)",
        "selector: ¶{}",
        not: "selector: {matchExpressions: [{key: app, operator: Exists}]}",
        .invalid,
        "spec.selector"
      ),
      APIRule(
        base,
        "labels: {app: web}",
        "labels: ¶{app: Web}",
        not: "labels: {app: web, tier: front}",
        .invalid,
        "spec.template.metadata.labels"
      ),
      APIRule(
        base,
        "      containers:",
        "      restartPolicy: ¶OnFailure\n      containers:",
        not: "      restartPolicy: Always\n      containers:",
        .notSupported,
        "spec.template.spec.restartPolicy"
      ),
      APIRule(
        base,
        "      containers:",
        "      activeDeadlineSeconds: ¶60\n      containers:",
        not: "      terminationGracePeriodSeconds: 60\n      containers:",
        .forbidden,
        "spec.template.spec.activeDeadlineSeconds"
      ),
      APIRule(
        base,
        spec,
        "spec:\n  minReadySeconds: ¶-1\n",
        not: "spec:\n  minReadySeconds: 0\n",
        .invalid,
        "spec.minReadySeconds"
      ),
    ]
  } + [
    APIRule(
      deployment,
      selector,
      "selector: {matchLabels: {app: web}, matchExpressions: [{key: app, operator: ¶Equals}]}",
      not: "selector: {matchLabels: {app: web}, matchExpressions: [{key: app, operator: Exists}]}",
      .invalid,
      "spec.selector.matchExpressions[0].operator"
    ),
    APIRule(
      deployment,
      selector,
      "selector: {matchExpressions: [¶{key: app, operator: In}]}",
      not: "selector: {matchExpressions: [{key: app, operator: In, values: [web]}]}",
      .required,
      "spec.selector.matchExpressions[0].values"
    ),
    APIRule(
      deployment,
      selector,
      "selector: {matchExpressions: [{key: app, operator: Exists, values: ¶[web]}]}",
      not: "selector: {matchExpressions: [{key: app, operator: Exists, values: []}]}",
      .forbidden,
      "spec.selector.matchExpressions[0].values"
    ),
    APIRule(
      deployment,
      selector,
      "selector: {matchExpressions: [{key: ¶-app, operator: DoesNotExist}]}",
      not: "selector: {matchExpressions: [{key: api, operator: DoesNotExist}]}",
      .invalid,
      "spec.selector.matchExpressions[0].key"
    ),
    APIRule(
      deployment,
      selector,
      "selector: {matchExpressions: [{key: app, operator: In, values: [web, ¶-x]}]}",
      not: "selector: {matchExpressions: [{key: app, operator: In, values: [web, x]}]}",
      .invalid,
      "spec.selector.matchExpressions[0].values[1]"
    ),
  ]

private func rolling(_ values: String) -> String {
  "spec:\n  strategy: {type: RollingUpdate, rollingUpdate: {\(values)}}\n"
}

private let deployments: [APIRule] = [
  APIRule(
    deployment,
    spec,
    "spec:\n  replicas: ¶-1\n",
    not: "spec:\n  replicas: 0\n",
    .invalid,
    "spec.replicas"
  ),
  APIRule(
    deployment,
    spec,
    "spec:\n  revisionHistoryLimit: ¶-1\n",
    not: "spec:\n  revisionHistoryLimit: 0\n",
    .invalid,
    "spec.revisionHistoryLimit"
  ),
  APIRule(
    deployment,
    spec,
    "spec:\n  minReadySeconds: 30\n  progressDeadlineSeconds: ¶30\n",
    not: "spec:\n  minReadySeconds: 30\n  progressDeadlineSeconds: 31\n",
    .invalid,
    "spec.progressDeadlineSeconds"
  ),
  APIRule(
    deployment,
    spec,
    "spec:\n  strategy: {type: ¶BlueGreen}\n",
    not: "spec:\n  strategy: {type: Recreate}\n",
    .notSupported,
    "spec.strategy"
  ),
  APIRule(
    deployment,
    spec,
    "spec:\n  strategy: {type: Recreate, rollingUpdate: ¶{maxSurge: 1}}\n",
    not: "spec:\n  strategy: {type: Recreate, rollingUpdate: null}\n",
    .forbidden,
    "spec.strategy.rollingUpdate"
  ),
  APIRule(
    deployment,
    spec,
    rolling("maxSurge: 0, maxUnavailable: ¶0%"),
    not: rolling("maxSurge: 1, maxUnavailable: 0%"),
    .invalid,
    "spec.strategy.rollingUpdate.maxUnavailable"
  ),
  APIRule(
    deployment,
    spec,
    rolling("maxUnavailable: ¶101%"),
    not: rolling("maxUnavailable: 100%, maxSurge: 101%"),
    .invalid,
    "spec.strategy.rollingUpdate.maxUnavailable"
  ),
  APIRule(
    deployment,
    spec,
    rolling("maxSurge: ¶ten"),
    not: rolling("maxSurge: 10"),
    .invalid,
    "spec.strategy.rollingUpdate.maxSurge"
  ),
]

private let sets: [APIRule] = [
  APIRule(
    statefulSet,
    "name: web}\nspec",
    "name: ¶web.eu}\nspec",
    not: "name: web-eu}\nspec",
    .invalid,
    "metadata.name"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  podManagementPolicy: ¶Serial\n",
    not: "spec:\n  podManagementPolicy: Parallel\n",
    .invalid,
    "spec.podManagementPolicy"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  updateStrategy: {type: ¶Recreate}\n",
    not: "spec:\n  updateStrategy: {type: OnDelete}\n",
    .invalid,
    "spec.updateStrategy"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  updateStrategy: {type: OnDelete, rollingUpdate: ¶{partition: 1}}\n",
    not: "spec:\n  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}\n",
    .invalid,
    "spec.updateStrategy.rollingUpdate"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  updateStrategy: {rollingUpdate: {maxUnavailable: ¶0}}\n",
    not: "spec:\n  updateStrategy: {rollingUpdate: {maxUnavailable: 1}}\n",
    .invalid,
    "spec.updateStrategy.rollingUpdate.maxUnavailable"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  updateStrategy: {rollingUpdate: {partition: ¶-1}}\n",
    not: "spec:\n  updateStrategy: {rollingUpdate: {partition: 0}}\n",
    .invalid,
    "spec.updateStrategy.rollingUpdate.partition"
  ),
  APIRule(
    statefulSet,
    spec,
    "spec:\n  ordinals: {start: ¶-1}\n",
    not: "spec:\n  ordinals: {start: 1}\n",
    .invalid,
    "spec.ordinals.start"
  ),
  APIRule(
    daemonSet,
    spec,
    "spec:\n  updateStrategy: {type: ¶Recreate}\n",
    not: "spec:\n  updateStrategy: {type: OnDelete}\n",
    .notSupported,
    "spec.updateStrategy"
  ),
  APIRule(
    daemonSet,
    spec,
    "spec:\n  updateStrategy: {rollingUpdate: {maxSurge: ¶1, maxUnavailable: 1}}\n",
    not: "spec:\n  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}\n",
    .invalid,
    "spec.updateStrategy.rollingUpdate.maxSurge"
  ),
  APIRule(
    daemonSet,
    spec,
    "spec:\n  updateStrategy: {rollingUpdate: {maxUnavailable: ¶0}}\n",
    not: "spec:\n  updateStrategy: {rollingUpdate: {maxUnavailable: 10%}}\n",
    .required,
    "spec.updateStrategy.rollingUpdate.maxUnavailable"
  ),
]

private let never = "      restartPolicy: Never\n"

private let jobs: [APIRule] = [
  APIRule(
    job,
    "      restartPolicy: Never\n      containers",
    "      ¶containers",
    not: "      restartPolicy: OnFailure\n      containers",
    .required,
    "spec.template.spec.restartPolicy"
  ),
  APIRule(
    job,
    never,
    "      restartPolicy: ¶Always\n",
    not: never,
    .required,
    "spec.template.spec.restartPolicy"
  ),
  APIRule(
    job,
    never,
    "      restartPolicy: ¶Sometimes\n",
    not: never,
    .notSupported,
    "spec.template.spec.restartPolicy"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  completions: ¶-1\n",
    not: "spec:\n  completions: 0\n",
    .invalid,
    "spec.completions"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  completionMode: ¶Numbered\n",
    not: "spec:\n  completionMode: NonIndexed\n",
    .notSupported,
    "spec.completionMode"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  ¶completionMode: Indexed\n",
    not: "spec:\n  completionMode: Indexed\n  completions: 3\n",
    .required,
    "spec.completions"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  completionMode: Indexed\n  completions: 3\n  parallelism: ¶100001\n",
    not: "spec:\n  completionMode: Indexed\n  completions: 3\n  parallelism: 100000\n",
    .invalid,
    "spec.parallelism"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  selector: ¶{matchLabels: {app: web}}\n",
    not: "spec:\n  backoffLimit: 0\n",
    .invalid,
    "spec.selector"
  ),
  APIRule(
    job,
    spec,
    "spec:\n  maxFailedIndexes: ¶1\n",
    not: "spec:\n  completionMode: Indexed\n  completions: 2\n  maxFailedIndexes: 1\n",
    .invalid,
    "spec.maxFailedIndexes"
  ),
  APIRule(
    cronJob,
    "name: report}",
    "name: ¶\(String(repeating: "a", count: 53))}",
    not: "name: \(String(repeating: "a", count: 52))}",
    .invalid,
    "metadata.name"
  ),
  APIRule(
    cronJob,
    "\"0 3 * * *\"",
    "¶\"0 24 * * *\"",
    not: "\"0 23 * * *\"",
    .invalid,
    "spec.schedule"
  ),
  APIRule(
    cronJob,
    "\"0 3 * * *\"",
    "¶\"0 3 * *\"",
    not: "\"*/5 0-6/2,12 1 jan-mar mon\"",
    .invalid,
    "spec.schedule"
  ),
  APIRule(
    cronJob,
    "\"0 3 * * *\"",
    "¶\"CRON_TZ=UTC 0 3 * * *\"",
    not: "\"@hourly\"",
    .invalid,
    "spec.schedule"
  ),
  APIRule(
    cronJob,
    "  schedule: \"0 3 * * *\"\n  j",
    "  ¶j",
    not: "  schedule: \"@every 1h30m\"\n  j",
    .required,
    "spec.schedule"
  ),
  APIRule(
    cronJob,
    spec,
    "spec:\n  timeZone: ¶Local\n",
    not: "spec:\n  timeZone: Europe/Berlin\n",
    .invalid,
    "spec.timeZone"
  ),
  APIRule(
    cronJob,
    spec,
    "spec:\n  concurrencyPolicy: ¶Skip\n",
    not: "spec:\n  concurrencyPolicy: Forbid\n",
    .notSupported,
    "spec.concurrencyPolicy"
  ),
  APIRule(
    cronJob,
    "restartPolicy: OnFailure",
    "restartPolicy: ¶Always",
    not: "restartPolicy: Never",
    .required,
    "spec.jobTemplate.spec.template.spec.restartPolicy"
  ),
]
