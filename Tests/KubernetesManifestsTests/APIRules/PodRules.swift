private let pod = APIBase.pod
private let spec = "spec:\n"
private let web = "image: web:1"
private let log = "image: log:1"

/// What the API server refuses in containers and in the names and resolver of a pod.
let podRules: [APIRule] = containers + environments + probes + networks

private func ports(_ text: String) -> String { "\(web)\n      ports: [\(text)]" }

private let containers: [APIRule] = [
  APIRule(
    pod,
    "  containers:\n    - name: web\n      \(web)\n    - name: log\n      \(log)\n",
    "  containers: ¶[]\n",
    not: "  containers: [{name: web, image: web}]\n",
    .required,
    "spec.containers"
  ),
  APIRule(
    pod,
    "- name: log",
    "- name: ¶web",
    not: "- name: log2",
    .duplicate,
    "spec.containers[1].name"
  ),
  APIRule(
    pod,
    spec,
    "spec:\n  initContainers: [{name: ¶log, image: init}]\n",
    not: "spec:\n  initContainers: [{name: init, image: init}]\n",
    .duplicate,
    "spec.initContainers[0].name"
  ),
  APIRule(
    pod,
    "- name: log",
    "- name: ¶log.eu",
    not: "- name: log-eu",
    .invalid,
    "spec.containers[1].name"
  ),
  APIRule(
    pod,
    "- name: log\n      \(log)",
    "- ¶name: log",
    not: "- name: log\n      \(log)",
    .required,
    "spec.containers[1].image"
  ),
  APIRule(
    pod,
    log,
    "image: ¶\"log:1 \"",
    not: "image: \"log:1\"",
    .invalid,
    "spec.containers[1].image"
  ),
  APIRule(
    pod,
    log,
    "\(log)\n      imagePullPolicy: ¶Sometimes",
    not: "\(log)\n      imagePullPolicy: Never",
    .notSupported,
    "spec.containers[1].imagePullPolicy"
  ),
  APIRule(
    pod,
    web,
    ports("{containerPort: ¶70000}"),
    not: ports("{containerPort: 65535}"),
    .invalid,
    "spec.containers[0].ports[0].containerPort"
  ),
  APIRule(
    pod,
    web,
    ports("¶{name: http}"),
    not: ports("{name: http, containerPort: 80}"),
    .required,
    "spec.containers[0].ports[0].containerPort"
  ),
  APIRule(
    pod,
    web,
    ports("{name: ¶http_1, containerPort: 80}"),
    not: ports("{name: http-1, containerPort: 80}"),
    .invalid,
    "spec.containers[0].ports[0].name"
  ),
  APIRule(
    pod,
    web,
    ports("{name: http, containerPort: 80}, {name: ¶http, containerPort: 81}"),
    not: ports("{name: http, containerPort: 80}, {name: admin, containerPort: 80}"),
    .duplicate,
    "spec.containers[0].ports[1].name"
  ),
  APIRule(
    pod,
    web,
    ports("{containerPort: 80, protocol: ¶HTTP}"),
    not: ports("{containerPort: 80, protocol: UDP}"),
    .notSupported,
    "spec.containers[0].ports[0].protocol"
  ),
  APIRule(
    pod.replacing(
      spec,
      with: "spec:\n  initContainers: [{name: i, image: i, "
        + "ports: [{containerPort: 1, hostPort: 80}]}]\n"
    ),
    web,
    ports("{containerPort: 80, hostPort: 80}, ¶{containerPort: 81, hostPort: 80}"),
    not: ports("{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 81}"),
    .duplicate,
    "spec.containers[0].ports[1].hostPort"
  ),
  APIRule(
    pod.replacing(spec, with: "spec:\n  hostNetwork: true\n"),
    web,
    ports("¶{containerPort: 80, hostPort: 81}"),
    not: ports("{containerPort: 80}"),
    .invalid,
    "spec.containers[0].ports[0].containerPort"
  ),
  APIRule(
    pod,
    log,
    "\(log)\n      resources: {requests: {cpu: ¶2}, limits: {cpu: 1}}",
    not: "\(log)\n      resources: {requests: {cpu: 1}, limits: {cpu: 1000m}}",
    .invalid,
    "spec.containers[1].resources.requests.cpu"
  ),
  APIRule(
    pod,
    spec,
    "spec:\n  initContainers: [{name: i, image: i, readinessProbe: ¶{tcpSocket: {port: 1}}}]\n",
    not: "spec:\n  initContainers:\n    - {name: i, image: i, restartPolicy: Always, "
      + "readinessProbe: {tcpSocket: {port: 1}}}\n",
    .forbidden,
    "spec.initContainers[0].readinessProbe"
  ),
  APIRule(
    pod,
    "restartPolicy: Always",
    "restartPolicy: ¶Once",
    not: "restartPolicy: Never",
    .notSupported,
    "spec.restartPolicy"
  ),
  APIRule(
    pod,
    spec,
    "spec:\n  activeDeadlineSeconds: ¶0\n",
    not: "spec:\n  activeDeadlineSeconds: 1\n",
    .invalid,
    "spec.activeDeadlineSeconds"
  ),
  APIRule(
    pod,
    spec,
    "spec:\n  readinessGates: [{conditionType: ¶a/b/c}]\n",
    not: "spec:\n  readinessGates: [{conditionType: target-health.example/web}]\n",
    .invalid,
    "spec.readinessGates[0].conditionType"
  ),
]

