package import KubernetesManifests

extension ServiceEnvironment {
  /// The environment of a container of a manifest, at the moment of its creation.
  ///
  /// `$(NAME)` is replaced by what is known by then: variables above it in `env`, then those of
  /// Services; `$$` stands for a dollar sign. What comes from other objects is left out, except
  /// that it hides a Service's variable of the same name.
  package init(
    _ container: Container,
    of pod: PodSpec,
    namespace: String,
    services: [ServiceState]
  ) {
    let links = pod.network.enableServiceLinks
    let injected = ServiceEnvironment(
      namespace: namespace,
      services: services,
      enableServiceLinks: links
    )
    var known: [String: String] = [:]
    var variables: [Variable] = []
    for variable in container.environment {
      let name = variable.name.value
      let value =
        variable.source == nil
        ? Self.expanded(variable.value.value) { known[$0] ?? injected[$0] } : ""
      known[name] = value
      variables.append(Variable(name, value))
    }
    self.init(
      namespace: namespace,
      services: services,
      enableServiceLinks: links,
      env: variables
    )
  }

  /// Follows `third_party/forked/golang/expansion`: unknown references stay as they are.
  static func expanded(_ text: String, _ value: (String) -> String?) -> String {
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
      } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
        let name = String(rest[rest.index(after: rest.startIndex)..<end])
        result += value(name) ?? "$(\(name))"
        rest = rest[rest.index(after: end)...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }
}
