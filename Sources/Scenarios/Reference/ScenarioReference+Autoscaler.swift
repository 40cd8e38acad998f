import SimKernel

extension ScenarioReference {
  static let autoscaler: [ScenarioField] = [
    ScenarioField(
      "groups",
      .list(of: .group(nodeGroup), minimum: 1),
      .required,
      "Groups of equal nodes, besides those of `nodes`."
    ),
    ScenarioField(
      "expander",
      .word(["least-waste", "random"]),
      .preset("least-waste"),
      "Which of several groups that would help is enlarged."
    ),
    ScenarioField(
      "scanInterval",
      .duration(periods),
      .preset("10s"),
      "How often pods without a node and unneeded nodes are looked for."
    ),
    ScenarioField(
      "provisioning",
      distribution,
      .derived("uniform from 1m to 2m"),
      "From the request for a node until it is Ready."
    ),
    ScenarioField(
      "scaleDownUnneededTime",
      .duration(delays),
      .preset("10m"),
      "How long a node must have been unneeded before it goes."
    ),
    ScenarioField(
      "scaleDownDelayAfterAdd",
      .duration(delays),
      .preset("10m"),
      "How long after the last addition nothing is taken away."
    ),
    ScenarioField(
      "scaleDownUtilizationThreshold",
      .ratio,
      .preset("50%"),
      "A node of which less CPU and memory is requested may be unneeded."
    ),
  ]

  static let nodeGroup: [ScenarioField] =
    [
      ScenarioField(
        "name",
        .name,
        .required,
        "The group's name; its nodes are name-1, name-2 and so on."
      ),
      ScenarioField("min", .integer(0...5_000), .preset("0"), "The fewest nodes."),
      ScenarioField("max", .integer(1...5_000), .required, "The most nodes."),
      ScenarioField("size", .integer(0...5_000), .derived("`min`"), "The nodes at the start."),
    ] + node.filter { $0.name != "name" }
}
