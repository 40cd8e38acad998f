/// How a pod is named and how it finds others.
package struct PodNetwork: Sendable {
  /// Where names are looked up.
  package enum DNSPolicy: String, CaseIterable, Sendable {
    case clusterFirstWithHostNet = "ClusterFirstWithHostNet"
    case clusterFirst = "ClusterFirst"
    case byDefault = "Default"
    case none = "None"
  }
  /// An entry of the pod's hosts file.
  package struct HostAlias: Hashable, Sendable {
    package var ip: String
    package var hostnames: [String]
  }
  package var hostname: Located<String>?
  /// The headless Service under which the pod has a name of its own.
  package var subdomain: Located<String>?
  package var isHostNetwork = false
  /// Whether Services of the namespace become environment variables.
  package var enableServiceLinks = true
  package var dnsPolicy = DNSPolicy.clusterFirst
  package var dnsConfig = DNSConfig()
  package var hostAliases: [HostAlias] = []

  /// Reads the fields from the spec of a pod.
  static func read(_ pod: inout FieldReader) -> PodNetwork {
    var network = PodNetwork()
    network.hostname = pod.located("hostname", without: DNSName.labelProblem)
    network.subdomain = pod.located("subdomain", without: DNSName.labelProblem)
    network.isHostNetwork = pod.bool("hostNetwork", default: false)
    network.enableServiceLinks = pod.bool("enableServiceLinks", default: true)
    _ = pod.bool("setHostnameAsFQDN")
    network.dnsPolicy = pod.word("dnsPolicy", as: DNSPolicy.self) ?? .clusterFirst
    network.dnsConfig = DNSConfig.read(&pod, isAlone: network.dnsPolicy == .none)
    for var alias in pod.mappings("hostAliases") {
      let ip = alias.requiredString("ip")
      if let ip, let problem = DNSName.addressProblem(ip.value) {
        alias.invalid(ip.value, problem, field: "ip")
      }
      let names = alias.strings("hostnames")
      for (index, name) in names.enumerated() {
        guard let problem = DNSName.subdomainProblem(name.value) else { continue }
        alias.reader.invalid(name, problem, path: alias.path(of: "hostnames[\(index)]"))
      }
      alias.finish()
      guard let ip else { continue }
      network.hostAliases.append(HostAlias(ip: ip.value, hostnames: names.map(\.value)))
    }
    return network
  }

  /// Reports ports of the node that two containers want; in the node's network that is every port.
  ///
  /// Init containers are gone by then.
  func checkHostPorts(_ containers: [Container], _ pod: FieldReader) {
    var taken: Set<String> = []
    for port in containers.flatMap(\.ports) {
      if isHostNetwork, let host = port.hostPort, host != port.containerPort {
        pod.reader.report(
          "Invalid value: '\(port.containerPort)': "
            + "must match `hostPort` when `hostNetwork` is true",
          at: port.mark,
          path: port.path + ".containerPort"
        )
      }
      guard let number = port.hostPort ?? (isHostNetwork ? port.containerPort : nil) else {
        continue
      }
      let claim = "\(port.protocol.rawValue)/\(port.hostIP)/\(number)"
      if !taken.insert(claim).inserted {
        pod.reader.report(
          "Duplicate value: '\(claim)'",
          at: port.mark,
          path: port.path + ".hostPort"
        )
      }
    }
  }
}

/// `dnsConfig`: what is added to the pod's resolver settings.
package struct DNSConfig: Hashable, Sendable {
  /// One of `options`.
  package struct Option: Hashable, Sendable {
    package var name: String
    package var value: String?
  }
  package var nameservers: [String] = []
  package var searches: [String] = []
  package var options: [Option] = []

  /// Dots from which on a name is first tried as it is; `nil` when not given.
  package var ndots: Int? {
    options.last { $0.name == "ndots" }.flatMap { $0.value.flatMap { Int($0) } }
  }

  /// Reads `dnsConfig`; `isAlone` when nothing else tells the pod where to ask.
  static func read(_ pod: inout FieldReader, isAlone: Bool) -> DNSConfig {
    var config = DNSConfig()
    guard var fields = pod.mapping("dnsConfig") else {
      if isAlone {
        pod.required("must provide `dnsConfig` when `dnsPolicy` is None", field: "dnsConfig")
      }
      return config
    }
    config.nameservers = readNameservers(&fields, isAlone: isAlone)
    let searches = fields.strings("searches")
    if searches.count > 32 {
      fields.invalid("", "must not have more than 32 search paths", field: "searches")
    }
    for (index, search) in searches.enumerated() {
      guard let problem = DNSName.searchDomainProblem(search.value) else { continue }
      fields.reader.invalid(search, problem, path: fields.path(of: "searches[\(index)]"))
    }
    config.searches = searches.map(\.value)
    for var option in fields.mappings("options") {
      let name = option.requiredString("name")
      let value = option.string("value")
      option.finish()
      if let name { config.options.append(Option(name: name.value, value: value)) }
    }
    fields.finish()
    return config
  }

  private static func readNameservers(_ fields: inout FieldReader, isAlone: Bool) -> [String] {
    let servers = fields.strings("nameservers")
    if isAlone, servers.isEmpty {
      fields.required(
        "must provide at least one DNS nameserver when `dnsPolicy` is None",
        field: "nameservers"
      )
    }
    if servers.count > 3 {
      fields.invalid("", "must not have more than 3 nameservers", field: "nameservers")
    }
    for (index, server) in servers.enumerated() {
      guard let problem = DNSName.addressProblem(server.value) else { continue }
      fields.reader.invalid(server, problem, path: fields.path(of: "nameservers[\(index)]"))
    }
    return servers.map(\.value)
  }
}

extension YAMLReader {
  /// Reports `Invalid value` for an element of a list.
  func invalid(_ value: Located<String>, _ reason: String, path: String) {
    let shown = YAMLScalar(text: value.value, style: .quoted).excerpt
    report("Invalid value: '\(shown)': \(reason)", at: value.mark, path: path)
  }
}
