import ClusterState
package import KubernetesManifests

/// A Service as its manifest has it, with the API's defaults.
package struct ServiceView: Sendable {
  /// One of `spec.ports`.
  package struct Port: Sendable {
    package var name: String?
    package var number: Int
    package var numberSpan: SourceSpan
    package var transport: String
    /// What pods are asked for; the port itself when not given.
    package var target: PortWord
    /// Where the target stands, or else the port.
    package var targetSpan: SourceSpan
    package var nodePort: YAMLValue?
  }
  package var object: ManifestObject
  package var type: String
  package var selector: [LocatedLabel]
  package var ports: [Port]
  package var spec: YAMLValue

  /// `nil` for objects of other kinds; Knative's Services are something else.
  init?(_ object: ManifestObject) {
    guard object.kind == "Service", object.apiVersion == "v1", let spec = object.tree["spec"] else {
      return nil
    }
    self.object = object
    self.spec = spec
    type = spec.at("type")?.text ?? "ClusterIP"
    selector = LocatedLabel.all(in: spec["selector"])
    ports = (spec["ports"]?.elements ?? []).compactMap { element in
      guard let port = element["port"], let number = port.integer else { return nil }
      let target = element.at("targetPort")
      return Port(
        name: element["name"]?.text,
        number: number,
        numberSpan: port.span,
        transport: element["protocol"]?.text ?? "TCP",
        target: PortWord(target) ?? .number(number),
        targetSpan: target?.span ?? port.span,
        nodePort: element.at("nodePort")
      )
    }
  }

  var isExternalName: Bool { type == "ExternalName" }

  /// Whether names lead to pods' own addresses.
  var isHeadless: Bool {
    !isExternalName
      && (spec["clusterIP"]?.text == "None" || spec["clusterIPs"]?.elements?.first?.text == "None")
  }

  /// Whether the API server looks for pods itself.
  var selectsPods: Bool { !isExternalName && !selector.isEmpty }

  /// Whether the workload's pods become endpoints once they are ready.
  func selects(_ workload: WorkloadView) -> Bool {
    selectsPods && object.namespace == workload.object.namespace
      && selector.areContained(in: workload.labels)
  }

  /// The prefix of the variables that the Service becomes.
  var variablePrefix: String {
    ServiceEnvironment.prefix(of: object.name)
  }

  /// `80, 443`.
  var portList: String { ports.map { String($0.number) }.joined(separator: ", ") }
}
