import ClusterSimulator
import KubernetesManifests
import SimKernel

/// What annotations of an Ingress tell ingress-nginx about retries and patience.
///
/// internal/ingress/annotations/proxy: a value that is none is logged there and passed over.
struct IngressAnnotations {
  private static let prefix = "nginx.ingress.kubernetes.io/"
  /// Those that would change what users get and are not simulated.
  private static let notSimulated = [
    "affinity", "auth-url", "canary", "custom-http-errors", "denylist-source-range",
    "limit-connections", "limit-rpm", "limit-rps", "load-balance", "permanent-redirect",
    "service-upstream", "temporal-redirect", "upstream-hash-by", "use-regex",
    "whitelist-source-range",
  ]
  /// Words of `proxy-next-upstream` and what they stand for here.
  private static let conditions: [(word: String, meaning: IngressRulePlan.NextUpstream)] = [
    ("error", .error), ("timeout", .timeout), ("http_503", .http503), ("http_500", .http500),
    ("http_502", .http500), ("http_504", .http500), ("non_idempotent", .nonIdempotent),
    ("invalid_header", []), ("http_403", []), ("http_404", []), ("http_429", []), ("off", []),
  ]

  let ingress: Ingress
  let reader: YAMLReader

  /// The rule of this Ingress for requests of a method.
  func rule(forMethod method: String) -> IngressRulePlan {
    var rule = IngressRulePlan()
    // `proxy_next_upstream` leaves these alone unless `non_idempotent` is among its words.
    rule.isIdempotent = !["POST", "PATCH", "LOCK"].contains(method)
    if let wait = seconds("proxy-connect-timeout"), wait > 0 {
      rule.connectTimeout = .seconds(wait)
    }
    if let wait = seconds("proxy-read-timeout"), wait > 0 { rule.readTimeout = .seconds(wait) }
    if let words = self["proxy-next-upstream"] { rule.nextUpstream = meaning(of: words) }
    if let tries = seconds("proxy-next-upstream-tries") {
      // 0 is no limit, and no Service here needs more.
      rule.tries = tries > 0 ? Int(min(tries, 100)) : 100
    }
    if let wait = seconds("proxy-next-upstream-timeout") { rule.triesTimeout = .seconds(wait) }
    warn()
    return rule
  }

  private subscript(name: String) -> String? { ingress.metadata.annotations[Self.prefix + name] }

  private func seconds(_ name: String) -> Int64? {
    guard let text = self[name] else { return nil }
    if let value = Int64(text), (0...86_400).contains(value) { return value }
    passedOver(name, text, "it takes a whole number of seconds or tries, such as \"60\"")
    return nil
  }

  private func meaning(of words: String) -> IngressRulePlan.NextUpstream {
    var meaning: IngressRulePlan.NextUpstream = []
    for word in words.split(separator: " ") {
      guard let found = Self.conditions.first(where: { $0.word == word }) else {
        let known = Self.conditions.map(\.word)
        let hint = EditDistance.hint(for: String(word), in: known)
        passedOver(
          "proxy-next-upstream",
          String(word),
          hint ?? "one of: " + known.joined(separator: ", ")
        )
        return IngressRulePlan().nextUpstream
      }
      if word == "off" { return [] }
      meaning.formUnion(found.meaning)
    }
    return meaning
  }

  private func passedOver(_ name: String, _ text: String, _ hint: String) {
    reader.warn(
      "annotation \(Self.prefix)\(name): ingress-nginx passes over '\(text)'",
      at: ingress.mark,
      hint: hint
    )
  }

  private func warn() {
    for name in Self.notSimulated where self[name] != nil {
      reader.warn(
        "annotation \(Self.prefix)\(name) is not simulated",
        at: ingress.mark,
        hint: "requests are treated as if it were not there"
      )
    }
    guard let name = ingress.ingressClassName, name.value != "nginx" else { return }
    reader.warn(
      "class '\(name.value)' is served as ingress-nginx would serve it",
      at: name.mark,
      hint: "other controllers retry and time out in other ways"
    )
  }
}
