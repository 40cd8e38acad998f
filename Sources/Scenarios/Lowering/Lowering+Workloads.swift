import ClusterSimulator
import KubernetesManifests
import SimKernel

extension Lowering {
  /// A maker of pods with what the scenario says their containers do.
  func workload(
    _ index: Int,
    _ services: ServiceTable,
    horizon: SimDuration
  ) -> WorkloadPlan {
    let facts = facts.workloads[index]
    let containers = facts.template.containers
    var plan = WorkloadPlan(
      name: facts.name,
      kind: facts.kind,
      replicas: facts.replicas.value,
      milliCPURequest: request(facts.template.spec) { cpu($0.resources.cpuRequest, $0) },
      server: server(index, services)
    )
    plan.rollout = facts.rollout
    plan.job = job(index, horizon: horizon)
    plan.placement = placement(index)
    plan.restartPolicy = .init(facts.template.spec.restartPolicy)
    plan.memoryRequest = request(facts.template.spec) { memory($0.resources.memoryRequest, $0) }
    plan.terminationGracePeriod = .seconds(Int64(facts.template.terminationGracePeriodSeconds))
    plan.unreachableToleration =
      facts.kind == .daemonSet
      ? .forever : .init(facts.template.spec.scheduling.tolerations)
    plan.database = database(index)
    addContainers(to: &plan, index, serving: servingContainer(of: index))
    guard let serving = servingContainer(of: index) else { return plan }
    plan.milliCPULimit = cpu(serving.resources.cpuLimit, serving)
    if case .sleep(let seconds)? = serving.preStop { plan.preStopSleep = .seconds(Int64(seconds)) }
    plan.readinessProbe = probe(serving.readinessProbe, "readiness", index, serving)
    plan.livenessProbe = probe(serving.livenessProbe, "liveness", index, serving)
    plan.startupProbe = probe(serving.startupProbe, "startup", index, serving)
    for other in containers where other.name.value != serving.name.value {
      reader.warn(
        "container '\(other.name.value)' of '\(facts.key)' only takes up resources",
        at: other.mark,
        hint: "'\(serving.name.value)' is the one that serves"
      )
    }
    return plan
  }

  /// Thousandths of a core; zero when not given, or when no node could ever have so many.
  func cpu(_ quantity: Quantity?, _ container: Container) -> Int {
    let milli = Int(quantity?.milliValue ?? 0)
    if milli <= ScenarioReference.largestNodeCPU { return milli }
    reportTooLarge("CPU", container, FieldType.cpu(ScenarioReference.largestNodeCPU))
    return 0
  }

  /// Bytes; zero when not given, or when no node could ever have so many.
  func memory(_ quantity: Quantity?, _ container: Container) -> Int {
    let bytes = Int(quantity?.value ?? 0)
    if bytes <= ScenarioReference.largestNodeMemory { return bytes }
    reportTooLarge("memory", container, FieldType.memory(ScenarioReference.largestNodeMemory))
    return 0
  }

  private func reportTooLarge(_ resource: String, _ container: Container, _ most: String) {
    reader.report(
      "container '\(container.name.value)' asks for more \(resource) than any node can have",
      at: container.mark,
      hint: "at most \(most)"
    )
  }

  /// The container behind the Services' ports, or the first one.
  func servingContainer(of index: Int) -> Container? {
    let workload = facts.workloads[index]
    let port = listeningPort(of: index)
    return workload.template.containers.first { $0.ports.contains { $0.containerPort == port } }
      ?? workload.template.containers.first
  }

  /// The port that the workload's process listens on.
  func listeningPort(of index: Int) -> Int {
    listeningPorts.indices.contains(index) ? listeningPorts[index] : 80
  }

  /// The port that the workload's process listens on, given what Services ask its pods for.
  ///
  /// In order: what the scenario says; the declared port that a Service leads to; the first
  /// declared port; what a Service leads to, since declaring ports is optional; 80.
  func listeningPort(of index: Int, behind references: [PortReference]) -> Int {
    if let port = behaviors[index]?["port"].integer { return port }
    let workload = facts.workloads[index]
    let declared = workload.template.containers.flatMap(\.ports).map(\.containerPort)
    let targets = references.compactMap { workload.port($0) }
    return targets.first(where: declared.contains) ?? declared.first ?? targets.first ?? 80
  }

