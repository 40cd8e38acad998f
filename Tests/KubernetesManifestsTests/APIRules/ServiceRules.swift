private let plain = APIBase.clusterIP
private let nodePort = APIBase.nodePort
private let balancer = APIBase.loadBalancer
private let external = APIBase.externalName
private let admin = "{name: admin, port: 81}"
private let spec = "spec:\n"

/// What the API server refuses in a Service.
let serviceRules: [APIRule] = namesAndPorts + nodePorts + addresses + externalNames + policies

private let namesAndPorts: [APIRule] = [
  APIRule(plain, "name: web}", "name: ¶web.eu}", not: "name: web-eu}", .invalid, "metadata.name"),
  APIRule(
    plain,
    "name: web}",
    "name: ¶\(String(repeating: "a", count: 64))}",
    not: "name: \(String(repeating: "a", count: 63))}",
    .invalid,
    "metadata.name"
  ),
  APIRule(plain, "name: web}", "name: ¶Web}", not: "name: 1web}", .invalid, "metadata.name"),
  APIRule(
    plain,
    "spec:\n  selector: {app: web}\n  ports:\n    - {name: http, port: 80}\n    - \(admin)\n",
    "spec:\n  ¶selector: {app: web}\n",
    not: "spec:\n  clusterIP: None\n  selector: {app: web}\n",
    .required,
    "spec.ports"
  ),
  APIRule(plain, admin, "¶{port: 81}", not: admin, .required, "spec.ports[1].name"),
  APIRule(
    plain,
    "{name: http, port: 80}\n    - \(admin)",
    "{name: ¶Http, port: 80}\n    - \(admin)",
    not: "{port: 80}",
    .invalid,
    "spec.ports[0].name"
  ),
  APIRule(
    plain,
    admin,
    "{name: ¶http, port: 81}",
    not: "{name: http2, port: 81}",
    .duplicate,
    "spec.ports[1].name"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: ¶65536}",
    not: "{name: admin, port: 65535}",
    .invalid,
    "spec.ports[1].port"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: ¶80}",
    not: "{name: admin, port: 80, protocol: UDP}",
    .duplicate,
    "spec.ports[1]"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, targetPort: ¶0}",
    not: "{name: admin, port: 81, targetPort: 1}",
    .invalid,
    "spec.ports[1].targetPort"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, targetPort: ¶sixteen-letters-}",
    not: "{name: admin, port: 81, targetPort: fifteen-letters}",
    .invalid,
    "spec.ports[1].targetPort"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, targetPort: ¶\"8080\"}",
    not: "{name: admin, port: 81, targetPort: p8080}",
    .invalid,
    "spec.ports[1].targetPort"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, protocol: ¶tcp}",
    not: "{name: admin, port: 81, protocol: SCTP}",
    .notSupported,
    "spec.ports[1].protocol"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, appProtocol: ¶a/b/c}",
    not: "{name: admin, port: 81, appProtocol: kubernetes.io/h2c}",
    .invalid,
    "spec.ports[1].appProtocol"
  ),
  APIRule(
    plain,
    "selector: {app: web}",
    "selector: {¶-app: web}",
    not: "selector: {shop.example/app: web}",
    .invalid,
    "spec.selector"
  ),
  APIRule(
    balancer,
    "port: 80}",
    "port: ¶10250}",
    not: "port: 10251}",
    .invalid,
    "spec.ports[0]"
  ),
]

private let nodePorts: [APIRule] = [
  // validateServicePort sees the zero of a port that is not given.
  APIRule(
    plain,
    admin,
    "¶{name: admin}",
    not: admin,
    .invalid,
    "spec.ports[1].port"
  ),
  // Only ClusterIP forbids node ports; those of an ExternalName are not looked at.
  APIRule(
    external,
    "type: ExternalName",
    "ports: [{port: ¶0}]\n  type: ExternalName",
    not: "ports: [{port: 80, nodePort: 8080}]\n  type: ExternalName",
    .invalid,
    "spec.ports[0].port"
  ),
  APIRule(
    nodePort,
    admin,
    "{name: admin, port: 81, nodePort: ¶8080}",
    not: "{name: admin, port: 81, nodePort: 30000}",
    .invalid,
    "spec.ports[1].nodePort"
  ),
  APIRule(
    nodePort,
    admin,
    "{name: admin, port: 81, nodePort: ¶32768}",
    not: "{name: admin, port: 81, nodePort: 32767}",
    .invalid,
    "spec.ports[1].nodePort"
  ),
  APIRule(
    plain,
    admin,
    "{name: admin, port: 81, nodePort: ¶30080}",
    not: "{name: admin, port: 81, nodePort: 0}",
    .forbidden,
    "spec.ports[1].nodePort"
  ),
  APIRule(
    nodePort,
    "port: 80}\n    - \(admin)",
    "port: 80, nodePort: 30080}\n    - {name: admin, port: 81, nodePort: ¶30080}",
    not: "port: 80, nodePort: 30080}\n    - {name: admin, port: 81, nodePort: 30081}",
    .duplicate,
    "spec.ports[1].nodePort"
  ),
  APIRule(
    nodePort,
    "port: 80}\n    - \(admin)",
    "port: 80, nodePort: 30080}\n"
      + "    - {name: dns, port: 81, nodePort: ¶30080, protocol: TCP}",
    not: "port: 80, nodePort: 30080}\n    - {name: dns, port: 81, nodePort: 30080, protocol: UDP}",
    .duplicate,
    "spec.ports[1].nodePort"
  ),
]

