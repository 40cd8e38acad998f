import ClusterSimulator
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
    guard let service = services.plan(for: setting["target"], from: namespace) else { return nil }
    let routing = routing(setting["routing"])
    if services.isHeadless(service), routing == .dns {
      reader.report(
        "calls to a headless Service are not simulated yet",
        at: setting["target"].mark,
        path: setting["target"].path,
        hint: "give the Service a ClusterIP"
      )
    }
    var plan = CallPlan(
      name: name,
      service: service,
      routing: routing,
      timeout: setting["timeout"].duration ?? .seconds(1)
    )
    plan.balancer = balancer(setting["routing"])
    plan.connection = connection(setting["connection"])
    plan.retry = retry(setting["retry"])
    return plan
  }

  private func routing(_ setting: Setting) -> Routing {
    switch setting.choice?.name {
    case "hardcodedIP":
      .hardcodedIP(capturedAt: setting.choice?.setting["capturedAt"].duration ?? .zero)
    case "ingress": .ingress
    default: .dns
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
    if let target = setting["target"].text.flatMap({ try? ServiceURL(parsing: $0) }) {
      plan.call.name = target.service
    }
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
