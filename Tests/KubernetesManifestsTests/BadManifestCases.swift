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
    "unknown field 'periodSecond'",
    "\(container).readinessProbe.periodSecond",
    hint: "did you mean 'periodSeconds'?"
  ),
  Breakage(
    deployment,
    "matchLabels:",
    "¶matchlabels:",
    "unknown field 'matchlabels'",
    "spec.selector.matchlabels",
    hint: "did you mean 'matchLabels'?"
  ),
  Breakage(
    deployment,
    "sleep: {seconds: 10}",
    "sleep: {seconds: 10, ¶secs: 1}",
    "unknown field 'secs'",
    "\(container).lifecycle.preStop.sleep.secs",
    hint: "one of: seconds"
  ),
  Breakage(
    service,
    "targetPort: http",
    "¶targetport: http",
    "unknown field 'targetport'",
    "spec.ports[0].targetport",
    hint: "did you mean 'targetPort'?"
  ),
  Breakage(
    service,
    "type: NodePort",
    "type: ¶Nodeport",
    "Unsupported value: 'Nodeport': supported values: 'ClusterIP', 'NodePort', "
      + "'LoadBalancer', 'ExternalName'",
    "spec.type",
    hint: "did you mean 'NodePort'?"
  ),
  Breakage(
    autoscaler,
    "maxReplicas: 80",
    "maxReplicas: 80\n  ¶maxReplica: 1",
    "unknown field 'maxReplica'",
    "spec.maxReplica",
    hint: "did you mean 'maxReplicas'?"
  ),
  Breakage(
    autoscaler,
    "behavior:",
    "¶behaviour:",
    "unknown field 'behaviour'",
    "spec.behaviour",
    hint: "did you mean 'behavior'?"
  ),
  Breakage(
    deployment,
    "kind: Deployment",
    "kind: ¶Deploymnet",
    "no kind 'Deploymnet' in version 'apps/v1'",
    "kind",
    hint: "did you mean 'Deployment'?"
  ),
  Breakage(
    deployment,
    "apiVersion: apps/v1",
    "apiVersion: ¶extensions/v1beta1",
    "no kind 'Deployment' is read from version 'extensions/v1beta1'",
    "apiVersion",
    hint: "write apiVersion: apps/v1"
  ),
  Breakage(
    autoscaler,
    "apiVersion: autoscaling/v2",
    "apiVersion: ¶autoscaling/v1",
    "no kind 'HorizontalPodAutoscaler' is read from version 'autoscaling/v1'",
    "apiVersion",
    hint: "write apiVersion: autoscaling/v2"
  ),
  Breakage(
    deployment,
    "requests: {cpu:",
    "requests: {¶cpus:",
    "Invalid value: 'cpus': must be a standard resource for containers",
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
    "expected a whole number, found the text 'three'",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶\"3\"",
    "expected a whole number, found the text '3'",
    "spec.replicas",
    hint: "remove the quotes"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶3.0",
    "expected a whole number, found the number 3.0",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶1e30",
    "expected a whole number, found the number 1e30",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶99999999999999999999",
    "99999999999999999999 is out of range",
    "spec.replicas",
    hint: "write a whole number from 0 to 2147483647"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶010",
    "expected a whole number, found '010', which YAML 1.1 reads as an octal number",
    "spec.replicas",
    hint: "write plain decimal digits, without a leading zero"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶1:30",
    "expected a whole number, found '1:30', which YAML 1.1 reads as a number in base 60",
    "spec.replicas",
    hint: "write plain decimal digits, without a leading zero"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶0x10",
    "expected a whole number, found '0x10', which YAML 1.1 reads as a hexadecimal number",
    "spec.replicas",
    hint: "write plain decimal digits, without a leading zero"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶1_000",
    "expected a whole number, found '1_000', which YAML 1.1 reads as the number 1000",
    "spec.replicas",
    hint: "write plain decimal digits, without a leading zero"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶.nan",
    "expected a whole number, found '.nan', which YAML 1.1 reads as not a number",
    "spec.replicas",
    hint: "write a finite number"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶-.inf",
    "expected a whole number, found '-.inf', which YAML 1.1 reads as infinity",
    "spec.replicas",
    hint: "write a finite number"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶true",
    "expected a whole number, found the boolean true",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶[3]",
    "expected a whole number, found a list",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶{n: 3}",
    "expected a whole number, found a mapping",
    "spec.replicas"
  ),
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
    "expected text, found the number 8080",
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
    "expected text, found the number 1",
    "metadata.annotations.deployment.kubernetes.io/revision",
    hint: "put it in quotes: \"1\""
  ),
  Breakage(
    service,
    "type: NodePort",
    "publishNotReadyAddresses: ¶yes\n  type: NodePort",
    "expected true or false, found the bare word yes",
    "spec.publishNotReadyAddresses",
    hint: "write true without quotes"
  ),
  Breakage(
    service,
    "type: NodePort",
    "publishNotReadyAddresses: ¶'true'\n  type: NodePort",
    "expected true or false, found the text 'true'",
    "spec.publishNotReadyAddresses",
    hint: "write true without quotes"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶-1",
    "a quantity cannot be negative here: '-1'",
    "\(container).resources.requests.cpu"
  ),
  Breakage(
    deployment,
    "memory: 256Mi",
    "memory: ¶256MB",
    "unknown suffix 'MB' in the quantity: '256MB'",
    "\(container).resources.requests.memory",
    hint: "did you mean 'M'?"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶.nan",
    "expected a quantity, found '.nan', which YAML 1.1 reads as not a number",
    "\(container).resources.requests.cpu",
    hint: "write a finite number"
  ),
  Breakage(
    deployment,
    "cpu: 500m",
    "cpu: ¶1e30",
    "the quantity is too large: '1e30'",
    "\(container).resources.requests.cpu",
    hint: "8Pi is the largest"
  ),
  Breakage(
    deployment,
    "containers:",
    "containers: ¶none\n      volumes:",
    "expected a list, found the text 'none'",
    "spec.template.spec.containers"
  ),
]
