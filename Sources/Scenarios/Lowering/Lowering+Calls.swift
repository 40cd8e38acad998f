import ClusterSimulator
import ClusterState
import KubernetesManifests
import SimKernel

extension Lowering {
  /// A call of a workload or a client group; `nil` when its target is wrong, which is reported.
  func call(
    _ name: String,
    _ setting: Setting,
    from namespace: String?,
    _ services: ServiceTable
  ) -> CallPlan? {
    if namespace == nil, let backend = services.ingressBackend(of: setting) {
      return call(name, setting, by: backend)
    }
    guard let service = services.plan(for: setting["target"], from: namespace) else { return nil }
    var plan = CallPlan(
      name: name,
      service: service,
      routing: routing(setting["routing"]),
      timeout: setting["timeout"].duration ?? .seconds(1)
    )
    plan.lookup = lookup(setting)
    if services.isMissing(service) {
      checkMissing(plan, setting)
      plan.routing = .dns
      plan.retry = retry(setting["retry"])
      return plan
    }
    plan.lookup.fit(setting["routing"], services.plans[service].name)
    fit(&plan, to: setting, from: namespace, services)
    plan.balancer = balancer(setting["routing"])
    plan.connection = connection(setting["connection"])
    plan.retry = retry(setting["retry"])
    return plan
  }

  /// A name that is nowhere has neither variables nor ports.
  private func checkMissing(_ plan: CallPlan, _ setting: Setting) {
    guard plan.routing != .dns, plan.routing != .headless(.first) else { return }
    reader.report(
      "'\(plan.name)' calls a name that no Service has",
      at: setting["routing"].mark,
      path: setting["routing"].path,
      hint: "set routing: dns"
    )
  }

  /// The call of users who come by an Ingress.
  private func call(
    _ name: String,
    _ setting: Setting,
    by backend: ServiceTable.IngressBackend
  ) -> CallPlan {
    let routing = setting["routing"]
    let isPlain = routing.choice?.name == "ingress" && balancer(routing) == .roundRobin
    if !isPlain {
      reader.report(
        "the target is a host of an Ingress, whose controller takes its pods in turn",
        at: routing.mark,
        path: routing.path,
        hint: "leave out routing, or name a Service"
      )
    }
    if connection(setting["connection"]) != .perRequest {
      reader.report(
        "connections to an ingress controller are not simulated",
        at: setting["connection"].mark,
        path: setting["connection"].path,
        hint: "leave out connection; those from the controller to pods are kept"
      )
    }
    var plan = CallPlan(
      name: name,
      service: backend.service,
      routing: .ingress,
      timeout: setting["timeout"].duration ?? .seconds(1)
    )
    plan.ingress = backend.rule
    plan.retry = retry(setting["retry"])
    return plan
  }

  private func routing(_ setting: Setting) -> Routing {
    let fields = setting.choice?.setting
    switch setting.choice?.name {
    case "hardcodedIP": return .hardcodedIP(capturedAt: fields?["capturedAt"].duration ?? .zero)
    case "ingress": return .ingress
    case "headless":
      return .headless(fields?["choice"].text.flatMap(AddressChoice.init) ?? .first)
    case "environment": return .environment
    case "nodePort": return .nodePort(node: node(fields?["node"]))
    case "loadBalancer": return .loadBalancer
    default: return .dns
    }
  }

  private func node(_ setting: Setting?) -> Int? {
    guard let setting, let name = setting.text else { return nil }
    let names = clusterLowering.nodeNames
    if let index = names.firstIndex(of: name) { return index }
    reader.report(
      "there is no node '\(name)'",
      at: setting.mark,
      path: setting.path,
      hint: EditDistance.hint(for: name, in: names)
    )
    return nil
  }

  /// How the caller looks its target up: by what is written there and what it keeps.
  private func lookup(_ setting: Setting) -> NamePlan {
    var plan = NamePlan()
    if let url = setting["target"].text.flatMap({ try? ServiceURL(parsing: $0) }) {
      plan.queriesToFind = url.queriesToFind
      plan.queriesToDeny = url.queriesToDeny
    }
    let fields = setting["routing"].choice?.setting
    plan.cache = fields?["cache"].duration ?? .zero
    plan.negativeCache = fields?["negativeCache"].duration ?? .zero
    return plan
  }

  /// Fits the routing to the kind of Service, and reports what does not go together.
  private func fit(
    _ plan: inout CallPlan,
    to setting: Setting,
    from namespace: String?,
    _ services: ServiceTable
  ) {
    let routing = setting["routing"]
    let name = plan.name
    func report(_ problem: String, hint: String) {
      reader.report(problem, at: routing.mark, path: routing.path, hint: hint)
    }
    if let pod = services.pod(in: setting["target"], from: namespace, of: plan.service) {
      plan.routing = .podName(ordinal: pod)
      return
    }
    let isHeadless = services.isHeadless(plan.service)
    switch plan.routing {
    case .dns where isHeadless: plan.routing = .headless(.first)
    case .headless where !isHeadless:
      report("'\(name)' calls a Service that has a ClusterIP", hint: "set routing: dns")
    case .environment where isHeadless || services.isExternal(plan.service):
      report("only Services with a ClusterIP have variables", hint: "set routing: dns")
    case .nodePort where !services.hasNodePort(plan.service):
      report(
        "the Service has no node port",
        hint: services.isLoadBalancer(plan.service)
          ? "remove allocateLoadBalancerNodePorts: false" : "give it type: NodePort"
      )
    case .loadBalancer where !services.isLoadBalancer(plan.service):
      report("the Service has no load balancer", hint: "give it type: LoadBalancer")
    default: break
    }
  }

