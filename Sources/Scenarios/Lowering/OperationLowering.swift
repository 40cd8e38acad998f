import ClusterSimulator
import KubernetesManifests
import SimKernel

/// `spec.operations`: what operators do, in order of time, and the pod templates that come of it.
struct OperationLowering {
  private let lowering: Lowering
  private var services: ServiceTable
  /// Where each workload stands after the operations so far: its templates, oldest first.
  private var history: [[Int]] = []
  /// The same for workloads' manifests and for Services.
  private var workloads: [ManifestFacts.Workload]
  private var present: [Service]
  /// The labels of each workload's templates, and the selectors that Services get.
  var membership: MembershipLowering

  private var reader: YAMLReader { lowering.reader }
  private var facts: ManifestFacts { lowering.facts }

  init(_ lowering: Lowering, _ services: ServiceTable) {
    self.lowering = lowering
    self.services = services
    workloads = lowering.facts.workloads
    present = lowering.facts.services
    membership = MembershipLowering(lowering.facts, services)
  }

  /// Adds the operations, and to the workloads every template they roll out.
  func add(to plan: inout SimulationPlan) {
    var state = self
    state.history = plan.workloads.map { _ in [0] }
    let items = lowering.spec["operations"].items
    let timed = items.indices.compactMap { index in
      items[index]["at"].duration.map { (at: $0, index: index) }
    }
    for (at, index) in timed.sorted(by: { ($0.at, $0.index) < ($1.at, $1.index) }) {
      guard let entry = verb(of: items[index]) else { continue }
      warnIfTooLate(items[index]["at"], at, plan)
      if entry.key == "apply" {
        state.apply(lowering.applied[index] ?? ManifestSet(), at: at, &plan)
      } else if entry.key == "delete" {
        state.delete(entry.setting, at: at, &plan)
      } else if let verb = state.operation(entry.key, entry.setting, &plan) {
        plan.operations.append(OperationPlan(at: at, verb))
      }
    }
    state.membership.finish(&plan)
  }

  /// The one thing that an operation does.
  private func verb(of setting: Setting) -> Setting.Entry? {
    let verbs = setting.entries.filter { $0.key != "at" && $0.setting.isPresent }
    if verbs.count == 1 { return verbs[0] }
    reader.report(
      "expected exactly one operation, found \(verbs.count)",
      at: setting.mark,
      path: setting.path,
      hint: "such as apply, scale, setImage, rolloutRestart or drain"
    )
    return nil
  }

  private func warnIfTooLate(_ setting: Setting, _ at: SimDuration, _ plan: SimulationPlan) {
    guard at >= plan.horizon, plan.horizon > .zero else { return }
    reader.warn(
      "this operation comes after the end of the run",
      at: setting.mark,
      path: setting.path,
      hint: "it never happens"
    )
  }

  private mutating func operation(
    _ verb: String,
    _ fields: Setting,
    _ plan: inout SimulationPlan
  ) -> OperationPlan.Verb? {
    if ["drain", "cordon", "uncordon"].contains(verb) {
      guard let node = lowering.node(fields["node"], in: plan) else { return nil }
      return verb == "drain"
        ? .drain(node: node) : verb == "cordon" ? .cordon(node: node) : .uncordon(node: node)
    }
    guard let workload = workload(fields["workload"]) else { return nil }
    guard check(verb, suits: workload, fields) else { return nil }
    switch verb {
    case "scale":
      warnIfAutoscaled(workload, fields, plan)
      return .scale(workload: workload, replicas: fields["replicas"].integer ?? 0)
    case "deletePods":
      return .deletePods(workload: workload, count: fields["count"].integer ?? 1)
    case "label":
      return relabel(workload, fields, &plan)
    case "rolloutPause": return .pauseRollout(workload: workload)
    case "rolloutResume": return .resumeRollout(workload: workload)
    case "rolloutUndo": return undo(workload, fields)
    default:
      var template = plan.workloads[workload].templates[history[workload].last ?? 0]
      template.server.change(by: fields["behavior"], reader)
      if let image = fields["image"].text {
        let serving = lowering.servingContainer(of: workload)
        template.images = lowering.uses(workload, serving: serving, image: image)
      }
      return rollOut(template, of: workload, &plan)
    }
  }

