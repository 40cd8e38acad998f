import SimKernel

/// Every field of `podstorm/v1` `Scenario`, as data.
package enum ScenarioReference {
  /// The only version there is.
  package static let apiVersion = "podstorm/v1"
  /// The only kind there is.
  package static let kind = "Scenario"

  /// The fields at the top of the file.
  package static let fields: [ScenarioField] = [
    ScenarioField("apiVersion", .word([apiVersion]), .required, "The format's version."),
    ScenarioField("kind", .word([kind]), .required, "What the file is."),
    ScenarioField("metadata", .group(metadata), .required, "What the scenario is called."),
    ScenarioField("spec", .group(spec), .required, "The cluster, its users and their day."),
  ]

  static let metadata: [ScenarioField] = [
    ScenarioField("name", .name, .required, "Name of the scenario and of its results folder.")
  ]

  /// The fields of `spec`, in the order in which a reader wants them.
  package static let spec: [ScenarioField] = [
    ScenarioField(
      "base",
      .text,
      .optional,
      "Another scenario file; sections of its spec that are not written here are taken over."
    ),
    ScenarioField(
      "manifests",
      .list(of: .text, minimum: 1),
      .required,
      "Kubernetes manifests: files or folders, relative to the scenario file."
    ),
    ScenarioField("run", .group(run), .required, "How long, how often and with which seed."),
    ScenarioField("cluster", .group(cluster), .filled, "Nodes and the delays between components."),
    ScenarioField(
      "workloads",
      .map(key: "workload", of: .group(workload)),
      .filled,
      "What containers do, which manifests do not say; keyed `namespace/kind/name` or by a "
        + "shorter tail that fits one workload only."
    ),
    ScenarioField(
      "traffic",
      .list(of: .group(traffic), minimum: 1),
      .required,
      "Groups of users."
    ),
    ScenarioField(
      "externalHosts",
      .map(key: "host", of: .group(externalHost)),
      .filled,
      "Hosts outside the cluster that ExternalName Services lead to."
    ),
    ScenarioField(
      "images",
      .list(of: .group(image), minimum: 0),
      .filled,
      "Images that nodes pull; those not listed are on every node."
    ),
    ScenarioField(
      "metrics",
      .map(key: "metric", of: .group(metric)),
      .filled,
      "What autoscalers' metrics of types Pods, Object and External are, by their names."
    ),
    ScenarioField("faults", .list(of: .group(fault), minimum: 0), .filled, "What goes wrong."),
    ScenarioField(
      "operations",
      .list(of: .group(operation), minimum: 0),
      .filled,
      "What operators do to the cluster, as `kubectl` would."
    ),
    ScenarioField(
      "overrides",
      .map(key: "path", of: .raw),
      .filled,
      "Changes by path that hold in every variant, manifests included."
    ),
    ScenarioField(
      "variants",
      .map(key: "variant", of: .map(key: "path", of: .raw)),
      .filled,
      "Arms to compare, each a set of overrides by path; the first one is the baseline."
    ),
    ScenarioField(
      "thresholds",
      .list(of: .text, minimum: 0),
      .filled,
      "Conditions that fail the run, such as `service: availability >= 99.9%`."
    ),
    ScenarioField(
      "sweep",
      .map(key: "path", of: .list(of: .raw, minimum: 1)),
      .filled,
      "Fields and the values that `podstorm sweep` gives them."
    ),
    ScenarioField("output", .group(output), .filled, "What is written."),
  ]

  /// The CSV tables there are.
  package static let tables = [
    "summary", "timeseries", "latency", "outages", "load", "endpoints", "calls", "events", "pods",
    "views", "costs", "lookups",
  ]

  static let output: [ScenarioField] = [
    ScenarioField(
      "tables",
      .list(of: .word(tables), minimum: 0),
      .derived("all tables"),
      "The CSV tables to write."
    )
  ]

  static let run: [ScenarioField] = [
    ScenarioField(
      "duration",
      .duration(.seconds(1) ... .hours(24 * 31)),
      .required,
      "How long users are simulated."
    ),
    ScenarioField(
      "window",
      .duration(.milliseconds(100) ... .hours(24)),
      .preset("10s"),
      "Width of one row of the time series."
    ),
    ScenarioField(
      "warmUp",
      .duration(.zero ... .hours(24 * 31)),
      .preset("0s"),
      "Requests that arrive earlier are simulated but not counted."
    ),
    ScenarioField(
      "timeOfDay",
      .duration(.zero ... .hours(24)),
      .preset("0s"),
      "How long after midnight UTC the run starts, on a Thursday; schedules of CronJobs ask."
    ),
    ScenarioField(
      "seed",
      .integer(0...Int.max),
      .preset("1"),
      "Every random draw follows from it."
    ),
    ScenarioField(
      "replications",
      .integer(1...10_000),
      .preset("10"),
      "Independent runs of every variant; replication n of all variants sees the same users."
    ),
    ScenarioField(
      "confidence",
      .number(0.5...0.9999),
      .preset("0.95"),
      "Level of the intervals."
    ),
    ScenarioField(
      "objective",
      .ratio,
      .preset("99%"),
      "The success ratio below which a window counts towards an outage."
    ),
  ]

  /// A span that a delay inside the cluster may have.
  static let delays: ClosedRange<SimDuration> = .zero ... .hours(1)
  /// A period of something that repeats; zero would never let time pass.
  static let periods: ClosedRange<SimDuration> = .milliseconds(1) ... .hours(24)
}
