extension BrokenScenario {
  static let words: [BrokenScenario] = [
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, kubeProxy: {mode: iptable}",
      at: "iptable}",
      "unknown value 'iptable'",
      hint: "did you mean 'iptables'?"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, cloudProvider: azure",
      at: "azure",
      "unknown value 'azure'",
      hint: "one of: none, aws, gcp, metallb"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: 3, reusesAddresses: yes",
      at: "yes",
      "expected true or false, found the bare word yes",
      hint: "write true without quotes"
    ),
    BrokenScenario(
      "timeout: 2s}",
      "timeout: 2s, routing: hardcodedIp}",
      at: "hardcodedIp",
      "expected one of 'hardcodedIP', 'dns', 'ingress', 'headless', 'environment', 'nodePort', "
        + "'loadBalancer', found the text 'hardcodedIp'",
      hint: "did you mean 'hardcodedIP'?"
    ),
    BrokenScenario(
      "timeout: 2s}",
      "timeout: 2s, connection: {http3: {}}}",
      at: "http3",
      "unknown field 'http3'",
      hint: "did you mean 'http1'?"
    ),
    BrokenScenario(
      "timeout: 2s}",
      "timeout: 2s, connection: {http1: {}, http2: {}}}",
      at: "{http1",
      "expected exactly one field, found 2",
      hint: "one of: perRequest, http1, http2"
    ),
    BrokenScenario(
      "timeout: 2s}",
      "timeout: 2s, retry: {attempts: 3, backoff: {jitter: half}}}",
      at: "half",
      "unknown value 'half'",
      hint: "one of: none, full"
    ),
    BrokenScenario(
      "timeout: 2s}",
      "timeout: 2s, retry: {backoff: {base: 20s}}}",
      at: "20s",
      "the first wait is longer than the longest",
      hint: "raise backoff.max"
    ),
    BrokenScenario(
      "serviceTime: 20ms",
      "serviceTime: {lognorm: {mean: 20ms, sigma: 1}}",
      at: "lognorm",
      "unknown field 'lognorm'",
      hint: "did you mean 'lognormal'?"
    ),
    BrokenScenario(
      "serviceTime: 20ms",
      "serviceTime: exponential",
      at: "exponential",
      "expected a duration between 0s and 1h, or one of 'deterministic', 'exponential', "
        + "'normal', 'lognormal', 'gamma', 'weibull', 'pareto', 'uniform', 'beta', "
        + "'gumbel', 'empirical', "
        + "found the text 'exponential'",
      hint: "write {exponential: …}"
    ),
    BrokenScenario(
      "serviceTime: 20ms",
      "serviceTime: {uniform: {low: 2s, high: 1s}}",
      at: "{low",
      "the lower bound is above the upper one"
    ),
    BrokenScenario(
      "serviceTime: 20ms",
      "serviceTime: {gamma: {mean: 2s}}",
      at: "{mean",
      "required field 'shape' is missing"
    ),
    BrokenScenario(
      "serviceTime: 20ms",
      "serviceTime: {empirical: []}",
      at: "[]",
      "the list is empty",
      hint: "give at least one"
    ),
  ]

  static let names: [BrokenScenario] = [
    BrokenScenario(
      "{name: shop}",
      "{name: ../shop}",
      at: "../shop",
      "expected a name of up to 63 letters, digits, '-', '_' and '.', found the text '../shop'"
    ),
    BrokenScenario(
      "    slow: {",
      "    'a:b': {",
      at: "'a:b'",
      "'a:b' is not a name",
      hint: "write up to 63 letters, digits, '-', '_' and '.'"
    ),
    BrokenScenario(
      "name: users",
      "name: all users",
      at: "all users",
      "expected a name of up to 63 letters, digits, '-', '_' and '.', found the text 'all users'"
    ),
    BrokenScenario(
      "shop/deployment/web:",
      "shop/deployment/wed:",
      at: "shop/deployment/wed",
      "there is no workload 'shop/deployment/wed' in the manifests",
      hint: "did you mean 'shop/deployment/web'?"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: http://wep.shop/",
      at: "http://wep",
      "there is no Service 'shop/wep'",
      hint: "did you mean 'shop/web'?"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: http://web/",
      at: "http://web",
      "there is no Service 'default/web'",
      hint: "did you mean 'http://web.shop'?"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: http://web.shop:0/",
      at: "http://web",
      "'0' is not a port",
      hint: "ports are 1 to 65535"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: ftp://web.shop/",
      at: "ftp:",
      "unknown scheme 'ftp'",
      hint: "one of: http, https, grpc, tcp, postgres, postgresql, mysql"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: http://10.0.0.7/",
      at: "http://10",
      "'10.0.0.7' is an address, not a Service",
      hint: "name the Service and set routing: hardcodedIP"
    ),
    BrokenScenario(
      "target: http://web.shop/",
      "target: http://www.example.com/",
      at: "http://www",
      "'www.example.com' is not a Service of this cluster",
      hint: "write it as SERVICE.NAMESPACE or SERVICE.NAMESPACE.svc.cluster.local"
    ),
    BrokenScenario(
      "target: db,",
      "target: web,",
      at: "web, ",
      "'shop/deployment/web' is not described as a database",
      hint: "give workloads.shop/deployment/web database: {maxConnections: …}"
    ),
    BrokenScenario(
      "database: {maxConnections: 100}",
      "database: {maxConnections: 100, pool: 5}",
      at: "5}\n",
      "'pool' is for a caller of a database, maxConnections for the database itself"
    ),
    BrokenScenario(
      "{target: db, transaction: 10ms}",
      "{target: db}",
      at: "{target: db}",
      "required field 'transaction' is missing"
    ),
    BrokenScenario(
      "node: node-2",
      "node: node2",
      at: "node2",
      "there is no node 'node2'",
      hint: "did you mean 'node-2'?"
    ),
    BrokenScenario(
      "nodeLoss: {node: node-2, for: 5m}",
      "scale: {workload: wep, replicas: 3}",
      at: "wep",
      "there is no workload 'wep' in the manifests",
      hint: "did you mean 'shop/deployment/web'?"
    ),
    BrokenScenario(
      "api: {target: http://api.shop,",
      "api: {target: http://web,",
      at: "api: {target",
      "calls of 'shop/deployment/web' lead back to it",
      hint: "a request would never end"
    ),
    BrokenScenario(
      "    shop/deployment/api:\n      concurrency: 8\n"
        + "      database: {target: db, transaction: 10ms}\n",
      "",
      at: "shop/deployment/web",
      "'shop/deployment/api' takes requests, but spec.workloads does not say what it does "
        + "with them",
      hint: "add workloads.shop/deployment/api with its concurrency"
    ),
    BrokenScenario(
      "      concurrency: 8\n",
      "",
      at: "database: {target",
      "required field 'concurrency' is missing"
    ),
  ]

  static let shapes: [BrokenScenario] = [
    BrokenScenario(
      "{at: 10m, nodeLoss: {node: node-2, for: 5m}}",
      "{at: 10m}",
      at: "{at: 10m}",
      "expected exactly one kind of fault, found 0",
      hint: "one of: nodeLoss, scale, podKill, registryOutage, dnsOutage"
    ),
    BrokenScenario(
      "{rate: 50/s}",
      "{profile: [[1m, 50/s]]}",
      at: "[1m",
      "the first point is not at 0s"
    ),
    BrokenScenario(
      "{rate: 50/s}",
      "{profile: [[0s, 50/s], [1m, 60/s], [1m, 5/s]]}",
      at: "[1m, 5/s]",
      "this point is not later than the one before it"
    ),
    BrokenScenario(
      "{rate: 50/s}",
      "{profile: [[0s, 50/s, 3]]}",
      at: "[0s",
      "expected two values, found 3"
    ),
    BrokenScenario(
      "nodes: 3",
      "nodes: [{name: node-2}, {name: node-2}]",
      at: "node-2}]",
      "there are two nodes named 'node-2'"
    ),
    BrokenScenario(
      "workloads:\n",
      "workloads:\n    web: {concurrency: 1}\n",
      at: "shop/deployment/web",
      "workload 'shop/deployment/web' is described twice"
    ),
    BrokenScenario(
      "    - name: users\n",
      "    - {name: users, arrivals: {poisson: 1/s}, target: http://web.shop, timeout: 1s}\n"
        + "    - name: users\n",
      at: "users\n",
      "there are two groups named 'users'"
    ),
  ]

  static let thresholds: [BrokenScenario] = [
    BrokenScenario(
      "fast: availability",
      "fats: availability",
      at: "\"fats",
      "unknown variant or client group 'fats'",
      hint: "did you mean 'fast'?"
    ),
    BrokenScenario(
      "fast: availability",
      "fast: users2: availability",
      at: "\"fast",
      "unknown client group 'users2'",
      hint: "did you mean 'users'?"
    ),
    BrokenScenario(
      "availability >=",
      "availabilty >=",
      at: "\"fast",
      "unknown metric 'availabilty'",
      hint: "did you mean 'availability'?"
    ),
    BrokenScenario(
      ">= 99.9%",
      ">= 3s",
      at: "\"fast",
      "'3s' is no bound for availability",
      hint: "write a share such as 99.9%"
    ),
    BrokenScenario(
      "availability >= 99.9%",
      "latency_p99 < 3",
      at: "\"fast",
      "'3' is no bound for latency_p99",
      hint: "write a duration such as 3s"
    ),
    BrokenScenario(
      ">= 99.9%",
      "= 99.9%",
      at: "\"fast",
      "'fast: availability = 99.9%' is not a condition",
      hint: "write it like 'service: availability >= 99.9%'"
    ),
  ]

  static let overrides: [BrokenScenario] = [
    BrokenScenario(
      "fast: {workloads.web",
      "fast: {workload.web",
      at: "workload.web",
      "cannot set 'workload.web.calls.api.timeout': there is no 'workload'",
      hint: "did you mean 'workloads'?"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {run.duration: 2h}",
      at: "run.duration",
      "a variant cannot set 'run.duration', which all variants share",
      hint: "write it in spec itself"
    ),
    BrokenScenario(
      "timeout: 1s}",
      "timeout: 1x}",
      at: "1x}",
      "unknown unit 'x' in the duration: '1x' (in variant 'fast')",
      hint: "units are ns, us, ms, s, m, h"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {autoscalers.apo.maxReplicas: 4}",
      at: "autoscalers",
      "cannot set 'autoscalers.apo.maxReplicas': there is no "
        + "HorizontalPodAutoscaler 'apo'",
      hint: "did you mean 'shop/api'?"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {manifests.deploymant.web.spec: 4}",
      at: "manifests.dep",
      "cannot set 'manifests.deploymant.web.spec': the manifests hold no "
        + "deploymant",
      hint: "did you mean 'Deployment'?"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {traffic.userz.timeout: 4s}",
      at: "traffic.userz",
      "cannot set 'traffic.userz.timeout': the list has no element named "
        + "'userz'",
      hint: "did you mean 'users'?"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {\"traffic[3].timeout\": 4s}",
      at: "\"traffic[3]",
      "cannot set 'traffic[3].timeout': there is no element [3], the list "
        + "has 1"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {a..b: 4s}",
      at: "a..b",
      "'a..b' is not a field path",
      hint: "write it like spec.traffic[0].timeout"
    ),
    BrokenScenario(
      "fast: {workloads.web.calls.api.timeout: 1s}",
      "fast: {workloads.web.calls.api.tiemout: 1s}",
      at: "1s}",
      "unknown field 'tiemout' (in variant 'fast')",
      hint: "did you mean 'timeout'?"
    ),
    BrokenScenario(
      "thresholds:",
      "sweep: {cluster.node: [1, 2], clutser.nodes: [3, 4]}\n  thresholds:",
      at: "clutser",
      "cannot set 'clutser.nodes': there is no 'clutser'",
      hint: "did you mean 'cluster'?"
    ),
  ]
}
