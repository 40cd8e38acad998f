package import KubernetesManifests

/// What a scenario file says about who calls whom, with its places.
package struct ScenarioView: Sendable {
  /// A call of a workload.
  package struct Call: Sendable {
    package var name: String
    /// As the scenario writes it, such as `shop/deployment/frontend`.
    package var caller: String
    package var target: YAMLValue
    /// Where `hardcodedIP` stands when that is the routing.
    package var hardcodedIP: SourceSpan?
  }
  /// The file, as it was named.
  package var file: String?
  package var calls: [Call] = []
  /// What users outside the cluster ask for.
  package var traffic: [YAMLValue] = []
  /// How long a workload's process takes to start, in nanoseconds, by the scenario's own name.
  package var startups: [(workload: String, value: YAMLValue, nanoseconds: Int64)] = []

  package init() {}

  /// Reads the tree of a scenario; what is wrong with it is for the scenario's own reader to say.
  package init(_ tree: YAMLValue) {
    file = tree.mark.file
    let spec = tree["spec"]
    for workload in spec?["workloads"]?.pairs ?? [] {
      if let startup = workload.value.at("startup"), let text = startup.text,
        let length = try? DurationSyntax.nanoseconds(text)
      {
        startups.append((workload.key, startup, length))
      }
      for call in workload.value["calls"]?.pairs ?? [] {
        guard let target = call.value.at("target") else { continue }
        let routing = call.value.at("routing")
        let hardcoded = routing?.text == "hardcodedIP" ? routing?.span : nil
        calls.append(
          Call(
            name: call.key,
            caller: workload.key,
            target: target,
            hardcodedIP: hardcoded ?? routing?.pair("hardcodedIP")?.keySpan
          )
        )
      }
    }
    traffic = (spec?["traffic"]?.elements ?? []).compactMap { $0.at("target") }
  }
}

extension ScenarioView {
  /// Whether the scenario's name for a workload, such as `shop/deployment/web` or `web`, is its.
  static func name(_ name: String, means workload: WorkloadView) -> Bool {
    let object = workload.object
    let full = "\(object.namespace)/\(object.kind.lowercased())/\(object.name)"
    return full == name || full.hasSuffix("/" + name)
  }
}
