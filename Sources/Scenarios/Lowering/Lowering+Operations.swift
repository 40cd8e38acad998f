import ClusterSimulator
import KubernetesManifests
import SimKernel

/// `spec.operations`: what operators do, and the pod templates that come of it.
extension Lowering {
  /// Adds the operations in order of time, and to the workloads every template they roll out.
  func addOperations(to plan: inout SimulationPlan) {
    // Where each workload stands after the operations so far, oldest template first.
    var history = plan.workloads.map { _ in [0] }
    let timed = spec["operations"].items.compactMap { setting in
      setting["at"].duration.map { (at: $0, setting: setting) }
    }
    let order = timed.indices.sorted { (timed[$0].at, $0) < (timed[$1].at, $1) }
    for (at, setting) in order.map({ timed[$0] }) {
      guard let entry = verb(of: setting) else { continue }
      warnIfTooLate(setting["at"], at, plan)
      guard let verb = operation(entry.key, entry.setting, &plan, &history) else { continue }
      plan.operations.append(OperationPlan(at: at, verb))
    }
  }

  /// The one thing that an operation does.
  private func verb(of setting: Setting) -> Setting.Entry? {
    let verbs = setting.entries.filter { $0.key != "at" && $0.setting.isPresent }
    if verbs.count == 1 { return verbs[0] }
    reader.report(
      "expected exactly one operation, found \(verbs.count)",
      at: setting.mark,
      path: setting.path,
      hint: "such as scale, setImage, rolloutRestart or drain"
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

  private func operation(
    _ verb: String,
    _ fields: Setting,
    _ plan: inout SimulationPlan,
    _ history: inout [[Int]]
  ) -> OperationPlan.Verb? {
    if fields["node"].isPresent {
      guard let node = node(fields["node"], in: plan) else { return nil }
      return verb == "drain"
        ? .drain(node: node)
        : verb == "cordon"
          ? .cordon(node: node)
          : .uncordon(node: node)
    }
    guard let workload = workload(fields["workload"]) else { return nil }
    switch verb {
    case "scale":
      warnIfAutoscaled(workload, fields, plan)
      return .scale(workload: workload, replicas: fields["replicas"].integer ?? 0)
    case "deletePods":
      return .deletePods(workload: workload, count: fields["count"].integer ?? 1)
    case "rolloutPause": return .pauseRollout(workload: workload)
    case "rolloutResume": return .resumeRollout(workload: workload)
    case "rolloutUndo": return undo(workload, fields, &history)
    default:
      let current = history[workload].last ?? 0
      var template = plan.workloads[workload].templates[current]
      template.server.change(by: fields["behavior"], reader)
      plan.workloads[workload].templates.append(template)
      let new = plan.workloads[workload].templates.count - 1
      history[workload].append(new)
      return .rollOut(workload: workload, template: new)
    }
  }

  /// Back to the template before the present one.
  private func undo(
    _ workload: Int,
    _ fields: Setting,
    _ history: inout [[Int]]
  ) -> OperationPlan.Verb? {
    guard let before = history[workload].dropLast().last else {
      reader.report(
        "'\(facts.workloads[workload].key)' has no template to go back to",
        at: fields.mark,
        path: fields.path,
        hint: "put it after a setImage or rolloutRestart"
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
    setting.text.flatMap { workload(named: $0, at: setting.mark, path: setting.path) }
  }

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
    if behavior["serviceTime"].isPresent { serviceTime = behavior["serviceTime"].distribution }
    if behavior["startup"].isPresent { startup = behavior["startup"].distribution }
    behavior["serviceTime"].checkDistribution(reader)
    behavior["startup"].checkDistribution(reader)
  }
}