  private func balancer(_ routing: Setting) -> Balancer {
    guard let (name, fields) = routing.choice?.setting["balancer"].choice else {
      return .roundRobin
    }
    switch name {
    case "random": return .random
    case "leastRequest": return .leastRequest(choices: fields["choices"].integer ?? 2)
    default: return .roundRobin
    }
  }

  private func connection(_ setting: Setting) -> ConnectionPolicy {
    guard let (name, fields) = setting.choice else { return .perRequest }
    let maxAge = fields["maxAge"].duration ?? .forever
    switch name {
    case "http1":
      return .http1(
        size: fields["size"].integer ?? 1,
        maxAge: maxAge,
        idleTimeout: fields["idleTimeout"].duration ?? .forever,
        closeOnTimeout: fields["closeOnTimeout"].isTrue
      )
    case "http2":
      return .http2(connections: fields["connections"].integer ?? 1, maxAge: maxAge)
    default: return .perRequest
    }
  }

  private func retry(_ setting: Setting) -> RetryPlan {
    var plan = RetryPlan()
    let backoff = setting["backoff"]
    plan.attempts = setting["attempts"].integer ?? plan.attempts
    plan.base = backoff["base"].duration ?? plan.base
    plan.maximum = backoff["max"].duration ?? plan.maximum
    plan.jitter = backoff["jitter"].text.flatMap(RetryPlan.Jitter.init) ?? plan.jitter
    if plan.base > plan.maximum {
      reader.report(
        "the first wait is longer than the longest",
        at: backoff["base"].mark,
        path: backoff["base"].path,
        hint: "raise backoff.max"
      )
    }
    return plan
  }

  /// A group of users.
  func client(_ setting: Setting, _ services: ServiceTable) -> ClientPlan {
    let name = setting["name"].text ?? ""
    let call =
      call(name, setting, from: nil, services)
      ?? CallPlan(name: name, service: 0, routing: .dns, timeout: .seconds(1))
    var plan = ClientPlan(name: name, arrivals: arrivals(setting["arrivals"]), call: call)
    // A group makes one call; it goes by the name of the Service that it reaches.
    if let backend = services.ingressBackend(of: setting) {
      plan.call.name = backend.name
    } else if let target = setting["target"].text.flatMap({ try? ServiceURL(parsing: $0) }) {
      plan.call.name = target.service
    }
    plan.sources = setting["sources"].integer ?? 1
    if case .money(let value) = setting["value"].value {
      plan.valueMicros = value.micros
      plan.currency = value.currency
    }
    return plan
  }

  private func arrivals(_ setting: Setting) -> ArrivalPlan {
    let profile = profile(setting.choice?.setting)
    return setting.choice?.name == "deterministic" ? .deterministic(profile) : .poisson(profile)
  }

  private func profile(_ setting: Setting?) -> RateProfile {
    guard let (name, value) = setting?.choice else { return RateProfile(points: []) }
    if name == "rate" {
      return RateProfile(points: [RateProfile.Point(time: .zero, rate: value.rate ?? 0)])
    }
    let points = value.items.compactMap { pair -> RateProfile.Point? in
      guard pair.items.count == 2, let time = pair.items[0].duration, let rate = pair.items[1].rate
      else { return nil }
      return RateProfile.Point(time: time, rate: rate)
    }
    check(points, value)
    return RateProfile(points: points)
  }

  private func check(_ points: [RateProfile.Point], _ setting: Setting) {
    guard points.count == setting.items.count, let first = points.first else { return }
    if first.time > .zero {
      reader.report(
        "the first point is not at 0s",
        at: setting.items[0].mark,
        path: setting.items[0].path
      )
    }
    for index in points.indices.dropFirst() where points[index].time <= points[index - 1].time {
      reader.report(
        "this point is not later than the one before it",
        at: setting.items[index].mark,
        path: setting.items[index].path
      )
    }
  }
}

extension NamePlan {
  /// How many addresses of a headless Service's name fit into the message that the caller takes.
  ///
  /// 12 bytes of header, the question, and 16 for each address; announcing more than 512 costs 11.
  fileprivate mutating func fit(_ routing: Setting, _ service: String) {
    guard routing.choice?.name == "headless", let fields = routing.choice?.setting else { return }
    let size = fields["messageSize"].integer ?? 512
    let parts = service.split { $0 == "/" || $0 == ":" }.prefix(2).map(String.init)
    let name = DomainName(labels: parts + ["svc", "cluster", "local"])
    let room = size - 12 - name.wireLength - 4 - (size > 512 ? 11 : 0)
    recordsInMessage = max(1, room / 16)
    fallsBackToTCP = fields["tcpFallback"].isTrue
  }
}
