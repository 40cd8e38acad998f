package import Scenarios

/// A grid over the scenario's `sweep:` axes: one experiment per point, in a stated order.
///
/// The first axis varies slowest, as in nested loops written in the order of the file. Only the
/// estimates of a point are kept, so memory does not grow with the grid.
package struct Sweep: Sendable {
  package var axes: [SweepAxis]
  package var experiment: Experiment
  /// Reads the scenario with further overrides.
  package var load: @Sendable ([String]) throws -> Scenario

  package init(
    axes: [SweepAxis],
    experiment: Experiment,
    load: @escaping @Sendable ([String]) throws -> Scenario
  ) {
    self.axes = axes
    self.experiment = experiment
    self.load = load
  }

  /// The grid: for each point one value per axis.
  package var points: [[String]] {
    axes.reduce([[]]) { points, axis in
      points.flatMap { point in axis.values.map { point + [$0] } }
    }
  }

  /// What `--set` would say to get to a point.
  package func overrides(for point: [String]) -> [String] {
    zip(axes, point).map { "\($0.path)=\($1)" }
  }

  /// Reads every point's scenario, so that a bad value is reported before hours of simulation.
  package func check() throws {
    for point in points { _ = try load(overrides(for: point)) }
  }

  /// Runs the grid and hands over each point as it is done.
  ///
  /// - Returns: Whether the whole grid was run, that is: nobody stopped it.
  package func run(_ receive: (SweepPoint) throws -> Void) throws -> Bool {
    for point in points {
      let result = try experiment.run(load(overrides(for: point)))
      guard !result.isPartial else { return false }
      try receive(
        SweepPoint(
          coordinates: point,
          variants: result.variants.map { variant in
            SweepPoint.Variant(name: variant.name, estimates: variant.estimates)
          }
        )
      )
    }
    return true
  }
}

/// One point of the grid without its runs.
package struct SweepPoint: Sendable {
  package struct Variant: Sendable {
    package var name: String
    package var estimates: [MetricEstimate]

    package init(name: String, estimates: [MetricEstimate]) {
      self.name = name
      self.estimates = estimates
    }
  }
  /// One value per axis, as written.
  package var coordinates: [String]
  package var variants: [Variant]

  package init(coordinates: [String], variants: [Variant]) {
    self.coordinates = coordinates
    self.variants = variants
  }
}
