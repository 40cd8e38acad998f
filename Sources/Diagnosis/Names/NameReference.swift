import KubernetesManifests

/// A place where somebody calls somebody else by name or address.
package struct NameReference: Sendable {
  /// As written, without a trailing dot.
  package var host: String
  package var hostSpan: SourceSpan
  /// As written, or else the scheme's own; `nil` when unknown.
  package var port: Int?
  /// Where the port is written, or else the host.
  package var portSpan: SourceSpan
  /// The namespace in which a short name is looked up first.
  package var namespace: String
  /// Whose manifest it is, such as `Deployment shop/frontend`.
  package var object: String
  /// The words for the place, such as `BACKEND_URL`.
  package var source: String
}

/// What a host name means to a pod, looked up along the search list of its resolv.conf.
package enum ResolvedName: Sendable {
  /// A Service, answered with its address or, when headless, its pods' addresses.
  case service(ServiceView)
  /// A single pod behind a Service, such as `db-0.db`.
  case endpoint(String, ServiceView)
  /// A name inside the cluster that no Service of these manifests has.
  case missing(name: String, namespace: String)
  /// An IPv4 address.
  case address
  /// A name of the world outside, of the node, or of a namespace that nothing is known about.
  case elsewhere
}

extension Inventory {
  /// Looks a name up as a pod of the namespace would.
  package func resolve(_ host: String, from namespace: String) -> ResolvedName {
    if IPv4.isAddress(host) { return .address }
    var labels = host.lowercased().split(separator: ".").map(String.init)
    let isInternal = Self.removeClusterSuffix(&labels)
    switch labels.count {
    case 1 where !isInternal: return single(labels[0], namespace)
    case 2: return double(labels[0], labels[1], from: namespace, isInternal: isInternal)
    case 3:
      if let service = service(labels[1], in: labels[2]) { return .endpoint(labels[0], service) }
      return isInternal ? .missing(name: labels[1], namespace: labels[2]) : .elsewhere
    default: return .elsewhere
    }
  }

  /// Removes `svc` or `svc.cluster.local` from the end; false when neither was there.
  private static func removeClusterSuffix(_ labels: inout [String]) -> Bool {
    for suffix in [["svc", "cluster", "local"], ["svc"]]
    where labels.count > suffix.count && Array(labels.suffix(suffix.count)) == suffix {
      labels.removeLast(suffix.count)
      return true
    }
    return false
  }

  /// What every cluster has without a manifest.
  private static let systemServices = [
    "kubernetes.default", "kube-dns.kube-system", "metrics-server.kube-system",
  ]

  private func single(_ name: String, _ namespace: String) -> ResolvedName {
    if let service = service(name, in: namespace) { return .service(service) }
    let own = ["localhost", "kubernetes", "localhost4", "localhost6", "broadcasthost"]
    return own.contains(name) ? .elsewhere : .missing(name: name, namespace: namespace)
  }

  /// `backend.shop`, or with a Service `db` in the caller's own namespace `db-0.db`.
  private func double(
    _ first: String,
    _ second: String,
    from namespace: String,
    isInternal: Bool
  ) -> ResolvedName {
    if !isInternal, let own = service(second, in: namespace), own.isHeadless {
      return .endpoint(first, own)
    }
    if let found = service(first, in: second) { return .service(found) }
    if Self.systemServices.contains("\(first).\(second)") { return .elsewhere }
    if isInternal || knows(namespace: second) {
      return .missing(name: first, namespace: second)
    }
    // `backend.shpo` is meant for the Service when the rest is right.
    let others = services(named: first).map(\.object.namespace)
    let isMisspelt = EditDistance.nearest(second, in: others) != nil
    return isMisspelt ? .missing(name: first, namespace: second) : .elsewhere
  }
}

/// IPv4 addresses in text.
package enum IPv4 {
  /// The four numbers of a dotted address.
  static func octets(_ text: String) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let numbers = parts.compactMap { part -> Int? in
      guard (1...3).contains(part.count), part.allSatisfy({ ("0"..."9").contains($0) }) else {
        return nil
      }
      return Int(part).flatMap { $0 <= 255 ? $0 : nil }
    }
    return numbers.count == 4 ? numbers : nil
  }

  /// Whether the text is a dotted address.
  package static func isAddress(_ text: String) -> Bool { octets(text) != nil }

  /// Whether the address is one that a cluster gives to pods: RFC 1918 or the shared range.
  static func isPrivate(_ text: String) -> Bool {
    guard let octets = octets(text) else { return false }
    switch (octets[0], octets[1]) {
    case (10, _), (172, 16...31), (192, 168), (100, 64...127): return true
    default: return false
    }
  }
}
