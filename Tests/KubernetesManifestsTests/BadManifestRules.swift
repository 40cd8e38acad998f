private let deployment = Fixtures.deployment
private let service = Fixtures.service
private let autoscaler = Fixtures.autoscaler
private let statefulSet = Fixtures.statefulSet
private let container = "spec.template.spec.containers[0]"

/// Values of the right type that the API server refuses.
let ruleBreakingManifests: [Breakage] = [
  Breakage(
    deployment,
    "labels: {app: backend, tier: api}",
    "labels: ¶{app: frontend, tier: api}",
    "Invalid value: `selector` does not match template `labels` 'app=frontend,tier=api'",
    "spec.template.metadata.labels"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "replicas: ¶-1",
    "Invalid value: '-1': must be greater than or equal to 0",
    "spec.replicas"
  ),
  Breakage(
    deployment,
    "name: backend\n",
    "name: ¶Back_End\n",
    "Invalid value: 'Back_End': a lowercase RFC 1123 subdomain is made of a-z, 0-9, '-' "
      + "and '.' and each part begins and ends with a letter or digit",
    "metadata.name"
  ),
  Breakage(
    deployment,
    "namespace: shop",
    "namespace: ¶shop.eu",
    "Invalid value: 'shop.eu': a lowercase RFC 1123 label is made of a-z, 0-9 and '-' and "
      + "begins and ends with a letter or digit",
    "metadata.namespace"
  ),
  Breakage(
    deployment,
    "name: server",
    "name: ¶Server",
    "Invalid value: 'Server': a lowercase RFC 1123 label is made of a-z, 0-9 and '-' and "
      + "begins and ends with a letter or digit",
    "\(container).name"
  ),
  Breakage(
    deployment,
    "containerPort: 8080",
    "containerPort: ¶70000",
    "Invalid value: '70000': must be between 1 and 65535, inclusive",
    "\(container).ports[0].containerPort"
  ),
  Breakage(
    deployment,
    "name: http,",
    "name: ¶a-very-long-port-name,",
    "Invalid value: 'a-very-long-port-name': must be 1 to 15 characters",
    "\(container).ports[0].name"
  ),
  Breakage(
    deployment,
    "requests: {cpu: 500m",
    "requests: {cpu: ¶1500m",
    "Invalid value: '1500m': must be less than or equal to the cpu limit '1'",
    "\(container).resources.requests.cpu"
  ),
  Breakage(
    deployment,
    "failureThreshold: 5",
    "successThreshold: ¶2",
    "Invalid value: '2': must be 1 for a liveness probe",
    "\(container).livenessProbe.successThreshold"
  ),
  Breakage(
    deployment,
    "tcpSocket: {port: 8080}",
    "tcpSocket: {port: 8080}\n            grpc: ¶{port: 1}",
    "Forbidden: may not specify more than 1 handler type",
    "\(container).livenessProbe.grpc"
  ),
  Breakage(
    deployment,
    "tcpSocket: {port: 8080}\n            failureThreshold: 5",
    "¶failureThreshold: 5",
    "Required value: a probe needs one of httpGet, tcpSocket, grpc and exec",
    "\(container).livenessProbe"
  ),
  Breakage(
    deployment,
    "seconds: 10",
    "seconds: ¶46",
    "Invalid value: '46': must be between 0 and 45, inclusive",
    "\(container).lifecycle.preStop.sleep.seconds"
  ),
  Breakage(
    deployment,
    "maxSurge: 1",
    "maxSurge: ¶-1",
    "Invalid value: '-1': must be greater than or equal to 0",
    "spec.strategy.rollingUpdate.maxSurge"
  ),
  Breakage(
    deployment,
    "maxSurge: 1, maxUnavailable: 0",
    "maxSurge: 0, maxUnavailable: ¶0",
    "Invalid value: '0': may not be 0 when `maxSurge` is 0",
    "spec.strategy.rollingUpdate.maxUnavailable"
  ),
  Breakage(
    deployment,
    "maxUnavailable: 0",
    "maxUnavailable: ¶150%",
    "Invalid value: '150%': must not be greater than 100%",
    "spec.strategy.rollingUpdate.maxUnavailable"
  ),
  Breakage(
    deployment,
    "type: RollingUpdate\n    rollingUpdate: {",
    "type: Recreate\n    rollingUpdate: ¶{",
    "Forbidden: may not be specified when strategy `type` is 'Recreate'",
    "spec.strategy.rollingUpdate"
  ),
  Breakage(
    deployment,
    "replicas: 3",
    "progressDeadlineSeconds: ¶0",
    "Invalid value: '0': must be greater than minReadySeconds",
    "spec.progressDeadlineSeconds"
  ),
  Breakage(
    deployment,
    "terminationGracePeriodSeconds: 45",
    "restartPolicy: ¶Never\n      terminationGracePeriodSeconds: 45",
    "Unsupported value: 'Never': supported values: 'Always'",
    "spec.template.spec.restartPolicy"
  ),
  Breakage(
    service,
    "nodePort: 30080",
    "nodePort: ¶80",
    "Invalid value: '80': provided port is not in the valid range. The range of valid "
      + "ports is 30000-32767",
    "spec.ports[0].nodePort"
  ),
  Breakage(
    service,
    "type: NodePort",
    "type: ClusterIP\n  clusterIP: ¶10.0.0.300",
    "Invalid value: '10.0.0.300': must be empty, 'None', or a valid IP address",
    "spec.clusterIPs[0]"
  ),
  Breakage(
    service,
    "type: NodePort",
    "clusterIP: ¶None\n  type: NodePort",
    "Invalid value: 'None': may not be set to 'None' for NodePort services",
    "spec.clusterIPs[0]"
  ),
  Breakage(
    service,
    "name: admin",
    "name: ¶http",
    "Duplicate value: 'http'",
    "spec.ports[1].name"
  ),
  Breakage(service, "port: 81", "port: ¶80", "Duplicate value: '80/TCP'", "spec.ports[1]"),
  Breakage(
    service,
    "port: 81",
    "port: ¶0",
    "Invalid value: '0': must be between 1 and 65535, inclusive",
    "spec.ports[1].port"
  ),
  Breakage(
    service,
    "- {name: admin, port: 81}",
    "- ¶{port: 81}",
    "Required value: each port needs a name when there are several",
    "spec.ports[1].name"
  ),
  Breakage(
    service,
    "type: NodePort",
    "sessionAffinityConfig: ¶{}\n  type: NodePort",
    "Forbidden: must not be set when session affinity is None",
    "spec.sessionAffinityConfig"
  ),
  Breakage(
    service,
    "type: NodePort",
    "loadBalancerClass: ¶x\n  type: NodePort",
    "Forbidden: may only be used when `type` is 'LoadBalancer'",
    "spec.loadBalancerClass"
  ),
  Breakage(
    autoscaler,
    "maxReplicas: 80",
    "maxReplicas: ¶11",
    "Invalid value: '11': must be greater than or equal to `minReplicas`",
    "spec.maxReplicas"
  ),
  Breakage(
    autoscaler,
    "minReplicas: 12\n  scaleTargetRef: {kind: Deployment, name: backend}\n  maxReplicas: 80",
    "¶minReplicas: 12\n  scaleTargetRef: {kind: Deployment, name: backend}",
    "Invalid value: '0': must be greater than 0",
    "spec.maxReplicas"
  ),
  Breakage(
    autoscaler,
    "minReplicas: 12",
    "minReplicas: ¶0",
    "Invalid value: '0': must be greater than or equal to 1",
    "spec.minReplicas"
  ),
  Breakage(
    autoscaler,
    "averageUtilization: 60",
    "averageUtilization: ¶0",
    "Invalid value: '0': must be greater than or equal to 1",
    "spec.metrics[0].resource.target.averageUtilization"
  ),
  Breakage(
    autoscaler,
    "periodSeconds: 30",
    "periodSeconds: ¶1801",
    "Invalid value: '1801': must be between 1 and 1800, inclusive",
    "spec.behavior.scaleUp.policies[0].periodSeconds"
  ),
  Breakage(
    autoscaler,
    "stabilizationWindowSeconds: 120",
    "stabilizationWindowSeconds: ¶3601",
    "Invalid value: '3601': must be between 0 and 3600, inclusive",
    "spec.behavior.scaleDown.stabilizationWindowSeconds"
  ),
  Breakage(
    autoscaler,
    "name: backend}\n  max",
    "¶nam: backend}\n  max",
    "unknown field 'nam'",
    "spec.scaleTargetRef.nam",
    hint: "did you mean 'name'?"
  ),
  Breakage(
    statefulSet,
    "serviceName: orders",
    "podManagementPolicy: ¶Serial",
    "Invalid value: 'Serial': must be 'OrderedReady' or 'Parallel'",
    "spec.podManagementPolicy"
  ),
]
