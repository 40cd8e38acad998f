/// A StatefulSet (apps/v1) with the API's defaults filled in.
package struct StatefulSet: Sendable {
  /// Whether pods start one after the other.
  package enum PodManagementPolicy: String, CaseIterable, Sendable {
    case orderedReady = "OrderedReady"
    case parallel = "Parallel"
  }
  package var metadata: ObjectMeta
  package var replicas: Located<Int>
  package var selector: Located<LabelSelector>
  package var template: PodTemplate
  /// The headless Service that governs the pods' names, when given.
  package var serviceName: Located<String>?
  package var podManagementPolicy: PodManagementPolicy
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> StatefulSet? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let replicas = Located(
      spec.number("replicas", in: 0...Int(Int32.max)) ?? 1,
      at: spec.mark(of: "replicas")
    )
    let workload = Deployment.readSelectorAndTemplate(&spec)
    let serviceName = spec.string("serviceName").map {
      Located($0, at: spec.mark(of: "serviceName"))
    }
    let policy = spec.word("podManagementPolicy", as: PodManagementPolicy.self) ?? .orderedReady
    readUpdateStrategy(&spec)
    let minReady = spec.number("minReadySeconds", in: 0...Int(Int32.max)) ?? 0
    spec.warnNotSimulated("minReadySeconds", unless: minReady == 0)
    spec.acceptNotSimulated(["ordinals"])
    spec.accept([
      "volumeClaimTemplates", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy",
    ])
    spec.finish()
    guard let metadata, let (selector, template) = workload else { return nil }
    return StatefulSet(
      metadata: metadata,
      replicas: replicas,
      selector: selector,
      template: template,
      serviceName: serviceName,
      podManagementPolicy: policy,
      mark: object.mark
    )
  }

  private enum UpdateStrategy: String, CaseIterable {
    case rollingUpdate = "RollingUpdate"
    case onDelete = "OnDelete"
  }

  private static func readUpdateStrategy(_ spec: inout FieldReader) {
    guard var fields = spec.mapping("updateStrategy") else { return }
    let type = fields.word("type", as: UpdateStrategy.self) ?? .rollingUpdate
    if var rolling = fields.mapping("rollingUpdate") {
      if type == .onDelete {
        fields.invalid(
          "",
          "only allowed for updateStrategy 'RollingUpdate'",
          field: "rollingUpdate"
        )
      }
      _ = rolling.number("partition", in: 0...Int(Int32.max))
      _ = rolling.intOrPercent("maxUnavailable", limit: 100)
      rolling.finish()
    }
    fields.finish()
  }
}
