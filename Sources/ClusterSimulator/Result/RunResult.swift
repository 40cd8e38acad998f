package import SimKernel

/// What one run of one plan with one seed gave: plain numbers, nothing formatted.
package struct RunResult: Sendable {
  package var seed: UInt64
  package var replication: Int
  package var clients: [ClientResult]
  package var calls: [CallResult]
  package var pods: [PodResult]
  package var workloadWindows: [WorkloadWindow]
  package var podWindows: [PodWindow]
  package var events: [ClusterEvent]
  /// Why pods found no node; events refer to them.
  package var diagnoses: [SchedulingDiagnosis] = []
  package var views: [ViewChange]
  /// A digest of every user outcome and every cluster event; equal runs have equal ones.
  package var fingerprint: UInt64
  /// Events taken from the queue, for cost estimates only: not part of the fingerprint.
  package var eventsProcessed: Int
  /// Probes that were sent, of all kinds.
  package var probes = 0

  package init(seed: UInt64, replication: Int) {
    self.seed = seed
    self.replication = replication
    clients = []
    calls = []
    pods = []
    workloadWindows = []
    podWindows = []
    events = []
    views = []
    fingerprint = 0
    eventsProcessed = 0
  }
}

/// One client group over the whole run, requests that arrived after the warm-up.
package struct ClientResult: Sendable {
  package var offered = 0
  /// Indexed by `Outcome.rawValue`.
  package var outcomes = [Int](repeating: 0, count: Outcome.allCases.count)
  /// Failed requests by `Cause.rawValue`.
  package var causes = [Int](repeating: 0, count: Cause.allCases.count)
  /// Undecided at the horizon.
  package var inFlight = 0
  /// Sojourn times of successes in nanoseconds.
  package var latency = LogLinearHistogram()
  /// Time to failure of failures in nanoseconds.
  package var failureLatency = LogLinearHistogram()
  /// Sojourn times summed, of requests in flight up to the horizon: for Little's law.
  package var sojournSum: Int128 = 0
  /// Time integral of the number of requests in flight, in request·nanoseconds.
  package var inFlightIntegral: Int128 = 0
  package var windows: [ClientWindow] = []

  package init() {}
  package var succeeded: Int { outcomes[0] }
}

/// Requests of one client group that arrived within one window.
package struct ClientWindow: Sendable {
  package var offered = 0
  /// Indexed by `Outcome.rawValue`.
  package var outcomes = [Int32](repeating: 0, count: Outcome.allCases.count)
  /// Undecided at the horizon.
  package var undecided = 0
  /// Sojourn times of successes in nanoseconds, nearest rank; -1 when there were none.
  package var p50: Int64 = -1
  package var p90: Int64 = -1
  package var p99: Int64 = -1
  /// Requests in flight at the end of the window.
  package var inFlightAtEnd = 0
  /// Attempts started in this window for this client group's requests, on every tier.
  package var attempts = 0

  package init() {}
}

/// The attempts of one call (a client's or a workload's) over the run.
package struct CallResult: Sendable {
  /// Index of the calling workload, or -1 for a client group.
  package var workload: Int
  /// Index of the calling client group, or -1 for a workload.
  package var client: Int
  package var name: String
  package var requests = 0
  package var attempts = 0
  /// Ended attempts, indexed by `outcome.rawValue * Cause.allCases.count + cause.rawValue`.
  package var ended = [Int](repeating: 0, count: Outcome.allCases.count * Cause.allCases.count)
  package var inFlight = 0
  package var lookups = LookupTotals()

  package init(workload: Int, client: Int, name: String) {
    self.workload = workload
    self.client = client
    self.name = name
  }
}

/// What the names of one call cost; lookups that take no time are not counted.
package struct LookupTotals: Hashable, Sendable, BitwiseCopyable {
  package var lookups = 0
  /// Names asked of CoreDNS, A and AAAA together.
  package var queries = 0
  /// Lookups that ended with NXDOMAIN.
  package var denied = 0
  /// Lookups that met an outage.
  package var failed = 0
  /// Lookups whose answer was too long for a message by UDP.
  package var truncated = 0
  package init() {}
}

/// One pod over its life.
package struct PodResult: Sendable {
  package var workload: Int
  /// As kubectl prints it.
  package var name: String
  package var node: Int
  /// IPv4 as a number; 0 when it never got one.
  package var address: UInt32
  package var createdAt: SimTime
  package var deletedAt: SimTime
  /// Requests the pod took in (workers or backlog); probes not counted.
  package var requests = 0
  package var rejected = 0
  package var restarts = 0
  /// Worker·nanoseconds busy.
  package var busyIntegral: Int128 = 0
  /// Request·nanoseconds waiting in the backlog.
  package var queueIntegral: Int128 = 0
  /// Time in the Ready condition.
  package var ready = SimDuration.zero
  /// Time Ready and without any request on it.
  package var idle = SimDuration.zero
  package var cpuCoreNanoseconds: Int64 = 0

  package init(workload: Int, name: String, node: Int, createdAt: SimTime) {
    self.workload = workload
    self.name = name
    self.node = node
    address = 0
    self.createdAt = createdAt
    deletedAt = .never
  }
}

/// One workload at the end of one window.
package struct WorkloadWindow: Sendable {
  package var workload: Int
  package var window: Int
  package var desired = 0
  package var current = 0
  package var ready = 0
  package var endpointsReady = 0
  package var endpointsServing = 0
  package var endpointsTerminating = 0
  /// EndpointSlices that hold them.
  package var endpointSlices = 0
  /// Nodes whose rules show the newest endpoint list.
  package var programmedNodes = 0

  package init(workload: Int, window: Int) {
    self.workload = workload
    self.window = window
  }
}

/// One pod in one 60 s window: the load heat map's cell.
package struct PodWindow: Sendable {
  /// Index into `RunResult.pods`.
  package var pod: Int
  package var window: Int
  package var isRunning = false
  package var isReady = false
  /// Requests taken in during the window.
  package var requests = 0
  /// Requests waiting at the window's end.
  package var queue = 0
  /// Worker·nanoseconds busy during the window.
  package var busy: Int64 = 0

  package init(pod: Int, window: Int) {
    self.pod = pod
    self.window = window
  }
}

/// A change of what somebody believes the addresses of a Service are.
package struct ViewChange: Sendable {
  package enum Viewer: Hashable, Sendable {
    /// kube-proxy on a node, by index.
    case node(Int)
    /// The proxy or ingress in front of a client group, by index.
    case client(Int)
    /// An ingress controller that serves Ingress objects, by index.
    case ingress(Int)
    /// A hardcoded list in the configuration of a workload, by index.
    case configuration(Int)
  }
  package var time: SimTime
  package var viewer: Viewer
  package var service: Int
  package var addresses: [UInt32]

  package init(time: SimTime, viewer: Viewer, service: Int, addresses: [UInt32]) {
    self.time = time
    self.viewer = viewer
    self.service = service
    self.addresses = addresses
  }
}
