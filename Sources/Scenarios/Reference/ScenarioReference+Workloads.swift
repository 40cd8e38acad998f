import SimKernel

extension ScenarioReference {
  /// How long one piece of work may take.
  static let works: ClosedRange<SimDuration> = .zero ... .hours(1)
  /// As `works`, where zero makes no sense.
  static let positiveWorks: ClosedRange<SimDuration> = .nanoseconds(1) ... .hours(1)
  /// How patient a caller may be.
  static let timeouts: ClosedRange<SimDuration> = .milliseconds(1) ... .hours(24)

  static let workload: [ScenarioField] = [
    ScenarioField(
      "concurrency",
      .integer(1...100_000),
      .derived("required, except for a database, a Job or a CronJob"),
      "Requests that a pod serves at a time (its workers)."
    ),
    ScenarioField(
      "backlog",
      .integer(0...1_000_000),
      .preset("128"),
      "Requests that may wait for a worker, not counting those in service."
    ),
    ScenarioField(
      "serviceTime",
      distribution,
      .preset("0s"),
      "The pod's own work for one request."
    ),
    ScenarioField("cpu", .duration(works), .preset("0s"), "CPU time that one request burns."),
    ScenarioField(
      "startup",
      distribution,
      .preset("0s"),
      "From the process's start until it listens."
    ),
    ScenarioField("warmUp", .group(warmUp), .filled, "Slowness after the start."),
    ScenarioField("probes", .group(probes), .filled, "What a probe costs the server."),
    ScenarioField(
      "memory",
      .group(memory),
      .optional,
      "What the process takes; above the container's limit it is killed (OOMKilled)."
    ),
    ScenarioField(
      "initContainers",
      .map(key: "container", of: .group(initContainer)),
      .filled,
      "What init containers do, by their names."
    ),
    ScenarioField(
      "port",
      .integer(1...65_535),
      .derived("the containerPort its Services lead to"),
      "The port the process listens on."
    ),
    ScenarioField(
      "runtime",
      distribution,
      .derived("1m, for a Job or CronJob"),
      "Job or CronJob: how long a pod's process runs until it ends."
    ),
    ScenarioField(
      "failureRatio",
      .ratio,
      .derived("0%, for a Job or CronJob"),
      "Job or CronJob: the share of those runs that end in failure."
    ),
    ScenarioField(
      "calls",
      .map(key: "call", of: .group(call)),
      .filled,
      "Calls to other workloads, made one after the other for every request."
    ),
    ScenarioField(
      "database",
      .group(database),
      .optional,
      "For a caller: its pool and transaction. For the database itself: its limits."
    ),
  ]

  static let warmUp: [ScenarioField] = [
    ScenarioField(
      "duration",
      .duration(works),
      .preset("0s"),
      "How long the pod is slower after it listens."
    ),
    ScenarioField(
      "factor",
      .number(1...1_000),
      .preset("1"),
      "How much slower at first; falls linearly to 1."
    ),
  ]

  static let probes: [ScenarioField] = [
    ScenarioField(
      "time",
      .duration(works),
      .preset("1ms"),
      "How long a probe occupies a worker."
    ),
    ScenarioField(
      "separatePort",
      .boolean,
      .derived("false; true for a database"),
      "Whether probes have a listener and a thread of their own."
    ),
  ]

  static let call: [ScenarioField] = [
    ScenarioField(
      "target",
      .text,
      .required,
      "The Service's URL, such as `http://backend.shop/orders`."
    ),
    mayBeMissing,
    ScenarioField("routing", routing, .preset("dns"), "How the name becomes an address."),
    ScenarioField("connection", connection, .preset("perRequest"), "How connections live."),
    ScenarioField(
      "timeout",
      .duration(timeouts),
      .required,
      "How long one attempt may take."
    ),
    ScenarioField("retry", .group(retry), .filled, "When a failed attempt is tried again."),
  ]

