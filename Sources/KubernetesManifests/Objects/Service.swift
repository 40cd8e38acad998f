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
  package var mark: SourceMark

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
    let clusterIP = readClusterIP(&spec, type: type)
    let isHeadless = clusterIP?.value == "None"
    let selector = Located(spec.labels("selector"), at: spec.mark(of: "selector"))
    let ports = readPorts(&spec, type: type, areOptional: isHeadless || type == .externalName)
    let (affinity, timeout) = readSessionAffinity(&spec)
    let policies = readPolicies(&spec, type: type)
    let publishes = spec.bool("publishNotReadyAddresses", default: false)
    let distribution = spec.word("trafficDistribution", as: TrafficDistribution.self)
    spec.warnNotSimulated("trafficDistribution", unless: distribution == nil)
    let externalName = readExternalName(&spec, type: type)
    spec.acceptNotSimulated(["externalIPs"])
    spec.accept(["loadBalancerIP"])
    spec.finish()
    guard let metadata else { return nil }
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
      mark: object.mark
    )
  }

  private static func readClusterIP(
    _ spec: inout FieldReader,
    type: Kind
  ) -> Located<String>? {
    let mark = spec.mark(of: "clusterIP")
    let given = spec.string("clusterIP").flatMap { $0.isEmpty ? nil : $0 }
    let several = spec.sequence("clusterIPs")
      .compactMap { spec.reader.string($0.value, path: $0.path) }
    spec.accept(["ipFamilies", "ipFamilyPolicy"])
    if type == .externalName {
      for name in ["clusterIPs", "ipFamilies", "ipFamilyPolicy"] where spec.has(name) {
        spec.forbidden("may not be set for ExternalName services", field: name)
      }
      if given != nil {
        spec.forbidden("may not be set for ExternalName services", field: "clusterIP")
      }
      return nil
    }
    if let given, let first = several.first, first != given {
      spec.invalid(first, "first value must match `clusterIP`", field: "clusterIPs")
    }
    guard let address = given ?? several.first else { return nil }
    if address == "None" {
      if type != .clusterIP {
        spec.invalid(
          "None",
          "may not be set to 'None' for \(type.rawValue) services",
          field: "clusterIP"
        )
      }
    } else if !isIPAddress(address) {
      spec.invalid(address, "must be empty, 'None', or a valid IP address", field: "clusterIP")
    }
    return Located(address, at: mark)
  }

  private static func readExternalName(_ spec: inout FieldReader, type: Kind) -> String? {
    guard type == .externalName else {
      spec.accept(["externalName"])
      return nil
    }
    guard let name = spec.requiredString("externalName")?.value else { return nil }
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    if let problem = DNSName.subdomainProblem(bare) {
      spec.invalid(name, problem, field: "externalName")
    }
    return name
  }

  private static func readSessionAffinity(
    _ spec: inout FieldReader
  ) -> (SessionAffinity, timeout: Int) {
    let affinity = spec.word("sessionAffinity", as: SessionAffinity.self) ?? .none
    spec.warnNotSimulated("sessionAffinity", unless: affinity == .none)
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
    }
    config.finish()
    return (affinity, timeout)
  }

  private static func readPolicies(
    _ spec: inout FieldReader,
    type: Kind
  ) -> (internal: TrafficPolicy, external: TrafficPolicy) {
    let inner = spec.word("internalTrafficPolicy", as: TrafficPolicy.self) ?? .cluster
    let outer = spec.word("externalTrafficPolicy", as: TrafficPolicy.self) ?? .cluster
    spec.warnNotSimulated("internalTrafficPolicy", unless: inner == .cluster)
    spec.warnNotSimulated("externalTrafficPolicy", unless: outer == .cluster)
    if spec.has("externalTrafficPolicy"), type == .clusterIP || type == .externalName {
      spec.invalid(
        outer.rawValue,
        "may only be set for externally-accessible services",
        field: "externalTrafficPolicy"
      )
    }
    if let port = spec.number("healthCheckNodePort", in: 0...65_535), port > 0,
      type != .loadBalancer || outer != .local
    {
      spec.invalid(
        String(port),
        "may only be set when `type` is 'LoadBalancer' and "
          + "`externalTrafficPolicy` is 'Local'",
        field: "healthCheckNodePort"
      )
    }
    let balancerFields = [
      "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges", "loadBalancerClass",
    ]
    spec.accept(balancerFields)
    for name in balancerFields where type != .loadBalancer && spec.has(name) {
      spec.forbidden("may only be used when `type` is 'LoadBalancer'", field: name)
    }
    return (inner, outer)
  }

  /// Whether the text has the shape of an IPv4 or IPv6 address.
  private static func isIPAddress(_ text: String) -> Bool {
    if text.contains(":") {
      return text.utf8.count <= 45
        && text.allSatisfy { $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") }
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        DecimalSyntax.isInteger(String(part)) && (Int(part).map { (0...255).contains($0) } ?? false)
      }
  }
}
