import SimKernel

extension ScenarioReference {
  static let operation: [ScenarioField] = [
    ScenarioField(
      "at",
      .duration(.zero ... .hours(24 * 31)),
      .required,
      "When the command is given."
    ),
    ScenarioField(
      "apply",
      .group(apply),
      .optional,
      "`kubectl apply`: new objects come, known ones change what the simulation knows to change."
    ),
    ScenarioField("delete", .group(delete), .optional, "`kubectl delete`."),
    ScenarioField("scale", .group(scale), .optional, "`kubectl scale`."),
    ScenarioField(
      "setImage",
      .group(setImage),
      .optional,
      "`kubectl set image`: a new pod template, rolled out."
    ),
    ScenarioField(
      "rolloutRestart",
      .group(operatedWorkload),
      .optional,
      "`kubectl rollout restart`: the same template, rolled out again."
    ),
    ScenarioField(
      "rolloutUndo",
      .group(operatedWorkload),
      .optional,
      "`kubectl rollout undo`: back to the template before."
    ),
    ScenarioField(
      "rolloutPause",
      .group(operatedWorkload),
      .optional,
      "`kubectl rollout pause`."
    ),
    ScenarioField(
      "rolloutResume",
      .group(operatedWorkload),
      .optional,
      "`kubectl rollout resume`."
    ),
    ScenarioField("deletePods", .group(podKill), .optional, "`kubectl delete pod`."),
    ScenarioField(
      "label",
      .group(label),
      .optional,
      "`kubectl label pod`: other labels for some pods of a workload."
    ),
    ScenarioField("cordon", .group(operatedNode), .optional, "`kubectl cordon`."),
    ScenarioField("uncordon", .group(operatedNode), .optional, "`kubectl uncordon`."),
    ScenarioField(
      "drain",
      .group(operatedNode),
      .optional,
      "`kubectl drain`: cordon, and evict all pods as disruption budgets allow."
    ),
  ]

  private static let label: [ScenarioField] = [
    ScenarioField("workload", .text, .required, "The Deployment or StatefulSet of the pods."),
    ScenarioField("count", .integer(1...100_000), .preset("1"), "How many of its ready pods."),
    ScenarioField("set", .map(key: "label", of: .text), .filled, "Labels they get."),
    ScenarioField("remove", .list(of: .text, minimum: 0), .filled, "Labels they lose, by key."),
  ]

  private static let apply: [ScenarioField] = [
    ScenarioField(
      "manifests",
      .list(of: .text, minimum: 1),
      .required,
      "Manifests: files or folders, relative to the scenario file."
    )
  ]

  private static let delete: [ScenarioField] = [
    ScenarioField("service", .text, .optional, "A Service, as `namespace/name` or by its name."),
    ScenarioField("workload", .text, .optional, "A Deployment or StatefulSet and all its pods."),
  ]

  private static let operatedWorkload: [ScenarioField] = [
    ScenarioField("workload", .text, .required, "The Deployment or StatefulSet.")
  ]

  private static let operatedNode: [ScenarioField] = [
    ScenarioField("node", .text, .required, "The node's name.")
  ]

  private static let setImage: [ScenarioField] = [
    ScenarioField("workload", .text, .required, "The Deployment or StatefulSet."),
    ScenarioField("image", .text, .required, "The new image."),
    ScenarioField(
      "behavior",
      .group(changedBehavior),
      .filled,
      "What its containers do otherwise than before."
    ),
  ]

  /// Fields of `workload` that a new image may change; those not written stay as they were.
  private static let changedBehavior = [
    "concurrency", "backlog", "serviceTime", "cpu", "startup", "memory",
  ].compactMap { name in
    workload.first { $0.name == name }.map {
      ScenarioField(name, $0.type, .optional, $0.summary)
    }
  }
}