  private static let mayBeMissing = ScenarioField(
    "mayBeMissing",
    .boolean,
    .preset("false"),
    "Whether a target that no Service has is the application's mistake, answered with NXDOMAIN, "
      + "and not one of this file."
  )

  static let balancer: FieldType = .oneOf(
    [
      ScenarioField("roundRobin", .group([]), .filled, "One after the other."),
      ScenarioField("random", .group([]), .filled, "Any, with equal probability."),
      ScenarioField(
        "leastRequest",
        .group([
          ScenarioField(
            "choices",
            .integer(1...100),
            .preset("2"),
            "How many are drawn; the one with the fewest requests of this proxy in flight wins."
          )
        ]),
        .filled,
        "The least loaded of a few drawn at random, as Envoy does."
      ),
    ],
    shorthand: nil
  )

  static let connection: FieldType = .oneOf(
    [
      ScenarioField("perRequest", .group([]), .filled, "A new connection for every request."),
      ScenarioField("http1", .group(http1), .filled, "HTTP/1.1 keep-alive in a pool."),
      ScenarioField("http2", .group(http2), .filled, "Long-lived connections, multiplexed."),
    ],
    shorthand: nil
  )

  static let maxAge: FieldType = .unlimited(or: .duration(.milliseconds(1) ... .hours(24 * 31)))

  static let http1: [ScenarioField] = [
    ScenarioField(
      "size",
      .integer(1...100_000),
      .preset("32"),
      "Connections of one client instance."
    ),
    ScenarioField("maxAge", maxAge, .preset("unlimited"), "Age at which one is closed."),
    ScenarioField("idleTimeout", maxAge, .preset("90s"), "Idleness after which one is closed."),
    ScenarioField(
      "closeOnTimeout",
      .boolean,
      .preset("true"),
      "Whether a request that timed out takes its connection with it."
    ),
  ]

  static let http2: [ScenarioField] = [
    ScenarioField(
      "connections",
      .integer(1...10_000),
      .preset("1"),
      "Connections of one client instance."
    ),
    ScenarioField("maxAge", maxAge, .preset("unlimited"), "Age at which one is replaced."),
  ]

  static let retry: [ScenarioField] = [
    ScenarioField(
      "attempts",
      .integer(1...100),
      .preset("1"),
      "All tries, the first one included."
    ),
    ScenarioField("backoff", .group(backoff), .filled, "The waits in between."),
  ]

  static let backoff: [ScenarioField] = [
    ScenarioField(
      "base",
      .duration(works),
      .preset("100ms"),
      "The wait before the second try; it doubles for each further one."
    ),
    ScenarioField("max", .duration(works), .preset("10s"), "The longest wait."),
    ScenarioField(
      "jitter",
      .word(["none", "full"]),
      .preset("full"),
      "`full` draws the wait uniformly between zero and its length."
    ),
  ]

  static let database: [ScenarioField] = [
    ScenarioField(
      "target",
      .text,
      .optional,
      "Caller: the database, by Service URL or workload name."
    ),
    ScenarioField(
      "pool",
      .integer(1...100_000),
      .derived("10, for a caller"),
      "Caller: connections of one pod."
    ),
    ScenarioField(
      "acquireTimeout",
      .duration(timeouts),
      .derived("30s, for a caller"),
      "Caller: how long a request waits for one."
    ),
    ScenarioField(
      "transaction",
      distribution,
      .optional,
      "Caller: how long a request holds one."
    ),
    ScenarioField(
      "maxConnections",
      .unlimited(or: .integer(1...1_000_000)),
      .optional,
      "Database: connections it accepts."
    ),
    ScenarioField(
      "deadPeerTimeout",
      .duration(.zero ... .hours(24)),
      .derived("2h11m15s, for a database"),
      "Database: how long a vanished machine's connections count."
    ),
  ]

