import SimKernel

extension ScenarioReference {
  static let routing: FieldType = .oneOf(
    [
      ScenarioField(
        "hardcodedIP",
        .group([
          ScenarioField(
            "capturedAt",
            .duration(.zero ... .hours(24 * 31)),
            .preset("0s"),
            "When the addresses were written down."
          )
        ]),
        .filled,
        "A list of pod addresses that nothing refreshes."
      ),
      ScenarioField(
        "dns",
        .group(nameCaches),
        .filled,
        "The name gives the ClusterIP; kube-proxy picks a pod."
      ),
      ScenarioField(
        "ingress",
        .group([
          ScenarioField(
            "balancer",
            balancer,
            .preset("roundRobin"),
            "How the proxy picks among the pods it knows."
          )
        ]),
        .filled,
        "An L7 proxy picks a ready pod for each request."
      ),
      ScenarioField(
        "headless",
        .group(
          [
            ScenarioField(
              "choice",
              .word(["first", "random", "roundRobin"]),
              .preset("first"),
              "Which address of the answer a connection takes; answers come in random order."
            ),
            ScenarioField(
              "messageSize",
              .integer(512...65_535),
              .preset("512"),
              "Bytes of an answer that the caller takes by UDP (glibc 512, Go 1232)."
            ),
            ScenarioField(
              "tcpFallback",
              .boolean,
              .preset("true"),
              "Whether it asks again by TCP for a longer one; old musl takes what came."
            ),
          ] + nameCaches
        ),
        .filled,
        "The name gives the pods' addresses; the caller picks one."
      ),
      ScenarioField(
        "environment",
        .group([]),
        .filled,
        "The ClusterIP from the variables set when the caller's container was created."
      ),
      ScenarioField(
        "nodePort",
        .group([
          ScenarioField("node", .text, .optional, "The node that is called; any when not written.")
        ]),
        .filled,
        "A port on the nodes, from outside."
      ),
      ScenarioField(
        "loadBalancer",
        .group([]),
        .filled,
        "The Service's load balancer, from outside."
      ),
    ],
    shorthand: nil
  )

  /// How long a caller keeps what the name server said.
  private static let nameCaches: [ScenarioField] = [
    ScenarioField(
      "cache",
      .unlimited(or: .duration(.zero ... .hours(24 * 31))),
      .preset("0s"),
      "How long the caller keeps an answer (30s in a JVM, no time in most other runtimes)."
    ),
    ScenarioField(
      "negativeCache",
      .unlimited(or: .duration(.zero ... .hours(24 * 31))),
      .preset("0s"),
      "How long it keeps the answer that there is no such name (10s in a JVM)."
    ),
  ]

  static let externalHost: [ScenarioField] = [
    ScenarioField("latency", distribution, .required, "From a request to its answer."),
    ScenarioField("failures", .ratio, .preset("0%"), "The share of requests that it fails."),
    ScenarioField(
      "until",
      .duration(.zero ... .hours(24 * 31)),
      .optional,
      "When it is switched off; nobody answers there afterwards."
    ),
  ]
}
