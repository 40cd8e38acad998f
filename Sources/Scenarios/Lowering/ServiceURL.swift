/// The target of a call: `http://frontend.shop:8080/checkout`, as short as DNS allows.
struct ServiceURL: Hashable, Sendable {
  var service: String
  /// `nil` when the name is short and the caller's namespace holds.
  var namespace: String?
  /// `nil` when not written.
  var port: Int?
  var scheme: String
  /// The pod of a StatefulSet before its governing Service: `db-0` of `db-0.db-svc.shop`.
  var pod: String?
  /// Queries until a resolver with the cluster's search path and `ndots: 5` has found the name.
  var queriesToFind = 1
  /// Queries until it is clear that there is no such name.
  var queriesToDeny = 4

  /// The ports that schemes stand for.
  private static let schemes: [(name: String, port: Int)] = [
    ("http", 80), ("https", 443), ("grpc", 80), ("tcp", 80), ("postgres", 5432),
    ("postgresql", 5432), ("mysql", 3306),
  ]

  /// The port to connect to.
  var effectivePort: Int {
    port ?? Self.schemes.first { $0.name == scheme }?.port ?? 80
  }

  init(parsing text: String) throws(InputProblem) {
    var rest = Substring(text)
    var scheme = "http"
    if let end = text.firstRange(of: "://") {
      scheme = String(text[..<end.lowerBound])
      rest = text[end.upperBound...]
      let names = Self.schemes.map(\.name)
      guard names.contains(scheme) else {
        throw InputProblem(
          "unknown scheme '\(scheme)'",
          hint: "one of: " + names.joined(separator: ", ")
        )
      }
    }
    self.scheme = scheme
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let halves = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = halves.first, halves.count <= 2 else { throw Self.malformed(text) }
    if halves.count == 2 {
      guard halves[1].allSatisfy(\.isASCIIDigit), let number = Int(halves[1]),
        (1...65_535).contains(number)
      else {
        throw InputProblem("'\(halves[1])' is not a port", hint: "ports are 1 to 65535")
      }
      port = number
    }
    var labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isAbsolute = labels.last == "" && labels.count > 1
    if isAbsolute { labels.removeLast() }
    guard labels.allSatisfy(Self.isLabel) else { throw Self.malformed(text) }
    if labels.count == 4, labels.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) {
      throw InputProblem(
        "'\(host)' is an address, not a Service",
        hint: "name the Service and set routing: hardcodedIP"
      )
    }
    let written = labels.count
    // `db-0.db-svc.shop`, with or without `svc.cluster.local`: a pod's own name.
    if labels.count > 2, labels[2] != "svc", labels.count == 3 || labels[3] == "svc" {
      pod = labels.removeFirst()
    }
    let suffix = Array(labels.dropFirst(2))
    guard labels.count <= 2 || suffix == ["svc"] || suffix == ["svc", "cluster", "local"] else {
      throw Self.foreign(String(host))
    }
    service = labels[0]
    namespace = labels.count > 1 ? labels[1] : nil
    countQueries(written: written, suffix: suffix, isAbsolute: isAbsolute)
  }

  /// The search path is `NAMESPACE.svc.cluster.local`, `svc.cluster.local` and `cluster.local`.
  ///
  /// A name of up to five labels has fewer than five dots, so the suffixes are tried in this order
  /// before the name as it stands: each label more that is written means one query more in vain.
  private mutating func countQueries(written: Int, suffix: [String], isAbsolute: Bool) {
    if isAbsolute {
      (queriesToFind, queriesToDeny) = (1, 1)
    } else if written > 5 {
      queriesToFind = 1
    } else if suffix.count == 3 {
      queriesToFind = 4
    } else {
      queriesToFind = 1 + (namespace == nil ? 0 : 1) + suffix.count
    }
  }

  private static func isLabel(_ label: String) -> Bool {
    !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
      && label.allSatisfy { ("a"..."z").contains($0) || $0.isASCIIDigit || $0 == "-" }
  }

  /// A name with dots that leads to nothing in the cluster.
  static func foreign(_ host: String) -> InputProblem {
    InputProblem(
      "'\(host)' is not a Service of this cluster",
      hint: "write it as SERVICE.NAMESPACE or SERVICE.NAMESPACE.svc.cluster.local"
    )
  }

  private static func malformed(_ text: String) -> InputProblem {
    InputProblem(
      "'\(text)' is not a Service's URL",
      hint: "write it like http://backend.shop/orders"
    )
  }
}