private func env(_ text: String) -> String { "\(log)\n      env: [\(text)]" }
private func envFrom(_ text: String) -> String { "\(log)\n      envFrom: [\(text)]" }

private let environments: [APIRule] = [
  APIRule(
    pod,
    log,
    env("¶{value: a}"),
    not: env("{name: A, value: a}"),
    .required,
    "spec.containers[1].env[0].name"
  ),
  APIRule(
    pod,
    log,
    env("{name: ¶\"A=B\"}"),
    not: env("{name: A.B-c}"),
    .invalid,
    "spec.containers[1].env[0].name"
  ),
  APIRule(
    pod,
    log,
    env("{name: A, value: a, valueFrom: ¶{fieldRef: {fieldPath: status.podIP}}}"),
    not: env("{name: A, value: \"\", valueFrom: {fieldRef: {fieldPath: status.podIP}}}"),
    .invalid,
    "spec.containers[1].env[0].valueFrom"
  ),
  APIRule(
    pod,
    log,
    env("{name: A, valueFrom: ¶{}}"),
    not: env("{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}"),
    .invalid,
    "spec.containers[1].env[0].valueFrom"
  ),
  APIRule(
    pod,
    log,
    env("{name: A, valueFrom: ¶{fieldRef: {}, secretKeyRef: {}}}"),
    not: env("{name: A, valueFrom: {configMapKeyRef: {name: s, key: k}}}"),
    .invalid,
    "spec.containers[1].env[0].valueFrom"
  ),
  APIRule(
    pod,
    log,
    envFrom("¶{prefix: A_}"),
    not: envFrom("{prefix: A_, secretRef: {name: s}}"),
    .invalid,
    "spec.containers[1].envFrom[0]"
  ),
]

private func probe(_ text: String) -> String { "\(log)\n      livenessProbe: \(text)" }

private let probes: [APIRule] = [
  APIRule(
    pod,
    log,
    probe("¶{periodSeconds: 5}"),
    not: probe("{exec: {command: [\"true\"]}}"),
    .required,
    "spec.containers[1].livenessProbe"
  ),
  APIRule(
    pod,
    log,
    probe("{tcpSocket: {port: 1}, grpc: ¶{port: 1}}"),
    not: probe("{grpc: {port: 1}}"),
    .forbidden,
    "spec.containers[1].livenessProbe.grpc"
  ),
  APIRule(
    pod,
    log,
    probe("{tcpSocket: {port: 1}, successThreshold: ¶2}"),
    not: probe("{tcpSocket: {port: 1}, successThreshold: 1}"),
    .invalid,
    "spec.containers[1].livenessProbe.successThreshold"
  ),
  APIRule(
    pod,
    log,
    probe("{httpGet: {port: 1, scheme: ¶https}}"),
    not: probe("{httpGet: {port: 1, scheme: HTTPS}}"),
    .notSupported,
    "spec.containers[1].livenessProbe.httpGet.scheme"
  ),
  APIRule(
    pod,
    log,
    "\(log)\n      lifecycle: {preStop: {sleep: {seconds: ¶31}}}",
    not: "\(log)\n      lifecycle: {preStop: {sleep: {seconds: 30}}}",
    .invalid,
    "spec.containers[1].lifecycle.preStop.sleep.seconds"
  ),
]

private func inSpec(_ text: String) -> String { "spec:\n  \(text)\n" }

private let networks: [APIRule] = [
  APIRule(
    pod,
    spec,
    inSpec("hostname: ¶web.eu"),
    not: inSpec("hostname: web-eu"),
    .invalid,
    "spec.hostname"
  ),
  APIRule(
    pod,
    spec,
    inSpec("subdomain: ¶Web"),
    not: inSpec("subdomain: web"),
    .invalid,
    "spec.subdomain"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsPolicy: ¶Cluster"),
    not: inSpec("dnsPolicy: Default"),
    .notSupported,
    "spec.dnsPolicy"
  ),
  APIRule(
    pod,
    spec,
    "spec:\n  ¶dnsPolicy: None\n",
    not: inSpec("dnsPolicy: None\n  dnsConfig: {nameservers: [10.96.0.10]}"),
    .required,
    "spec.dnsConfig"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsPolicy: None\n  dnsConfig: ¶{searches: [a.example]}"),
    not: inSpec("dnsConfig: {searches: [a.example, _tcp.example.]}"),
    .required,
    "spec.dnsConfig.nameservers"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsConfig: {nameservers: ¶[10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}"),
    not: inSpec("dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3]}"),
    .invalid,
    "spec.dnsConfig.nameservers"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsConfig: {nameservers: [¶dns.example]}"),
    not: inSpec("dnsConfig: {nameservers: [\"fd00::a\"]}"),
    .invalid,
    "spec.dnsConfig.nameservers[0]"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsConfig: {searches: [¶UPPER]}"),
    not: inSpec("dnsConfig: {searches: [.]}"),
    .invalid,
    "spec.dnsConfig.searches[0]"
  ),
  APIRule(
    pod,
    spec,
    inSpec("dnsConfig: {options: [¶{value: \"2\"}]}"),
    not: inSpec("dnsConfig: {options: [{name: ndots, value: \"2\"}]}"),
    .required,
    "spec.dnsConfig.options[0].name"
  ),
  APIRule(
    pod,
    spec,
    inSpec("hostAliases: [{ip: ¶localhost, hostnames: [a]}]"),
    not: inSpec("hostAliases: [{ip: 127.0.0.1, hostnames: [a]}]"),
    .invalid,
    "spec.hostAliases[0].ip"
  ),
]
