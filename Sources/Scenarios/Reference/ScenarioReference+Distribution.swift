import SimKernel

extension ScenarioReference {
  /// A duration or a law that durations are drawn from.
  static let distribution: FieldType = .oneOf(
    [
      ScenarioField("deterministic", .duration(works), .required, "Always the same."),
      ScenarioField("exponential", .group([mean]), .required, "Exponential."),
      ScenarioField(
        "normal",
        .group([
          mean,
          ScenarioField("sd", .duration(works), .required, "Standard deviation."),
        ]),
        .required,
        "Normal; draws below zero become zero."
      ),
      ScenarioField(
        "lognormal",
        .group([
          mean,
          ScenarioField(
            "sigma",
            .number(0...5),
            .required,
            "Standard deviation of the logarithm."
          ),
        ]),
        .required,
        "Lognormal, given by its own mean."
      ),
      ScenarioField(
        "gamma",
        .group([mean, ScenarioField("shape", shapes, .required, "Shape k.")]),
        .required,
        "Gamma."
      ),
      ScenarioField(
        "weibull",
        .group([
          ScenarioField("shape", shapes, .required, "Shape k."),
          ScenarioField("scale", .duration(positiveWorks), .required, "Scale λ."),
        ]),
        .required,
        "Weibull."
      ),
      ScenarioField(
        "pareto",
        .group([
          ScenarioField("minimum", .duration(positiveWorks), .required, "The smallest value."),
          ScenarioField("alpha", .number(0.1...1_000), .required, "Tail index α."),
        ]),
        .required,
        "Pareto."
      ),
      ScenarioField(
        "uniform",
        .group([
          ScenarioField("low", .duration(works), .required, "Lower bound."),
          ScenarioField("high", .duration(works), .required, "Upper bound."),
        ]),
        .required,
        "Uniform between two bounds."
      ),
      ScenarioField(
        "beta",
        .group([
          ScenarioField("alpha", betaShapes, .required, "Shape α."),
          ScenarioField("beta", betaShapes, .required, "Shape β."),
          ScenarioField("max", .duration(positiveWorks), .required, "The largest value."),
        ]),
        .required,
        "Beta on 0 to max; tabulated before the run."
      ),
      ScenarioField(
        "gumbel",
        .group([
          ScenarioField("mode", .duration(works), .required, "The most likely value."),
          ScenarioField("scale", .duration(positiveWorks), .required, "Spread."),
        ]),
        .required,
        "Gumbel, the slowest of many, cut at zero; tabulated before the run."
      ),
      ScenarioField(
        "empirical",
        .list(of: .duration(works), minimum: 1),
        .required,
        "One of the listed values, each equally likely."
      ),
    ],
    shorthand: "deterministic"
  )

  static let mean = ScenarioField("mean", .duration(positiveWorks), .required, "Mean.")
  static let shapes: FieldType = .number(0.1...1_000)
  // Where GSL's search for a beta quantile always ends.
  static let betaShapes: FieldType = .number(0.5...20)
}