  /// Whether `kubectl` does this to an object of the workload's kind.
  private func check(_ verb: String, suits workload: Int, _ fields: Setting) -> Bool {
    let kinds: [WorkloadPlan.Kind] =
      switch verb {
      case "scale": [.deployment, .statefulSet, .replicaSet]
      case "setImage", "rolloutRestart", "rolloutUndo": [.deployment, .statefulSet, .daemonSet]
      default: WorkloadPlan.Kind.allCases
      }
    if kinds.contains(facts.workloads[workload].kind) { return true }
    reader.report(
      "\(verb) does nothing to '\(facts.workloads[workload].key)'",
      at: fields.mark,
      path: fields.path,
      hint: "it is for " + kinds.map { $0.rawValue.lowercased() }.joined(separator: ", ")
    )
    return false
  }

  private mutating func rollOut(
    _ template: PodTemplatePlan,
    of workload: Int,
    _ plan: inout SimulationPlan
  ) -> OperationPlan.Verb {
    plan.workloads[workload].templates.append(template)
    membership.add(workloads[workload].template.labels, workload: workload)
    let new = plan.workloads[workload].templates.count - 1
    history[workload].append(new)
    return .rollOut(workload: workload, template: new)
  }

  /// Other labels for some pods, and what that makes of them.
  private func relabel(
    _ workload: Int,
    _ fields: Setting,
    _ plan: inout SimulationPlan
  ) -> OperationPlan.Verb? {
    let old = workloads[workload].template.labels
    guard let labels = old.changed(by: fields, reader) else { return nil }
    let namespace = workloads[workload].metadata.namespace
    let matching = plan.services.indices.filter { row in
      let service = present[services.sources[row].service]
      return service.metadata.namespace == namespace && !service.selector.value.isEmpty
        && service.selector.value.areContained(in: labels)
    }
    plan.relabelings.append(
      RelabelingPlan(
        labels: labels.entries.map { LabelPlan(key: $0.key, value: $0.value) },
        services: matching,
        isOrphaning: workloads[workload].selector?.matches(labels) == false
      )
    )
    return .relabel(
      workload: workload,
      count: fields["count"].integer ?? 1,
      labels: plan.relabelings.count - 1
    )
  }

  /// Back to the template before the present one.
  private mutating func undo(_ workload: Int, _ fields: Setting) -> OperationPlan.Verb? {
    guard let before = history[workload].dropLast().last else {
      reader.report(
        "'\(facts.workloads[workload].key)' has no template to go back to",
        at: fields.mark,
        path: fields.path,
        hint: "put it after a setImage, rolloutRestart or apply"
      )
      return nil
    }
    history[workload].append(before)
    return .rollOut(workload: workload, template: before)
  }

  private func warnIfAutoscaled(_ workload: Int, _ fields: Setting, _ plan: SimulationPlan) {
    guard plan.autoscalers.contains(where: { $0.workload == workload }) else { return }
    reader.warn(
      "'\(facts.workloads[workload].key)' has an autoscaler, which will overrule this",
      at: fields.mark,
      path: fields.path
    )
  }

  private func workload(_ setting: Setting) -> Int? {
    setting.text.flatMap {
      lowering.workload(named: $0, at: setting.mark, path: setting.path)
    }
  }
}

// MARK: apply and delete

extension OperationLowering {
  /// Compares what is applied with what is there, and does what the controllers would see.
  private mutating func apply(
    _ applied: ManifestSet,
    at: SimDuration,
    _ plan: inout SimulationPlan
  ) {
    for service in applied.services { apply(service, at: at, &plan) }
    for workload in ManifestFacts.workloads(of: applied) { apply(workload, at: at, &plan) }
  }

  private mutating func apply(_ service: Service, at: SimDuration, _ plan: inout SimulationPlan) {
    let name = service.metadata.qualifiedName
    guard let index = present.firstIndex(where: { $0.metadata.qualifiedName == name }) else {
      return
    }
    let old = present[index]
    present[index] = service
    if old.type == .externalName, service.type != .externalName {
      move(service, index, at: at, &plan)
      return
    }
    let plans = plan.services.indices.filter { services.sources[$0].service == index }
    if service.type != old.type || service.ports.map(\.port) != old.ports.map(\.port)
      || service.ports.map(\.targetPort) != old.ports.map(\.targetPort)
    {
      reader.report(
        "changing the type or the ports of Service '\(name)' is not simulated yet",
        at: service.mark,
        hint: "only its selector may change"
      )
    }
    for row in plans {
      plan.serviceOperations.append(ServiceOperation(at: at, service: row, .apply))
      guard service.selector.value != old.selector.value else { continue }
      let matched = facts.workloads.indices.filter { service.selects(facts.workloads[$0]) }
      membership.select(service.selector.value, at: plan.serviceOperations.count, row)
      plan.serviceOperations.append(
        ServiceOperation(at: at, service: row, .select(matched))
      )
    }
  }

