package import KubernetesManifests

/// A container as its manifest has it.
package struct ContainerView: Sendable {
  /// One of `ports`; declaring one opens nothing, but gives it a name and tells the intention.
  package struct Port: Sendable {
    package var name: String?
    package var number: Int
    package var transport: String

    /// `8080 (http)`, or with `/UDP` what is not TCP.
    var text: String {
      let number = transport == "TCP" ? "\(number)" : "\(number)/\(transport)"
      return name.map { "\(number) (\($0))" } ?? number
    }
  }
  package var name: String
  package var tree: YAMLValue
  package var ports: [Port]
  package var readiness: ProbeView?
  package var liveness: ProbeView?
  package var startup: ProbeView?

  init?(_ tree: YAMLValue) {
    guard let name = tree["name"]?.text else { return nil }
    self.name = name
    self.tree = tree
    ports = (tree["ports"]?.elements ?? []).compactMap { element in
      guard let number = element["containerPort"]?.integer else { return nil }
      return Port(
        name: element["name"]?.text,
        number: number,
        transport: element["protocol"]?.text ?? "TCP"
      )
    }
    readiness = ProbeView(tree, .readiness)
    liveness = ProbeView(tree, .liveness)
    startup = ProbeView(tree, .startup)
  }

  /// The probes that the container has.
  var probes: [ProbeView] { [readiness, liveness, startup].compactMap { $0 } }

  /// Where the container's name stands.
  var nameSpan: SourceSpan { tree["name"]?.span ?? SourceSpan(tree.mark) }

  /// The image's value.
  var image: YAMLValue? { tree.at("image") }

  /// Variables with a value of their own, in file order.
  var variables: [(name: String, value: YAMLValue?)] {
    (tree["env"]?.elements ?? []).compactMap { element in
      element["name"]?.text.map { ($0, element.at("value")) }
    }
  }

  /// The words of `command` and `args`.
  var words: [YAMLValue] {
    (tree["command"]?.elements ?? []) + (tree["args"]?.elements ?? [])
  }
}

/// A port as a Service or a probe names it.
package enum PortWord: Hashable, Sendable {
  case number(Int)
  case name(String)

  init?(_ value: YAMLValue?) {
    guard let value, let text = value.text else { return nil }
    self = value.integer.map { .number($0) } ?? .name(text)
  }
}

extension [ContainerView.Port] {
  /// The port that is meant; by name also the transport must be right, as for the API server.
  func number(of word: PortWord, transport: String = "TCP") -> Int? {
    switch word {
    case .number(let number): number
    case .name(let name): first { $0.name == name && $0.transport == transport }?.number
    }
  }

  /// `80 (http), 9090 (metrics)`.
  var text: String { map(\.text).joined(separator: ", ") }
}
