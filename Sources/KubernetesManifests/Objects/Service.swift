/// A Service (v1) with the API's defaults filled in.
package struct Service: Sendable {
  /// `spec.type`.
  package enum Kind: String, CaseIterable, Sendable {
    case clusterIP = "ClusterIP"
    case nodePort = "NodePort"
    case loadBalancer = "LoadBalancer"
    case externalName = "ExternalName"
  }
  /// Whether a client keeps its endpoint.
  package enum SessionAffinity: String, CaseIterable, Sendable {
    case none = "None"
    case clientIP = "ClientIP"
  }
  /// Which endpoints a node may use.
  package enum TrafficPolicy: String, CaseIterable, Sendable {
    case cluster = "Cluster"
    case local = "Local"
  }
  /// Which endpoints are preferred.
  package enum TrafficDistribution: String, CaseIterable, Sendable {
    case preferClose = "PreferClose"
    case preferSameZone = "PreferSameZone"
    case preferSameNode = "PreferSameNode"
  }
  /// One of `spec.ports`.
  package struct Port: Hashable, Sendable {
    package var name: String?
    package var `protocol`: PortProtocol
    package var port: Int
    package var targetPort: PortReference
    package var nodePort: Int?
    package var mark: SourceMark
    /// Where a chosen `nodePort` is written.
    package var nodePortMark: SourceMark
    /// Where the port stands in the document, such as `spec.ports[1]`.
    package var path: String
  }
  package var metadata: ObjectMeta
  package var type: Kind
  /// Empty when the Service has no selector and its endpoints are managed by hand.
  package var selector: Located<Labels>
  package var ports: [Port]
  /// A chosen address, `None` for headless, `nil` for allocated.
  package var clusterIP: Located<String>?
  package var externalName: String?
  package var publishNotReadyAddresses: Bool
  package var sessionAffinity: SessionAffinity
  package var sessionAffinityTimeoutSeconds: Int
  package var internalTrafficPolicy: TrafficPolicy
  package var externalTrafficPolicy: TrafficPolicy
  package var trafficDistribution: TrafficDistribution?
  /// Only of LoadBalancers: whether their ports are also opened on every node.
  package var allocatesNodePorts: Bool
  package var loadBalancerClass: String?
  package var loadBalancerSourceRanges: [String]
  /// What an external balancer asks with `externalTrafficPolicy: Local`, when chosen.
  package var healthCheckNodePort: Located<Int>?
  package var externalIPs: [String]
  package var mark: SourceMark

  /// Whether traffic can come from outside the cluster.
  package var isExternallyAccessible: Bool {
    type == .loadBalancer || type == .nodePort || type == .clusterIP && !externalIPs.isEmpty
  }

  /// Whether clients see pod addresses instead of a virtual one.
  package var isHeadless: Bool { clusterIP?.value == "None" }

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Service? {
    let metadata = ObjectMeta.read(&object, name: .label)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    // Where the type is misspelt, the one with most fields keeps its faults from multiplying.
    let type = spec.word("type", as: Kind.self) ?? (spec.has("type") ? .loadBalancer : .clusterIP)
    let clusterIP = ServiceAddresses.read(&spec, type: type)
    let isHeadless = clusterIP?.value == "None"
    let selector = Located(spec.labels("selector"), at: spec.mark(of: "selector"))
    let ports = readPorts(&spec, type: type, areOptional: isHeadless || type == .externalName)
    let (affinity, timeout) = readSessionAffinity(&spec)
    let externalIPs = ServiceAddresses.readExternal(&spec)
    let isOpen =
      type == .loadBalancer || type == .nodePort || type == .clusterIP && !externalIPs.isEmpty
    let policies = readPolicies(&spec, type: type, isExternal: isOpen)
    let publishes = spec.bool("publishNotReadyAddresses", default: false)
    let distribution = spec.word("trafficDistribution", as: TrafficDistribution.self)
    let externalName = readExternalName(&spec, type: type)
    var balancer = BalancerFields()
    balancer.read(&spec, type: type)
    spec.finish()
    guard let metadata else { return nil }
    checkTopology(metadata, object)
    return Service(
      metadata: metadata,
      type: type,
      selector: selector,
      ports: ports,
      clusterIP: clusterIP,
      externalName: externalName,
      publishNotReadyAddresses: publishes,
      sessionAffinity: affinity,
      sessionAffinityTimeoutSeconds: timeout,
      internalTrafficPolicy: policies.internal,
      externalTrafficPolicy: policies.external,
      trafficDistribution: distribution,
      allocatesNodePorts: balancer.allocatesNodePorts,
      loadBalancerClass: balancer.className,
      loadBalancerSourceRanges: balancer.sourceRanges,
      healthCheckNodePort: policies.healthCheck,
      externalIPs: externalIPs,
      mark: object.mark
    )
  }

  private static func readExternalName(_ spec: inout FieldReader, type: Kind) -> String? {
    guard type == .externalName else {
      spec.accept(["externalName"])
      return nil
    }
    guard let name = spec.requiredString("externalName")?.value else { return nil }
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    if bare.isEmpty {
      spec.required("'externalName' must not be empty", field: "externalName")
    } else if let problem = DNSName.subdomainProblem(bare) {
      spec.invalid(name, problem, field: "externalName")
    }
    return name
  }

  private static func readSessionAffinity(
    _ spec: inout FieldReader
  ) -> (SessionAffinity, timeout: Int) {
    let affinity = spec.word("sessionAffinity", as: SessionAffinity.self) ?? .none
    guard var config = spec.mapping("sessionAffinityConfig") else { return (affinity, 10_800) }
    if affinity == .none {
      spec.forbidden(
        "must not be set when session affinity is None",
        field: "sessionAffinityConfig"
      )
    }
    var timeout = 10_800
    if var clientIP = config.mapping("clientIP") {
      timeout = clientIP.number("timeoutSeconds", in: 1...86_400) ?? timeout
      clientIP.finish()
    } else if affinity == .clientIP {
      config.required("must be given", field: "clientIP")
    }
    config.finish()
    return (affinity, timeout)
  }

  private typealias Policies = (
    internal: TrafficPolicy, external: TrafficPolicy, healthCheck: Located<Int>?
  )

  private static func readPolicies(
    _ spec: inout FieldReader,
    type: Kind,
    isExternal: Bool
  ) -> Policies {
    let inner = spec.word("internalTrafficPolicy", as: TrafficPolicy.self) ?? .cluster
    let outer = spec.word("externalTrafficPolicy", as: TrafficPolicy.self) ?? .cluster
    if spec.has("externalTrafficPolicy"), !isExternal {
      spec.invalid(
        outer.rawValue,
        "may only be set for externally-accessible services",
        field: "externalTrafficPolicy"
      )
    }
    guard let port = spec.number("healthCheckNodePort", in: 0...65_535), port > 0 else {
      return (inner, outer, nil)
    }
    if type != .loadBalancer || outer != .local {
      spec.invalid(
        String(port),
        "may only be set when `type` is 'LoadBalancer' and "
          + "`externalTrafficPolicy` is 'Local'",
        field: "healthCheckNodePort"
      )
    }
    return (inner, outer, Located(port, at: spec.mark(of: "healthCheckNodePort")))
  }

  /// The annotation's old name and its new one must not disagree.
  private static func checkTopology(_ metadata: ObjectMeta, _ object: FieldReader) {
    let key = "service.kubernetes.io/topology-mode"
    let old = "service.kubernetes.io/topology-aware-hints"
    guard let mode = metadata.annotations[key], let hints = metadata.annotations[old],
      mode != hints
    else { return }
    object.reader.report(
      "Invalid value: '\(YAMLScalar(text: mode, style: .quoted).excerpt)': "
        + "must match annotations[\(old)] when both are specified",
      at: metadata.name.mark,
      path: object.path(of: "metadata.annotations[\(key)]")
    )
  }
}