  private func probe(
    _ probe: Probe?,
    _ role: String,
    _ index: Int,
    _ container: Container
  ) -> ProbePlan? {
    guard let probe else { return nil }
    var plan = ProbePlan()
    var port: PortReference?
    switch probe.handler {
    case .httpGet(_, let reference): port = reference
    case .grpc(let number): port = .number(number)
    case .tcpSocket(let reference):
      port = reference
      plan.handler = .tcpSocket
    case .exec:
      reader.warn(
        "exec probes are not simulated yet",
        at: probe.mark,
        hint: "the container is taken to have no \(role) probe"
      )
      return nil
    }
    check(port, probe, role, index, container)
    plan.initialDelay = .seconds(Int64(probe.initialDelaySeconds))
    plan.period = .seconds(Int64(probe.periodSeconds))
    plan.timeout = .seconds(Int64(probe.timeoutSeconds))
    plan.successThreshold = probe.successThreshold
    plan.failureThreshold = probe.failureThreshold
    if probe.terminationGracePeriodSeconds != nil {
      reader.warn(
        "a probe's terminationGracePeriodSeconds is accepted, not simulated yet",
        at: probe.mark,
        hint: "the pod's own holds"
      )
    }
    return plan
  }

  private func check(
    _ port: PortReference?,
    _ probe: Probe,
    _ role: String,
    _ index: Int,
    _ container: Container
  ) {
    guard let port else { return }
    guard let number = container.portNumber(port) else {
      if case .name(let name) = port {
        reader.report(
          "no port of container '\(container.name.value)' is named '\(name)'",
          at: probe.mark,
          hint: EditDistance.hint(for: name, in: container.ports.compactMap(\.name))
        )
      }
      return
    }
    let serving = listeningPort(of: index)
    if number != serving, behaviors[index]?["probes"]["separatePort"].isPresent != true {
      reader.warn(
        "the \(role) probe asks port \(number), but requests go to \(serving)",
        at: probe.mark,
        hint: "set workloads.\(facts.workloads[index].key).probes.separatePort to say whether "
          + "that port has a thread of its own"
      )
    }
  }

  private func server(_ index: Int, _ services: ServiceTable) -> ServerPlan {
    guard let behavior = behaviors[index] else {
      // Nobody sends it requests, or that is an error already; its pods only take up room.
      var idle = ServerPlan(concurrency: 1, backlog: 128)
      idle.port = listeningPort(of: index)
      return idle
    }
    var server = ServerPlan(
      concurrency: behavior["concurrency"].integer ?? 1,
      backlog: behavior["backlog"].integer ?? 0,
      serviceTime: behavior["serviceTime"].distribution
    )
    server.port = listeningPort(of: index)
    server.cpu = behavior["cpu"].duration ?? .zero
    server.startup = behavior["startup"].distribution
    server.warmUp = behavior["warmUp"]["duration"].duration ?? .zero
    server.warmUpFactor = behavior["warmUp"]["factor"].number ?? 1
    server.probeTime = behavior["probes"]["time"].duration ?? server.probeTime
    server.separateProbePort = behavior["probes"]["separatePort"].isTrue
    server.memory = MemoryPlan(behavior["memory"])
    behavior["serviceTime"].checkDistribution(reader)
    behavior["startup"].checkDistribution(reader)
    server.transaction = transaction(behavior["database"], index, services)
    let namespace = facts.workloads[index].metadata.namespace
    server.calls = behavior["calls"].entries.compactMap {
      call($0.key, $0.setting, from: namespace, services)
    }
    return server
  }
}

extension PodTemplatePlan.RestartPolicy {
  init(_ policy: PodSpec.RestartPolicy) {
    switch policy {
    case .always: self = .always
    case .onFailure: self = .onFailure
    case .never: self = .never
    }
  }
}