  /// An ExternalName becomes a Service of the cluster; its callers' port is taken to be the one.
  private mutating func move(
    _ service: Service,
    _ index: Int,
    at: SimDuration,
    _ plan: inout SimulationPlan
  ) {
    let old = services.sources.indices.filter { services.sources[$0].service == index }
    if service.ports.count != 1 {
      reader.report(
        "an ExternalName can only become a Service with one port, in this simulation",
        at: service.mark,
        hint: "give Service '\(service.metadata.qualifiedName)' one port"
      )
    }
    guard let new = services.addReplacement(service, index, lowering) else { return }
    plan.services += services.plans[new...]
    for row in old {
      plan.serviceOperations.append(ServiceOperation(at: at, service: row, .move(to: new)))
    }
  }

  private mutating func apply(
    _ workload: ManifestFacts.Workload,
    at: SimDuration,
    _ plan: inout SimulationPlan
  ) {
    guard let index = workloads.firstIndex(where: { $0.key == workload.key }) else { return }
    let old = workloads[index]
    workloads[index] = workload
    if let selector = workload.selector, selector != old.selector {
      reader.report(
        "Invalid value: '\(selector.matchLabels.text)': field is immutable",
        at: workload.mark,
        path: workload.metadata.path(of: "spec.selector"),
        hint: "delete the object first, or give it another name"
      )
    }
    var changed = lowering
    changed.facts.workloads[index] = workload
    let template = changed.workload(index, services, horizon: plan.horizon).templates[0]
    let images = workload.template.containers.map(\.image)
    let current = plan.workloads[index].templates[history[index].last ?? 0]
    if template != current || images != old.template.containers.map(\.image)
      || workload.template.labels != old.template.labels
    {
      let verb = rollOut(template, of: index, &plan)
      plan.operations.append(OperationPlan(at: at, verb))
    }
    let isNew = index >= facts.firstLaterWorkload && old.replicas.value == 0
    if isNew || workload.replicas.value != old.replicas.value {
      let verb = OperationPlan.Verb.scale(workload: index, replicas: workload.replicas.value)
      plan.operations.append(OperationPlan(at: at, verb))
    }
  }

  /// A Service goes with all its ports, a workload with all its pods.
  private func delete(_ fields: Setting, at: SimDuration, _ plan: inout SimulationPlan) {
    if let workload = workload(fields["workload"]) {
      let verb = OperationPlan.Verb.scale(workload: workload, replicas: 0)
      plan.operations.append(OperationPlan(at: at, verb))
    }
    let setting = fields["service"]
    guard let name = setting.text else {
      if !fields["workload"].isPresent {
        reader.report(
          "nothing is named that is to be deleted",
          at: fields.mark,
          path: fields.path,
          hint: "name a service or a workload"
        )
      }
      return
    }
    let names = present.map(\.metadata.qualifiedName)
    let found = names.indices.filter { names[$0] == name || names[$0].hasSuffix("/" + name) }
    guard found.count == 1 else {
      let problem =
        found.isEmpty ? "there is no Service '\(name)'" : "several Services are named '\(name)'"
      reader.report(
        problem,
        at: setting.mark,
        path: setting.path,
        hint: EditDistance.hint(for: name, in: names)
      )
      return
    }
    for row in plan.services.indices where services.sources[row].service == found[0] {
      plan.serviceOperations.append(ServiceOperation(at: at, service: row, .delete))
    }
  }
}

extension Lowering {
  /// The node that a field names; what is wrong with it is reported.
  func node(_ setting: Setting, in plan: SimulationPlan) -> Int? {
    guard let name = setting.text else { return nil }
    let names = plan.cluster.nodes.map(\.name)
    if let node = names.firstIndex(of: name) { return node }
    if !names.isEmpty {
      reader.report(
        "there is no node '\(name)'",
        at: setting.mark,
        path: setting.path,
        hint: EditDistance.hint(for: name, in: names)
      )
    }
    return nil
  }
}

extension ServerPlan {
  /// Takes over what a new image does otherwise.
  fileprivate mutating func change(by behavior: Setting, _ reader: YAMLReader) {
    concurrency = behavior["concurrency"].integer ?? concurrency
    backlog = behavior["backlog"].integer ?? backlog
    cpu = behavior["cpu"].duration ?? cpu
    memory = MemoryPlan(behavior["memory"]) ?? memory
    if behavior["serviceTime"].isPresent { serviceTime = behavior["serviceTime"].distribution }
    if behavior["startup"].isPresent { startup = behavior["startup"].distribution }
    behavior["serviceTime"].checkDistribution(reader)
    behavior["startup"].checkDistribution(reader)
  }
}
