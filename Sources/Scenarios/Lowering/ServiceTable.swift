import ClusterSimulator
import KubernetesManifests
import SimKernel

/// The plans of all Services, one per Service and port, and the way from a URL to one of them.
struct ServiceTable {
  var plans: [ServicePlan] = []
  /// For each plan the Service in `facts` and its port.
  var sources: [(service: Int, port: Int)] = []
  /// Targets that no Service has, the namespace they are called from, and what stands for them.
  var missingNames: [(target: String, home: String?, plan: Int)] = []
  /// Where groups of users go that come by an Ingress.
  var ingressBackends: [IngressBackend] = []
  let facts: ManifestFacts
  let reader: YAMLReader
  private static let mostCompared = 500
  /// `spec.externalHosts`.
  let hosts: [Setting.Entry]

  init(_ lowering: Lowering) {
    facts = lowering.facts
    reader = lowering.reader
    hosts = lowering.spec["externalHosts"].entries
    for (index, service) in facts.services.enumerated() {
      if service.type == .externalName {
        addExternal(service, index)
        continue
      }
      let workloads = facts.workloads(selectedBy: service)
      if workloads.isEmpty, !service.selector.value.isEmpty { warnSelectsNothing(service) }
      for port in service.ports {
        add(service, index, port, workloads, lowering)
      }
    }
  }

  /// Adds the plan of one port of a Service.
  mutating func add(
    _ service: Service,
    _ index: Int,
    _ port: Service.Port,
    _ workloads: [Int],
    _ lowering: Lowering
  ) {
    // A named port may be another number on each workload, and missing on some.
    let numbers = workloads.map { facts.workloads[$0].port(port.targetPort) ?? 0 }
    var number = numbers.first { $0 != 0 } ?? 0
    let name = service.metadata.qualifiedName
    for (workload, number) in zip(workloads, numbers) {
      if number == 0 {
        warnNobodyNames(service, port, workload)
      } else {
        warnNobodyListens(service, port, number, workload, lowering)
      }
    }
    if workloads.isEmpty, case .number(let written) = port.targetPort { number = written }
    var plan = ServicePlan(
      name: service.ports.count > 1 ? "\(name):\(port.port)" : name,
      workloads: workloads,
      targetPort: number
    )
    if numbers.contains(where: { $0 != number }) { plan.targetPorts = numbers }
    plan.isPresentAtStart = index < facts.firstLaterService
    fill(&plan, service)
    plans.append(plan)
    sources.append((index, port.port))
  }

  /// What holds for all ports of a Service.
  private func fill(_ plan: inout ServicePlan, _ service: Service) {
    plan.publishNotReadyAddresses = service.publishNotReadyAddresses
    if service.internalTrafficPolicy == .local { plan.internalTrafficPolicy = .local }
    if service.externalTrafficPolicy == .local { plan.externalTrafficPolicy = .local }
    plan.trafficDistribution =
      switch service.trafficDistribution {
      case nil: nil
      case .preferClose, .preferSameZone: .preferSameZone
      case .preferSameNode: .preferSameNode
      }
    if service.sessionAffinity == .clientIP {
      plan.affinityTimeout = .seconds(Int64(service.sessionAffinityTimeoutSeconds))
    }
  }

  private func warnNobodyNames(_ service: Service, _ port: Service.Port, _ workload: Int) {
    guard case .name(let target) = port.targetPort else { return }
    reader.warn(
      "Service '\(service.metadata.qualifiedName)' leads to port '\(target)', but no container "
        + "of '\(facts.workloads[workload].key)' names it so",
      at: port.mark,
      hint: "its pods will be listed without that port, and not be used"
    )
  }

  private func warnSelectsNothing(_ service: Service) {
    let selector = service.selector.value
    // Comparing letter by letter with thousands would take long.
    let near = (facts.workloadsIn[service.metadata.namespace] ?? []).prefix(Self.mostCompared)
      .flatMap { facts.workloads[$0].template.labels.entries }
      .filter { selector[$0.key] != nil }
      .map { "\($0.key)=\($0.value)" }
    reader.warn(
      "Service '\(service.metadata.qualifiedName)' selects no pods: '\(selector.text)'",
      at: service.selector.mark,
      hint: EditDistance.hint(for: selector.text, in: near)
    )
  }

  private func warnNobodyListens(
    _ service: Service,
    _ port: Service.Port,
    _ number: Int,
    _ workload: Int,
    _ lowering: Lowering
  ) {
    let listening = lowering.listeningPort(of: workload)
    guard listening != number else { return }
    reader.warn(
      "Service '\(service.metadata.qualifiedName)' leads to port \(number), but "
        + "'\(facts.workloads[workload].key)' listens on \(listening)",
      at: port.mark,
      hint: "connections will be refused"
    )
  }
}