private let addresses: [APIRule] = [
  APIRule(
    nodePort,
    spec,
    "spec:\n  clusterIP: ¶None\n",
    not: "spec:\n  clusterIP: 10.96.0.7\n",
    .invalid,
    "spec.clusterIPs[0]"
  ),
  APIRule(
    balancer,
    spec,
    "spec:\n  clusterIP: ¶None\n",
    not: "spec:\n  clusterIP: \"\"\n",
    .invalid,
    "spec.clusterIPs[0]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: ¶10.96.0.07\n",
    not: "spec:\n  clusterIP: None\n",
    .invalid,
    "spec.clusterIPs[0]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: ¶none\n",
    not: "spec:\n  clusterIP: fd00::7\n",
    .invalid,
    "spec.clusterIPs[0]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: 10.96.0.7\n  clusterIPs: ¶[10.96.0.8]\n",
    not: "spec:\n  clusterIP: 10.96.0.8\n  clusterIPs: [10.96.0.8]\n",
    .invalid,
    "spec.clusterIPs"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIPs: ¶[10.96.0.8]\n",
    not: "spec:\n  clusterIP: 10.96.0.8\n",
    .invalid,
    "spec.clusterIPs"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: None\n  clusterIPs: [¶None, 10.96.0.8]\n",
    not: "spec:\n  clusterIP: None\n  clusterIPs: [None]\n",
    .invalid,
    "spec.clusterIPs"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: 10.96.0.8\n  clusterIPs: [10.96.0.8, ¶10.96.0.9]\n",
    not: "spec:\n  clusterIP: 10.96.0.8\n  clusterIPs: [10.96.0.8, \"fd00::9\"]\n",
    .invalid,
    "spec.clusterIPs"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: 10.96.0.8\n  clusterIPs: [10.96.0.8, \"fd00::9\", ¶\"fd00::a\"]\n",
    not: "spec:\n  clusterIP: 10.96.0.8\n  clusterIPs: [10.96.0.8, \"fd00::9\"]\n",
    .invalid,
    "spec.clusterIPs"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  clusterIP: ¶10.96.0.8\n  ipFamilies: [IPv6]\n",
    not: "spec:\n  clusterIP: 10.96.0.8\n  ipFamilies: [IPv4]\n",
    .invalid,
    "spec.clusterIPs[0]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  ipFamilies: [¶ipv4]\n",
    not: "spec:\n  ipFamilies: [IPv4]\n",
    .notSupported,
    "spec.ipFamilies[0]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  ipFamilies: [IPv4, ¶IPv4]\n",
    not: "spec:\n  ipFamilies: [IPv4, IPv6]\n",
    .duplicate,
    "spec.ipFamilies[1]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  ipFamilyPolicy: ¶DualStack\n",
    not: "spec:\n  ipFamilyPolicy: PreferDualStack\n",
    .notSupported,
    "spec.ipFamilyPolicy"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  externalIPs: [198.51.100.7, ¶127.0.0.1]\n",
    not: "spec:\n  externalIPs: [198.51.100.7, 198.51.100.8]\n",
    .invalid,
    "spec.externalIPs[1]"
  ),
]

private let externalNames: [APIRule] = [
  APIRule(
    external,
    "  externalName: db.example.com\n",
    "",
    not: "  externalName: db.example.com.\n",
    .required,
    "spec.externalName"
  ),
  APIRule(
    external,
    "externalName: db.example.com",
    "externalName: ¶https://db.example.com",
    not: "externalName: 203.0.113.9",
    .invalid,
    "spec.externalName"
  ),
  APIRule(
    external,
    "type: ExternalName",
    "clusterIP: ¶10.96.0.7\n  type: ExternalName",
    not: "clusterIP: \"\"\n  type: ExternalName",
    .forbidden,
    "spec.clusterIPs"
  ),
  APIRule(
    external,
    "type: ExternalName",
    "clusterIPs: ¶[10.96.0.7]\n  type: ExternalName",
    not: "clusterIPs: []\n  type: ExternalName",
    .forbidden,
    "spec.clusterIPs"
  ),
  APIRule(
    external,
    "type: ExternalName",
    "ipFamilies: ¶[IPv4]\n  type: ExternalName",
    not: "ipFamilies: []\n  type: ExternalName",
    .forbidden,
    "spec.ipFamilies"
  ),
  APIRule(
    external,
    "type: ExternalName",
    "ipFamilyPolicy: ¶SingleStack\n  type: ExternalName",
    not: "type: ExternalName",
    .forbidden,
    "spec.ipFamilyPolicy"
  ),
]

private let policies: [APIRule] = [
  APIRule(
    plain,
    spec,
    "spec:\n  type: ¶Clusterip\n",
    not: "spec:\n  type: ClusterIP\n",
    .notSupported,
    "spec.type"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  sessionAffinity: ¶Cookie\n",
    not: "spec:\n  sessionAffinity: ClientIP\n",
    .notSupported,
    "spec.sessionAffinity"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  sessionAffinity: None\n  sessionAffinityConfig: ¶{clientIP: {timeoutSeconds: 60}}\n",
    not: "spec:\n  sessionAffinity: ClientIP\n"
      + "  sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}\n",
    .forbidden,
    "spec.sessionAffinityConfig"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  sessionAffinity: ClientIP\n"
      + "  sessionAffinityConfig: {clientIP: {timeoutSeconds: ¶86401}}\n",
    not: "spec:\n  sessionAffinity: ClientIP\n"
      + "  sessionAffinityConfig: {clientIP: {timeoutSeconds: 86400}}\n",
    .invalid,
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  sessionAffinity: ClientIP\n"
      + "  sessionAffinityConfig: {clientIP: {timeoutSeconds: ¶0}}\n",
    not: "spec:\n  sessionAffinity: ClientIP\n"
      + "  sessionAffinityConfig: {clientIP: {timeoutSeconds: 1}}\n",
    .invalid,
    "spec.sessionAffinityConfig.clientIP.timeoutSeconds"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: ¶{}\n",
    not: "spec:\n  sessionAffinity: ClientIP\n",
    .required,
    "spec.sessionAffinityConfig.clientIP"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  externalTrafficPolicy: ¶Local\n",
    not: "spec:\n  externalIPs: [198.51.100.7]\n  externalTrafficPolicy: Local\n",
    .invalid,
    "spec.externalTrafficPolicy"
  ),
  APIRule(
    nodePort,
    spec,
    "spec:\n  externalTrafficPolicy: ¶Global\n",
    not: "spec:\n  externalTrafficPolicy: Local\n",
    .notSupported,
    "spec.externalTrafficPolicy"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  internalTrafficPolicy: ¶Node\n",
    not: "spec:\n  internalTrafficPolicy: Local\n",
    .notSupported,
    "spec.internalTrafficPolicy"
  ),
  APIRule(
    balancer,
    spec,
    "spec:\n  healthCheckNodePort: ¶30000\n",
    not: "spec:\n  externalTrafficPolicy: Local\n  healthCheckNodePort: 30000\n",
    .invalid,
    "spec.healthCheckNodePort"
  ),
  APIRule(
    nodePort,
    spec,
    "spec:\n  externalTrafficPolicy: Local\n  healthCheckNodePort: ¶30000\n",
    not: "spec:\n  externalTrafficPolicy: Local\n",
    .invalid,
    "spec.healthCheckNodePort"
  ),
  APIRule(
    nodePort,
    spec,
    "spec:\n  allocateLoadBalancerNodePorts: ¶false\n",
    not: "spec:\n  internalTrafficPolicy: Cluster\n",
    .forbidden,
    "spec.allocateLoadBalancerNodePorts"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  loadBalancerClass: ¶example.com/nlb\n",
    not: "spec:\n  type: LoadBalancer\n  loadBalancerClass: example.com/nlb\n",
    .forbidden,
    "spec.loadBalancerClass"
  ),
  APIRule(
    balancer,
    spec,
    "spec:\n  loadBalancerClass: ¶a/b/c\n",
    not: "spec:\n  loadBalancerClass: a/b\n",
    .invalid,
    "spec.loadBalancerClass"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  loadBalancerSourceRanges: ¶[10.0.0.0/8]\n",
    not: "spec:\n  type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8]\n",
    .forbidden,
    "spec.LoadBalancerSourceRanges"
  ),
  APIRule(
    balancer,
    spec,
    "spec:\n  loadBalancerSourceRanges: [10.0.0.0/8, ¶10.0.0.1]\n",
    not: "spec:\n  loadBalancerSourceRanges: [10.0.0.0/8, \" 10.0.0.1/32\"]\n",
    .invalid,
    "spec.LoadBalancerSourceRanges[1]"
  ),
  APIRule(
    plain,
    spec,
    "spec:\n  trafficDistribution: ¶PreferFar\n",
    not: "spec:\n  trafficDistribution: PreferSameNode\n",
    .notSupported,
    "spec.trafficDistribution"
  ),
]
