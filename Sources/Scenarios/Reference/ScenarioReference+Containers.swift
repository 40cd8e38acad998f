import ClusterSimulator
import SimKernel

extension ScenarioReference {
  /// What a process takes, in bytes; so small that no number of requests makes it overflow.
  static let memories: ClosedRange<Int> = 0...(1 << 40)

  static let image: [ScenarioField] = [
    ScenarioField("image", .text, .required, "The image, as containers of the manifests name it."),
    ScenarioField("pull", .delay(delays), .preset("0s"), "How long one pull takes."),
    ScenarioField(
      "exists",
      .boolean,
      .preset("true"),
      "Whether the registry has it; without it pods end in ImagePullBackOff."
    ),
    ScenarioField(
      "preloaded",
      .boolean,
      .preset("false"),
      "Whether every node has it from the start; otherwise those have it whose pods run it then."
    ),
  ]

  static let metric: [ScenarioField] = [
    ScenarioField(
      "measures",
      .word(MetricPlan.PodMeasure.allCases.map(\.rawValue)),
      .optional,
      "What each pod counts under this name; needed where no usual name says it."
    ),
    ScenarioField(
      "series",
      .list(of: .pair(.duration(.zero ... .hours(24 * 31)), .number(0...1e9)), minimum: 1),
      .optional,
      "Its value over time, in points `[time, value]`, linear in between and constant after."
    ),
    ScenarioField(
      "outages",
      .list(
        of: .pair(.duration(.zero ... .hours(24 * 31)), .duration(.zero ... .hours(24 * 31))),
        minimum: 0
      ),
      .filled,
      "When nobody can read it, as `[from, until]`."
    ),
  ]

  static let registryOutage: [ScenarioField] = [
    ScenarioField(
      "for",
      .duration(.milliseconds(1) ... .hours(24 * 31)),
      .optional,
      "How long no registry answers; for good when not written."
    )
  ]

  static let initContainer: [ScenarioField] = [
    ScenarioField(
      "duration",
      distribution,
      .preset("0s"),
      "From its start to its end; of a sidecar, until it counts as started."
    ),
    ScenarioField(
      "failures",
      .integer(0...1_000),
      .preset("0"),
      "So many of its runs in each pod fail before one succeeds."
    ),
  ]

  static let memory: [ScenarioField] = [
    ScenarioField("base", .memory(memories), .preset("0"), "What the process takes at rest."),
    ScenarioField(
      "perRequest",
      .memory(memories),
      .preset("0"),
      "What each request adds while the pod holds it, waiting or in service."
    ),
    ScenarioField(
      "growthPerMinute",
      .memory(memories),
      .preset("0"),
      "What it loses a minute, from its start or that of the run on."
    ),
  ]
}
