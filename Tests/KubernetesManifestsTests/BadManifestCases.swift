import Testing

/// One edit that breaks a fixture; `¶` in the replacement marks where the error must point.
struct Breakage: Sendable, CustomTestStringConvertible {
  var fixture: String
  var find: String
  var replacement: String
  var message: String
  var field: String
  var hint: String?

  init(
    _ fixture: String,
    _ find: String,
    _ replacement: String,
    _ message: String,
    _ field: String,
    hint: String? = nil
  ) {
    self.fixture = fixture
    self.find = find
    self.replacement = replacement
    self.message = message
    self.field = field
    self.hint = hint
  }

  var testDescription: String { "\(find) → \(replacement)" }
}

private let deployment = Fixtures.deployment
private let service = Fixtures.service
private let autoscaler = Fixtures.autoscaler
private let container = "spec.template.spec.containers[0]"

/// Names written wrong.
let misspeltManifests: [Breakage] = [
  Breakage(
    deployment,
    "replicas: 3",
    "¶replcas: 3",
    "unknown field 'replcas'",
    "spec.replcas",
    hint: "did you mean 'replicas'?"
  ),
  Breakage(
    deployment,
    "periodSeconds: 5",
    "¶periodSecond: 5",
    "unknown field",
    "\(container).readinessProbe.periodSecond",
    hint: "did you mean 'periodSeconds'?"
  ),
  Breakage(
    deployment,
    "matchLabels:",
    "¶matchlabels:",
    "unknown field",
    "spec.selector.matchlabels",
    hint: "did you mean 'matchLabels'?"
  ),
  Breakage(
    deployment,
    "sleep: {seconds: 10}",
    "sleep: {seconds: 10, ¶secs: 1}",
    "unknown field",
    "\(container).lifecycle.preStop.sleep.secs",
    hint: "one of: seconds"
  ),
  Breakage(
    service,
    "targetPort: http",
    "¶targetport: http",
    "unknown field",
    "spec.ports[0].targetport",
    hint: "did you mean 'targetPort'?"
  ),
  Breakage(
    service,
    "type: NodePort",
    "type: ¶Nodeport",
    "Unsupported value: 'Nodeport'",
    "spec.type",
    hint: "did you mean 'NodePort'?"
  ),
  Breakage(
    autoscaler,
    "maxReplicas: 80",
    "maxReplicas: 80\n  ¶maxReplica: 1",
    "unknown field",
    "spec.maxReplica",
    hint: "did you mean 'maxReplicas'?"
  ),
  Breakage(
    autoscaler,
    "behavior:",
    "¶behaviour:",
    "unknown field",
    "spec.behaviour",
    hint: "did you mean 'behavior'?"
  ),
  Breakage(
    deployment,
    "kind: Deployment",
    "kind: ¶Deploymnet",
    "no kind 'Deploymnet'",
    "kind",
    hint: "did you mean 'Deployment'?"
  ),
  Breakage(
    deployment,
    "apiVersion: apps/v1",
    "apiVersion: ¶extensions/v1beta1",
    "no kind 'Deployment'",
    "apiVersion",
    hint: "write apiVersion: apps/v1"
  ),
  Breakage(
    autoscaler,
    "apiVersion: autoscaling/v2",
    "apiVersion: ¶autoscaling/v1",
    "no kind",
    "apiVersion",
    hint: "write apiVersion: autoscaling/v2"
  ),
  Breakage(
    deployment,
    "requests: {cpu:",
    "requests: {¶cpus:",
    "must be a standard resource",
    "\(container).resources.requests.cpus",
    hint: "did you mean 'cpu'?"
  ),
]

/// Values of the wrong type.
let mistypedManifests: [Breakage] = [
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶three",
    "expected a whole number, found the text",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶\"3\"",
    "expected a whole number",
    "spec.replicas",
    hint: "remove the quotes"
  ),
  Breakage(deployment, "replicas: 3", "replicas: ¶3.0", "expected a whole number", "spec.replicas"),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶1e30",
    "expected a whole number",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶99999999999999999999",
    "is out of range",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶010",
    "which YAML 1.1 reads as an octal number",
    "spec.replicas",
    hint: "write a decimal number without a leading zero"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶1:30",
    "a number in base 60",
    "spec.replicas"
  ),
  Breakage(deployment, "replicas: 3", "replicas: ¶0x10", "hexadecimal", "spec.replicas"),
  Breakage(deployment, "replicas: 3", "replicas: ¶1_000", "the number 1000", "spec.replicas"),
  Breakage(deployment, "replicas: 3", "replicas: ¶.nan", "not a number", "spec.replicas"),
  Breakage(deployment, "replicas: 3", "replicas: ¶-.inf", "infinity", "spec.replicas"),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶true",
    "found the boolean true",
    "spec.replicas"
  ),
  Breakage(deployment, "replicas: 3", "replicas: ¶[3]", "found a list", "spec.replicas"),
  Breakage(deployment, "replicas: 3", "replicas: ¶{n: 3}", "found a mapping", "spec.replicas"),
  Breakage(
    deployment,
    "image: shop/backend:1.4.2",
    "image: ¶1.4",
    "expected text, found the number 1.4",
    "\(container).image",
    hint: "put it in quotes: \"1.4\""
  ),
  Breakage(
    deployment,
    "value: \"8080\"",
    "value: ¶8080",
    "expected text",
    "\(container).env[0].value",
    hint: "put it in quotes: \"8080\""
  ),
  Breakage(
    deployment,
    "labels: {app: backend, tier: api}",
    "labels: {app: backend, tier: ¶yes}",
    "'yes' is read as true by YAML 1.1",
    "spec.template.metadata.labels.tier",
    hint: "put it in quotes: \"yes\""
  ),
  Breakage(
    deployment,
    "revision: \"1\"",
    "revision: ¶1",
    "expected text",
    "metadata.annotations.deployment.kubernetes.io/revision"
  ),
  Breakage(
    service,
    "type: NodePort",
    "publishNotReadyAddresses: ¶yes\n  type: NodePort",
    "expected true or false",
    "spec.publishNotReadyAddresses",
    hint: "write true without quotes"
  ),
  Breakage(
    service,
    "type: NodePort",
    "publishNotReadyAddresses: ¶'true'\n  type: NodePort",
    "expected true or false",
    "spec.publishNotReadyAddresses"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶-1",
    "cannot be negative",
    "\(container).resources.requests.cpu"
  ),
  Breakage(
    deployment,
    "memory: 256Mi",
    "memory: ¶256MB",
    "unknown suffix 'MB'",
    "\(container).resources.requests.memory",
    hint: "did you mean 'M'?"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶.nan",
    "not a quantity",
    "\(container).resources.requests.cpu"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶1e30",
    "too large",
    "\(container).resources.requests.cpu"
  ),
  Breakage(
    deployment,
    "containers:",
    "containers: ¶none\n      volumes:",
    "expected a list",
    "spec.template.spec.containers"
  ),
]
