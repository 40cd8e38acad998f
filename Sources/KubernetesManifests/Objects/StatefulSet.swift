/// A StatefulSet (apps/v1) with the API's defaults filled in.
package struct StatefulSet: Sendable {
  /// Whether pods start one after the other.
  package enum PodManagementPolicy: String, CaseIterable, Sendable {
    case orderedReady = "OrderedReady"
    case parallel = "Parallel"
  }
  /// How old pods give way to new ones.
  package enum UpdateStrategy: Hashable, Sendable {
    /// From the highest ordinal down to `partition`.
    case rollingUpdate(partition: Int, maxUnavailable: IntOrPercent)
    case onDelete
  }
  package var metadata: ObjectMeta
  package var replicas: Located<Int>
  package var selector: Located<LabelSelector>
  package var template: PodTemplate
  /// The headless Service that governs the pods' names, when given.
  package var serviceName: Located<String>?
  package var podManagementPolicy: PodManagementPolicy
  package var updateStrategy: UpdateStrategy
  package var minReadySeconds: Int
  /// The number of the first pod.
  package var firstOrdinal: Int
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> StatefulSet? {
    let metadata = ObjectMeta.read(&object, name: .label)
    object.accept(["status"])
    defer { object.finish() }
    guard var spec = object.mapping("spec") else {
      object.required("'spec' must be given", field: "spec")
      return nil
    }
    let replicas = Located(spec.natural("replicas") ?? 1, at: spec.mark(of: "replicas"))
    let workload = Deployment.readSelectorAndTemplate(&spec)
    let serviceName = spec.located("serviceName")
    let policy = spec.word(
      "podManagementPolicy",
      as: PodManagementPolicy.self,
      elseInvalid: "must be 'OrderedReady' or 'Parallel'"
    )
    let strategy = readUpdateStrategy(&spec)
    let minReady = spec.natural("minReadySeconds") ?? 0
    var first = 0
    if var ordinals = spec.mapping("ordinals") {
      first = ordinals.natural("start") ?? 0
      ordinals.finish()
    }
    spec.warnNotSimulated("ordinals", unless: false)
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
      podManagementPolicy: policy ?? .orderedReady,
      updateStrategy: strategy,
      minReadySeconds: minReady,
      firstOrdinal: first,
      mark: object.mark
    )
  }

  private enum UpdateType: String, CaseIterable {
    case rollingUpdate = "RollingUpdate"
    case onDelete = "OnDelete"
  }

  private static func readUpdateStrategy(_ spec: inout FieldReader) -> UpdateStrategy {
    var partition = 0
    var unavailable = IntOrPercent.count(1)
    guard var fields = spec.mapping("updateStrategy") else {
      return .rollingUpdate(partition: partition, maxUnavailable: unavailable)
    }
    let type = readUpdateType(&fields)
    if var rolling = fields.mapping("rollingUpdate") {
      if type == .onDelete {
        fields.invalid(
          "",
          "only allowed for updateStrategy 'RollingUpdate'",
          field: "rollingUpdate"
        )
      }
      partition = rolling.natural("partition") ?? 0
      unavailable = rolling.intOrPercent("maxUnavailable", limit: 100) ?? unavailable
      if unavailable.isZero {
        rolling.invalid(unavailable.text, "cannot be 0", field: "maxUnavailable")
      }
      rolling.finish()
    }
    fields.finish()
    return type == .onDelete
      ? .onDelete : .rollingUpdate(partition: partition, maxUnavailable: unavailable)
  }

  private static func readUpdateType(_ fields: inout FieldReader) -> UpdateType {
    guard let text = fields.string("type") else { return .rollingUpdate }
    if let type = UpdateType(rawValue: text) { return type }
    fields.invalid(
      text,
      "must be 'RollingUpdate' or 'OnDelete'",
      field: "type",
      reportedAs: ""
    )
    return .rollingUpdate
  }
}