  static let traffic: [ScenarioField] = [
    ScenarioField("name", .name, .required, "Name of the group in results."),
    ScenarioField("arrivals", arrivals, .required, "When users come; they do not wait in turn."),
    ScenarioField(
      "target",
      .text,
      .required,
      "The Service's URL, or one whose host an Ingress serves: `https://shop.example.com/cart`."
    ),
    ScenarioField(
      "method",
      .word(["GET", "HEAD", "PUT", "DELETE", "POST", "PATCH"]),
      .preset("GET"),
      "The method of users' requests; an ingress controller sends POST and PATCH only once."
    ),
    mayBeMissing,
    ScenarioField("routing", routing, .preset("ingress"), "How the name becomes an address."),
    ScenarioField("connection", connection, .preset("perRequest"), "How connections live."),
    ScenarioField("timeout", .duration(timeouts), .required, "When a user gives up."),
    ScenarioField(
      "sources",
      .integer(1...100_000),
      .preset("1"),
      "Source addresses the users come from, each a client to affinity and DNS caches."
    ),
    ScenarioField("retry", .group(retry), .filled, "When a user tries again."),
    ScenarioField(
      "value",
      .money,
      .preset("0.00 USD"),
      "What one successful request is worth."
    ),
  ]

  static let rates: ClosedRange<Double> = 0...1e6

  static let arrivals: FieldType = .oneOf(
    [
      ScenarioField("poisson", rateOrProfile, .required, "Independent users."),
      ScenarioField("deterministic", rateOrProfile, .required, "Evenly spaced users."),
    ],
    shorthand: nil
  )

  static let rateOrProfile: FieldType = .oneOf(
    [
      ScenarioField("rate", .rate(rates), .required, "A constant rate."),
      ScenarioField(
        "profile",
        .list(of: .pair(.duration(.zero ... .hours(24 * 31)), .rate(rates)), minimum: 1),
        .required,
        "Points `[time, rate]`, linear in between and constant after the last."
      ),
    ],
    shorthand: "rate"
  )

  static let fault: [ScenarioField] = [
    ScenarioField(
      "at",
      .duration(.zero ... .hours(24 * 31)),
      .required,
      "When it happens."
    ),
    ScenarioField("nodeLoss", .group(nodeLoss), .optional, "A machine vanishes."),
    ScenarioField("scale", .group(scale), .optional, "`kubectl scale`."),
    ScenarioField("podKill", .group(podKill), .optional, "`kubectl delete pod`."),
    ScenarioField(
      "registryOutage",
      .group(registryOutage),
      .optional,
      "No image can be pulled."
    ),
    ScenarioField(
      "dnsOutage",
      .group(dnsOutage),
      .optional,
      "No pod of CoreDNS answers; caches do."
    ),
  ]

  private static let dnsOutage: [ScenarioField] = [
    ScenarioField(
      "for",
      .duration(.milliseconds(1) ... .hours(24 * 31)),
      .optional,
      "How long; to the end when not written."
    ),
    ScenarioField(
      "answer",
      .word(["silent", "servfail", "refused"]),
      .preset("silent"),
      "What queries meet: nothing, SERVFAIL, or a Service without endpoints."
    ),
  ]

  static let nodeLoss: [ScenarioField] = [
    ScenarioField("node", .text, .required, "The node's name."),
    ScenarioField(
      "for",
      .duration(.milliseconds(1) ... .hours(24 * 31)),
      .optional,
      "How long it is gone; for good when not written."
    ),
    ScenarioField(
      "emptyDisk",
      .boolean,
      .preset("false"),
      "Whether it returns without its address leases, as a re-created machine does."
    ),
  ]

  static let scale: [ScenarioField] = [
    ScenarioField("workload", .text, .required, "The Deployment or StatefulSet."),
    ScenarioField("replicas", .integer(0...100_000), .required, "Its new size."),
  ]

  static let podKill: [ScenarioField] = [
    ScenarioField("workload", .text, .required, "The Deployment or StatefulSet."),
    ScenarioField("count", .integer(1...100_000), .preset("1"), "How many of its ready pods."),
  ]
}
