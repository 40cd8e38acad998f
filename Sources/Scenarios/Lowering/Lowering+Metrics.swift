import ClusterSimulator
import KubernetesManifests
import SimKernel

/// The metrics of autoscalers, and what the scenario says of those that Kubernetes does not know.
extension Lowering {
  /// Names under which adapters usually offer what servers count.
  private static let conventional: [(measure: MetricPlan.PodMeasure, names: [String])] = [
    (
      .requestsPerSecond,
      [
        "http_requests_per_second", "requests_per_second", "http_requests", "requests-per-second",
        "http_server_requests_per_second",
      ]
    ),
    (
      .requestsInFlight,
      [
        "http_requests_in_flight", "requests_in_flight", "in_flight_requests",
        "requests-in-flight", "concurrent_requests",
      ]
    ),
  ]

  /// The metrics of an autoscaler; what cannot be measured is reported.
  func metrics(of autoscaler: HorizontalPodAutoscaler, _ workload: Int) -> [MetricPlan] {
    autoscaler.metricSpecs.compactMap { spec in
      guard let source = source(of: spec, autoscaler, workload) else { return nil }
      return MetricPlan(name: spec.name, source: source, target: .init(spec.target))
    }
  }

  private func source(
    of spec: MetricSpec,
    _ autoscaler: HorizontalPodAutoscaler,
    _ workload: Int
  ) -> MetricPlan.Source? {
    switch spec.source {
    case .resource(let name):
      guard let isCPU = isCPU(name, spec) else { return nil }
      checkRequests(spec, autoscaler, workload, of: nil)
      if !isCPU { warnIfMemoryIsUnknown(workload, spec) }
      return isCPU ? .cpu : .memory
    case .containerResource(let name, let container):
      guard let isCPU = isCPU(name, spec), isServing(container, workload, spec) else { return nil }
      checkRequests(spec, autoscaler, workload, of: container)
      if !isCPU { warnIfMemoryIsUnknown(workload, spec) }
      return isCPU ? .containerCPU : .containerMemory
    case .pods(let metric):
      return measure(metric.name, spec).map { .pods($0) }
    case .external(let metric):
      return series(metric.name, spec).map { .series($0) }
    case .object(let object, let metric):
      return source(of: object, metric.name, autoscaler, spec)
    }
  }

  /// Whether a resource is CPU and not memory; nothing else is measured.
  private func isCPU(_ name: String, _ spec: MetricSpec) -> Bool? {
    if name == "cpu" { return true }
    if name == "memory" { return false }
    reader.report(
      "autoscaling on resource '\(name)' is not simulated yet",
      at: spec.mark,
      hint: EditDistance.hint(for: name, in: ["cpu", "memory"]) ?? "one of: cpu, memory"
    )
    return nil
  }

  private func isServing(_ container: String, _ workload: Int, _ spec: MetricSpec) -> Bool {
    let names = facts.workloads[workload].template.containers.map(\.name.value)
    if servingContainer(of: workload)?.name.value == container { return true }
    let isThere = names.contains(container)
    reader.report(
      isThere
        ? "what container '\(container)' uses is not simulated"
        : "'\(facts.workloads[workload].key)' has no container '\(container)'",
      at: spec.mark,
      hint: isThere
        ? "'\(servingContainer(of: workload)?.name.value ?? "")' is the one that serves"
        : EditDistance.hint(for: container, in: names)
    )
    return false
  }

  /// Utilisation is a share of the request; without one in every container there is none.
  private func checkRequests(
    _ spec: MetricSpec,
    _ autoscaler: HorizontalPodAutoscaler,
    _ workload: Int,
    of name: String?
  ) {
    guard case .utilization = spec.target else { return }
    let resource = spec.name
    for container in facts.workloads[workload].template.containers
    where name == nil || container.name.value == name {
      let resources = container.resources
      let request = resource == "cpu" ? resources.cpuRequest : resources.memoryRequest
      guard (request?.milliValue ?? 0) == 0 else { continue }
      reader.report(
        "container '\(container.name.value)' has no \(resource == "cpu" ? "CPU" : resource) "
          + "request, so autoscaler '\(autoscaler.metadata.qualifiedName)' cannot work",
        at: container.mark,
        hint: "add resources.requests.\(resource)"
      )
    }
  }

