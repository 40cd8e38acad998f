package import KubernetesManifests

/// A probe with the API's defaults filled in.
package struct ProbeView: Sendable {
  /// What a failure leads to.
  package enum Role: String, Sendable { case readiness, liveness, startup }
  package var role: Role
  package var initialDelay: Int
  package var period: Int
  package var timeout: Int
  package var failureThreshold: Int
  /// Where the probe's key stands.
  package var keySpan: SourceSpan
  package var tree: YAMLValue

  init?(_ container: YAMLValue, _ role: Role) {
    guard let pair = container.pair(role.rawValue + "Probe"), pair.value.pairs != nil else {
      return nil
    }
    self.role = role
    tree = pair.value
    keySpan = pair.keySpan
    // Zero stands for the default here, as it does to the API server.
    func seconds(_ key: String, _ fallback: Int) -> Int {
      pair.value[key]?.integer.flatMap { $0 == 0 ? nil : $0 } ?? fallback
    }
    initialDelay = seconds("initialDelaySeconds", 0)
    period = seconds("periodSeconds", 10)
    timeout = seconds("timeoutSeconds", 1)
    failureThreshold = seconds("failureThreshold", 3)
  }

  /// The value of the port that is asked, for the handlers that ask one.
  var port: YAMLValue? {
    for handler in ["httpGet", "tcpSocket", "grpc"] {
      if let port = tree.at(handler, "port") { return port }
    }
    return nil
  }

  /// What is asked of whom, for comparing two probes; `nil` without a handler.
  var question: String? {
    if let http = tree.at("httpGet") {
      return "GET \(http["path"]?.text ?? "/") on \(http["port"]?.text ?? "")"
    }
    if let tcp = tree.at("tcpSocket") { return "TCP \(tcp["port"]?.text ?? "")" }
    if let grpc = tree.at("grpc") {
      return "gRPC \(grpc["port"]?.text ?? "") \(grpc["service"]?.text ?? "")"
    }
    let command = tree.at("exec", "command")?.elements
    return command.map { "exec " + $0.compactMap(\.text).joined(separator: " ") }
  }

  /// Seconds after the container's start at which failures without a success have had their
  /// effect: the first failure comes after the delay, the last one a period later each.
  var budget: Int { Seconds.sum(initialDelay, Seconds.product(period, failureThreshold)) }
}

/// Sums of what manifests say, which can be as large as they like.
enum Seconds {
  static func sum(_ first: Int, _ second: Int) -> Int {
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? .max : sum
  }

  static func product(_ first: Int, _ second: Int) -> Int {
    let (product, overflow) = first.multipliedReportingOverflow(by: second)
    return overflow ? .max : product
  }
}
