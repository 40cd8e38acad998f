package import SimKernel

/// One of an autoscaler's metrics: what is measured and what it should be.
package struct MetricPlan: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    /// CPU of the whole pod (type Resource).
    case cpu
    /// Memory of the whole pod (type Resource).
    case memory
    /// The same of one container, which is the one that serves (type ContainerResource).
    case containerCPU
    case containerMemory
    /// What each pod counts (type Pods).
    case pods(PodMeasure)
    /// The same, of the ready pods of some workloads together (type Object).
    case object(PodMeasure, workloads: [Int])
    /// A series of its own (types External and Object).
    case series(MetricSeries)
  }
  package enum PodMeasure: String, CaseIterable, Sendable {
    case requestsPerSecond
    case requestsInFlight
  }
  package enum Target: Hashable, Sendable {
    /// Percent of what the pods ask for.
    case utilization(percent: Int)
    /// For each pod, in thousandths.
    case averageValue(Int64)
    /// As it is, in thousandths.
    case value(Int64)
  }
  /// For people.
  package var name: String
  package var source: Source
  package var target: Target

  package init(name: String, source: Source, target: Target) {
    self.name = name
    self.source = source
    self.target = target
  }

  /// CPU utilisation, which is what most autoscalers have.
  package static func cpu(percent: Int) -> MetricPlan {
    MetricPlan(name: "cpu", source: .cpu, target: .utilization(percent: percent))
  }
}

/// A metric from outside the cluster over the time of the run.
package struct MetricSeries: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    package var time: SimTime
    package var value: Double

    package init(time: SimTime, value: Double) {
      self.time = time
      self.value = value
    }
  }
  /// In order of time; linear in between, constant before the first and after the last.
  package var points: [Point]
  /// When nobody can read it.
  package var outages: [Range<SimTime>] = []

  package init(points: [Point]) { self.points = points }

  /// Thousandths at an instant; `nil` during an outage.
  package func milliValue(at time: SimTime) -> Int64? {
    guard let first = points.first, !outages.contains(where: { $0.contains(time) }) else {
      return nil
    }
    var last = first
    for point in points {
      if point.time > time {
        guard point.time > last.time, time > last.time else { return Self.milli(last.value) }
        let share =
          Double((time - last.time).nanoseconds)
          / Double((point.time - last.time).nanoseconds)
        return Self.milli(last.value + (point.value - last.value) * share)
      }
      last = point
    }
    return Self.milli(last.value)
  }

  private static func milli(_ value: Double) -> Int64 { Int64((value * 1_000).rounded()) }
}