  private func warnIfMemoryIsUnknown(_ workload: Int, _ spec: MetricSpec) {
    guard behaviors[workload]?["memory"].isPresent != true else { return }
    let key = facts.workloads[workload].key
    reader.warn(
      "nothing says how much memory '\(key)' takes",
      at: spec.mark,
      hint: "it is taken to be what it asks for; describe it under workloads.\(key).memory"
    )
  }

  // MARK: Metrics with names

  private func source(
    of object: HorizontalPodAutoscaler.Target,
    _ name: String,
    _ autoscaler: HorizontalPodAutoscaler,
    _ spec: MetricSpec
  ) -> MetricPlan.Source? {
    if described(name)?["series"].isPresent == true {
      return series(name, spec).map { .series($0) }
    }
    guard object.kind == "Service" else { return series(name, spec).map { .series($0) } }
    let full = autoscaler.metadata.namespace + "/" + object.name
    guard let service = facts.services.first(where: { $0.metadata.qualifiedName == full }) else {
      reader.report(
        "there is no Service '\(full)' to measure",
        at: object.mark,
        hint: WorkloadName.hint(for: full, in: facts.services.map(\.metadata.qualifiedName))
      )
      return nil
    }
    let matched = facts.workloads.indices.filter { service.selects(facts.workloads[$0]) }
    return measure(name, spec).map { .object($0, workloads: matched) }
  }

  private func described(_ name: String) -> Setting? {
    spec["metrics"].entries.first { $0.key == name }?.setting
  }

  /// What each pod counts under a name.
  private func measure(_ name: String, _ spec: MetricSpec) -> MetricPlan.PodMeasure? {
    if let word = described(name)?["measures"].text { return MetricPlan.PodMeasure(rawValue: word) }
    if let found = Self.conventional.first(where: { $0.names.contains(name) }) {
      return found.measure
    }
    reader.report(
      "nothing says what metric '\(name)' measures",
      at: spec.mark,
      hint: EditDistance.hint(for: name, in: Self.conventional.flatMap(\.names))
        ?? "add metrics.\(name).measures: requestsPerSecond or requestsInFlight"
    )
    return nil
  }

  /// The series of a metric over time.
  private func series(_ name: String, _ spec: MetricSpec) -> MetricSeries? {
    guard let setting = described(name), setting["series"].isPresent else {
      reader.report(
        "nothing says what metric '\(name)' is over time",
        at: spec.mark,
        hint: EditDistance.hint(for: name, in: self.spec["metrics"].entries.map(\.key))
          ?? "add metrics.\(name).series: [[0m, 10], [5m, 300]]"
      )
      return nil
    }
    var series = MetricSeries(
      points: setting["series"].items.compactMap { pair in
        guard pair.items.count == 2, let time = pair.items[0].duration,
          let value = pair.items[1].number
        else { return nil }
        return MetricSeries.Point(time: .zero + time, value: value)
      }
    )
    series.outages = setting["outages"].items.compactMap { pair in
      guard pair.items.count == 2, let start = pair.items[0].duration,
        let end = pair.items[1].duration, start <= end
      else { return nil }
      return .zero + start..<(.zero + end)
    }
    return series
  }

  /// What no single field of `spec.metrics` shows: points and outages in their order.
  func checkMetrics() {
    for entry in spec["metrics"].entries {
      let points = entry.setting["series"].items
      for (point, before) in zip(points.dropFirst(), points) {
        guard let time = point.items.first?.duration, let last = before.items.first?.duration,
          time <= last
        else { continue }
        reader.report(
          "this point is not later than the one before it",
          at: point.mark,
          path: point.path
        )
      }
      for outage in entry.setting["outages"].items {
        guard outage.items.count == 2, let start = outage.items[0].duration,
          let end = outage.items[1].duration, start > end
        else { continue }
        reader.report("this outage ends before it begins", at: outage.mark, path: outage.path)
      }
    }
  }
}

extension MetricSpec {
  /// The resource or the metric.
  package var name: String {
    switch source {
    case .resource(let name), .containerResource(let name, _): name
    case .pods(let metric), .object(_, let metric), .external(let metric): metric.name
    }
  }
}

extension MetricPlan.Target {
  init(_ target: MetricSpec.Target) {
    switch target {
    case .utilization(let percent): self = .utilization(percent: percent)
    case .averageValue(let quantity): self = .averageValue(quantity.milliValue)
    case .value(let quantity): self = .value(quantity.milliValue)
    }
  }
}
