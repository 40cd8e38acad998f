import ClusterSimulator
import KubernetesManifests
import SimKernel

extension Lowering {
  /// Fields of `database:` that belong to a caller, and those of the database itself.
  private static let callerFields = ["target", "pool", "acquireTimeout", "transaction"]
  private static let ownFields = ["maxConnections", "deadPeerTimeout"]

  /// Whether the workload is a database and not a caller of one.
  func isDatabase(_ index: Int) -> Bool {
    behaviors[index]?["database"]["maxConnections"].isPresent ?? false
  }

  /// The limits of the database that this workload is, if it is one.
  func database(_ index: Int) -> DatabasePlan? {
    guard let behavior = behaviors[index] else { return nil }
    let setting = behavior["database"]
    guard isDatabase(index) else {
      if !behavior["concurrency"].isPresent, facts.workloads[index].job == nil {
        reader.report(
          "required field 'concurrency' is missing",
          at: behavior.mark,
          path: behavior.path + ".concurrency"
        )
      }
      return nil
    }
    for name in Self.callerFields where setting[name].isPresent {
      reader.report(
        "'\(name)' is for a caller of a database, maxConnections for the database itself",
        at: setting[name].mark,
        path: setting[name].path
      )
    }
    var plan = DatabasePlan(maxConnections: setting["maxConnections"].integer ?? .max)
    plan.deadPeerTimeout = setting["deadPeerTimeout"].duration ?? plan.deadPeerTimeout
    return plan
  }

  /// What a request of this workload does in a database, if anything.
  func transaction(
    _ setting: Setting,
    _ index: Int,
    _ services: ServiceTable
  ) -> TransactionPlan? {
    guard setting.isPresent, !isDatabase(index) else { return nil }
    for name in ["target", "transaction"] where !setting[name].isPresent {
      reader.report(
        "required field '\(name)' is missing",
        at: setting.mark,
        path: "\(setting.path).\(name)"
      )
    }
    for name in Self.ownFields where setting[name].isPresent {
      reader.report(
        "'\(name)' belongs to the database itself, together with maxConnections",
        at: setting[name].mark,
        path: setting[name].path
      )
    }
    setting["transaction"].checkDistribution(reader)
    let namespace = facts.workloads[index].metadata.namespace
    guard let database = databaseWorkload(setting["target"], namespace, services) else {
      return nil
    }
    return TransactionPlan(
      database: database,
      poolSize: setting["pool"].integer ?? 10,
      acquireTimeout: setting["acquireTimeout"].duration ?? .seconds(30),
      duration: setting["transaction"].distribution
    )
  }

  /// The workload behind a database target: a workload's name, or a Service that selects it.
  private func databaseWorkload(
    _ target: Setting,
    _ namespace: String,
    _ services: ServiceTable
  ) -> Int? {
    guard let text = target.text else { return nil }
    let found: Int?
    if facts.workloads.contains(where: { WorkloadName.isTail(text, of: $0.key) }) {
      found = workload(named: text, at: target.mark, path: target.path)
    } else {
      found = services.plan(for: target, from: namespace)
        .flatMap { services.plans[$0].workloads.first }
    }
    guard let found else { return nil }
    guard isDatabase(found) else {
      reader.report(
        "'\(facts.workloads[found].key)' is not described as a database",
        at: target.mark,
        path: target.path,
        hint: "give workloads.\(facts.workloads[found].key) database: {maxConnections: …}"
      )
      return nil
    }
    return found
  }
}
