package import SimKernel

/// A Deployment or another maker of pods, and what their containers do.
///
/// It speaks for the first of its templates: `workload.replicas` is its own,
/// `workload.readinessProbe` that template's.
@dynamicMemberLookup
package struct WorkloadPlan: Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case deployment
    case statefulSet
    case replicaSet
    case daemonSet
    case job
    case cronJob
    /// A pod that no controller made: nobody replaces it.
    case pod
  }
  /// `namespace/name`.
  package var name: String
  package var kind: Kind
  package var replicas: Int
  /// The pod templates in the order in which they are rolled out; the first holds at the start.
  package var templates: [PodTemplatePlan]
  package var rollout = RolloutPlan()
  /// Set for a Job or CronJob.
  package var job: JobPlan?
  /// Set when this workload is a database and not an ordinary server.
  package var database: DatabasePlan?

  package init(
    name: String,
    kind: Kind = .deployment,
    replicas: Int,
    milliCPURequest: Int = 100,
    server: ServerPlan
  ) {
    self.name = name
    self.kind = kind
    self.replicas = replicas
    templates = [PodTemplatePlan(milliCPURequest: milliCPURequest, server: server)]
  }

  /// A field of the first template.
  package subscript<Value>(dynamicMember path: WritableKeyPath<PodTemplatePlan, Value>) -> Value {
    get { templates[0][keyPath: path] }
    set { templates[0][keyPath: path] = newValue }
  }
}

/// A container probe, field names and defaults as in the API.
package struct ProbePlan: Hashable, Sendable, BitwiseCopyable {
  /// `tcpSocket` succeeds on connect; `httpGet` needs an answer from the server.
  package enum Handler: String, Sendable, BitwiseCopyable { case httpGet, tcpSocket }
  package var handler = Handler.httpGet
  package var initialDelay = SimDuration.zero
  package var period = SimDuration.seconds(10)
  package var timeout = SimDuration.seconds(1)
  package var successThreshold = 1
  package var failureThreshold = 3
  package init() {}
}

/// What the process in a pod does with a request.
///
/// A request waits in the backlog (FIFO) for one of `concurrency` workers. The worker first does
/// the pod's own work (`serviceTime`), then the database transaction, then the calls in order; it
/// is held for all of that, as a thread per request holds its thread.
package struct ServerPlan: Hashable, Sendable {
  /// The port the process listens on.
  package var port = 80
  package var concurrency: Int
  /// Requests that may wait, not counting those in service; more are rejected with 503.
  package var backlog: Int
  package var serviceTime: Distribution = .deterministic(0)
  /// CPU one request burns, spread evenly over its own work and its transaction.
  package var cpu: SimDuration = .zero
  /// From process start to listening.
  package var startup: Distribution = .deterministic(0)
  /// For this long after listening the pod is slower, by a factor falling linearly to 1.
  package var warmUp: SimDuration = .zero
  package var warmUpFactor: Double = 1
  /// How long a probe request occupies a worker.
  package var probeTime: SimDuration = .milliseconds(1)
  /// Whether probes have a listener and a thread of their own, untouched by load.
  package var separateProbePort = false
  /// `nil`: what it takes is not followed.
  package var memory: MemoryPlan?
  package var transaction: TransactionPlan?
  package var calls: [CallPlan] = []

  package init(concurrency: Int, backlog: Int, serviceTime: Distribution = .deterministic(0)) {
    self.concurrency = concurrency
    self.backlog = backlog
    self.serviceTime = serviceTime
  }
}

/// A database transaction on a connection from the pod's pool.
package struct TransactionPlan: Hashable, Sendable {
  /// Index of the database workload.
  package var database: Int
  package var poolSize: Int
  /// How long a request waits for a connection before it fails.
  package var acquireTimeout: SimDuration
  /// How long the connection is held.
  package var duration: Distribution

  package init(
    database: Int,
    poolSize: Int,
    acquireTimeout: SimDuration,
    duration: Distribution
  ) {
    self.database = database
    self.poolSize = poolSize
    self.acquireTimeout = acquireTimeout
    self.duration = duration
  }
}

/// What makes a StatefulSet a database.
package struct DatabasePlan: Hashable, Sendable {
  /// Connections the server accepts; `Int.max` means no limit.
  package var maxConnections: Int
  /// How long a connection from a vanished machine counts against the limit (TCP keepalive).
  package var deadPeerTimeout = SimDuration.seconds(7_875)
  package init(maxConnections: Int) { self.maxConnections = maxConnections }
}
