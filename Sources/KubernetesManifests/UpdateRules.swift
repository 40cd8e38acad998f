/// What the API server refuses when an object is applied over one that exists.
package enum UpdateRules {
  /// Reports each change of a field that must stay as it was created.
  ///
  /// Cluster addresses and node ports of Services, which depend on what was given out, are not
  /// looked at here.
  package static func check(
    _ new: ManifestSet,
    over old: ManifestSet,
    _ reader: YAMLReader
  ) {
    each(new.deployments, old.deployments) {
      selector($0.selector, $1.selector, $0.metadata, reader)
    }
    each(new.replicaSets, old.replicaSets) {
      selector($0.selector, $1.selector, $0.metadata, reader)
    }
    each(new.daemonSets, old.daemonSets) {
      selector($0.selector, $1.selector, $0.metadata, reader)
    }
    each(new.statefulSets, old.statefulSets) { statefulSet($0, $1, reader) }
    each(new.jobs, old.jobs) { job($0, $1, reader) }
    each(new.services, old.services) { service($0, $1, reader) }
    each(new.endpointSlices, old.endpointSlices) { new, old in
      if new.addressType == old.addressType { return }
      reader.report(
        "Invalid value: '\(new.addressType.rawValue)': field is immutable",
        at: new.mark,
        path: new.metadata.path(of: "addressType")
      )
    }
  }

  /// Pairs objects of the same namespace and name.
  private static func each<Object: NamedObject>(
    _ new: [Object],
    _ old: [Object],
    _ body: (Object, Object) -> Void
  ) {
    let known = Dictionary(
      old.map { ($0.metadata.qualifiedName, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for object in new {
      if let before = known[object.metadata.qualifiedName] { body(object, before) }
    }
  }

  private static func selector(
    _ new: Located<LabelSelector>,
    _ old: Located<LabelSelector>,
    _ metadata: ObjectMeta,
    _ reader: YAMLReader
  ) {
    if new.value == old.value { return }
    reader.report(
      "Invalid value: '\(new.value.matchLabels.text)': field is immutable",
      at: new.mark,
      path: metadata.path(of: "spec.selector"),
      hint: "delete the object first, or give it another name"
    )
  }

  private static func statefulSet(_ new: StatefulSet, _ old: StatefulSet, _ reader: YAMLReader) {
    let isSame =
      new.selector.value == old.selector.value
      && new.serviceName?.value == old.serviceName?.value
      && new.podManagementPolicy == old.podManagementPolicy
    if isSame { return }
    reader.report(
      "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', "
        + "'template', 'updateStrategy', 'revisionHistoryLimit', "
        + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      at: new.selector.mark,
      path: new.metadata.path(of: "spec")
    )
  }

  private static func job(_ new: Job, _ old: Job, _ reader: YAMLReader) {
    if new.spec.completionMode != old.spec.completionMode {
      reader.report(
        "Invalid value: '\(new.spec.completionMode.rawValue)': field is immutable",
        at: new.mark,
        path: new.metadata.path(of: "spec.completionMode")
      )
    }
    // An indexed Job may grow when its parallelism grows with it.
    let isElastic =
      new.spec.completionMode == .indexed && new.spec.completions == new.spec.parallelism
    if new.spec.completions != old.spec.completions, !isElastic {
      reader.report(
        "Invalid value: '\(new.spec.completions.map(String.init) ?? "")': field is immutable",
        at: new.mark,
        path: new.metadata.path(of: "spec.completions")
      )
    }
  }

  private static func service(_ new: Service, _ old: Service, _ reader: YAMLReader) {
    guard new.type == .loadBalancer, old.type == .loadBalancer,
      new.loadBalancerClass != old.loadBalancerClass
    else { return }
    reader.report(
      "Invalid value: '\(new.loadBalancerClass ?? "")': may not change once set",
      at: new.mark,
      path: new.metadata.path(of: "spec.loadBalancerClass")
    )
  }
}
