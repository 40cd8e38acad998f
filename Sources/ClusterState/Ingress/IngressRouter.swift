/// Finds the Service for a host and a path among all Ingresses of a controller.
///
/// The order is that of the Ingress documentation, as ingress-nginx carries it out: first the host
/// decides (exact, then a wildcard of one label, then any), then the longest path, `Exact` before
/// `Prefix`. A host that has rules is not served by those of a less exact host.
package struct IngressRouter: Sendable {
  /// Where a request goes.
  package struct Match: Hashable, Sendable {
    package var ingress: ObjectKey
    /// The host of the rule, `nil` for one without.
    package var host: String?
    /// The path of the rule, `nil` for a default backend.
    package var path: String?
    package var backend: IngressState.Backend

    /// The Service that it leads to.
    package var service: ObjectKey { ObjectKey(ingress.namespace, backend.service) }
  }
  /// What the controller answers when nothing matches and no Ingress has a default backend.
  package static let noMatchStatus = 404

  private let ingresses: [IngressState]

  /// A router; of equal rules that of the first Ingress counts, as the oldest does in nginx.
  package init(_ ingresses: [IngressState]) { self.ingresses = ingresses }

  /// The backend of a request, `nil` for the controller's own 404 page.
  package func match(host: String, path: String) -> Match? {
    let host = Self.bareHost(host)
    let tests: [(String?) -> Bool] = [
      { $0?.lowercased() == host }, { $0.map { Self.isWildcard($0, over: host) } ?? false },
      { $0 == nil },
    ]
    for test in tests {
      let rules = ingresses.flatMap { ingress in
        ingress.rules.filter { test($0.host) }.map { (ingress, $0) }
      }
      if rules.isEmpty { continue }
      return best(of: rules, for: path) ?? Self.defaultBackend(of: rules.map(\.0))
        ?? catchAll
    }
    return catchAll
  }

  /// The default backend of an Ingress without rules: it serves every host that has none.
  private var catchAll: Match? {
    Self.defaultBackend(of: ingresses.filter(\.rules.isEmpty))
  }

  private static func defaultBackend(of ingresses: [IngressState]) -> Match? {
    for ingress in ingresses {
      if let backend = ingress.defaultBackend {
        return Match(ingress: ingress.key, host: nil, path: nil, backend: backend)
      }
    }
    return nil
  }

  private func best(of rules: [(IngressState, IngressState.Rule)], for path: String) -> Match? {
    var best: (match: Match, rank: (Int, Int))?
    for (ingress, rule) in rules {
      for candidate in rule.paths where Self.matches(candidate, path) {
        let rank = (candidate.path.utf8.count, candidate.type == .exact ? 1 : 0)
        if let best, best.rank >= rank { continue }
        let match = Match(
          ingress: ingress.key,
          host: rule.host,
          path: candidate.path,
          backend: candidate.backend
        )
        best = (match, rank)
      }
    }
    return best?.match
  }

  /// Whether a rule's path covers that of a request, given without its query.
  package static func matches(_ rule: IngressState.Path, _ path: String) -> Bool {
    if rule.type == .exact { return rule.path == path }
    let prefix = elements(rule.path)
    return elements(path).starts(with: prefix)
  }

  /// Between slashes; one at the end makes no difference.
  private static func elements(_ path: String) -> [Substring] {
    let bare = path.hasSuffix("/") ? path.dropLast() : Substring(path)
    return bare.split(separator: "/", omittingEmptySubsequences: false)
  }

  /// Whether the host of a rule, perhaps with a wildcard, covers that of a request.
  package static func covers(_ pattern: String, host: String) -> Bool {
    let host = bareHost(host)
    return pattern.lowercased() == host || isWildcard(pattern, over: host)
  }

  /// A wildcard stands for exactly one label.
  private static func isWildcard(_ pattern: String, over host: String) -> Bool {
    guard pattern.hasPrefix("*."), let dot = host.firstIndex(of: "."), dot != host.startIndex else {
      return false
    }
    return host[dot...] == pattern.dropFirst().lowercased()
  }

  /// In small letters, without port.
  private static func bareHost(_ host: String) -> String {
    String(host.prefix { $0 != ":" }).lowercased()
  }
}
