import SimKernel

/// The run's bookkeeping: handlers state facts, this counts them.
///
/// Integers only.
///
/// Windows bin by arrival: a request counts where its user arrived, whenever it is decided. A
/// window's latency percentiles are closed when the last of its requests can have been decided,
/// so only a few windows have a histogram at a time and memory does not grow with the run.
struct Metrics: ~Copyable {
  /// Windows whose histograms are open at once, at most.
  private static let mostOpenWindows = 512

  static let outcomes = Outcome.allCases.count
  static let causes = Cause.allCases.count

  /// The window that `now` lies in.
  var currentWindow: UInt32 = 0
  let windowCount: Int
  let clientCount: Int
  /// Open windows, a power of two.
  private let ring: Int

  struct ClientTotals: BitwiseCopyable {
    var offered = 0
    var sojourn: Int128 = 0
    var inFlight = TimeWeighted(at: .zero)
  }
  struct CallTotals: BitwiseCopyable {
    var requests = 0
    var attempts = 0
  }
  struct Percentiles: BitwiseCopyable {
    var p50: Int64 = -1
    var p90: Int64 = -1
    var p99: Int64 = -1
  }

  var clients = Table<ClientTotals>()
  var calls = Table<CallTotals>()
  /// By call.
  var lookups = Table<LookupTotals>()
  /// client · outcomes + outcome.
  var clientOutcomes = Table<Int>()
  var clientCauses = Table<Int>()
  /// (call · outcomes + outcome) · causes + cause.
  var ended = Table<Int>()
  /// (client · windows + window) · outcomes + outcome.
  var windowOutcomes = Table<Int32>()
  /// client · windows + window.
  var windowOffered = Table<Int32>()
  var windowAttempts = Table<Int32>()
  var windowInFlight = Table<Int32>()
  var windowPercentiles = Table<Percentiles>()

  private var latency: Recorders
  private var failureLatency: Recorders
  private var windowLatency: Recorders

  /// Probes sent so far, of all kinds.
  var probes = 0

  var fingerprint = Fingerprint()
  var events: [ClusterEvent] = []
  var diagnoses: [SchedulingDiagnosis] = []
  var workloadWindows: [WorkloadWindow] = []
  var podWindows: [PodWindow] = []
  var views: [ViewChange] = []

  init(plan: SimulationPlan) {
    let width = max(plan.window.nanoseconds, 1)
    windowCount = Int((plan.horizon.nanoseconds + width - 1) / width)
    clientCount = plan.clients.count
    let patience = plan.clients.map(\.call.timeout.nanoseconds).max() ?? 0
    ring = Self.ringSize(atLeast: Int(patience / width) + 3)
    latency = Recorders(count: clientCount)
    failureLatency = Recorders(count: clientCount)
    windowLatency = Recorders(count: clientCount * ring)
    let callCount =
      clientCount + plan.workloads.reduce(0) { $0 + $1.server.calls.count }
      + plan.clients.count { $0.call.ingress != nil }
    for _ in 0..<clientCount { clients.append(ClientTotals()) }
    for _ in 0..<callCount { calls.append(CallTotals()) }
    lookups.fill(LookupTotals(), count: callCount)
    clientOutcomes.fill(0, count: clientCount * Self.outcomes)
    clientCauses.fill(0, count: clientCount * Self.causes)
    ended.fill(0, count: callCount * Self.outcomes * Self.causes)
    windowOutcomes.fill(0, count: clientCount * windowCount * Self.outcomes)
    windowOffered.fill(0, count: clientCount * windowCount)
    windowAttempts.fill(0, count: clientCount * windowCount)
    windowInFlight.fill(0, count: clientCount * windowCount)
    windowPercentiles.fill(Percentiles(), count: clientCount * windowCount)
  }

  private static func ringSize(atLeast wanted: Int) -> Int {
    var size = 4
    while size < min(wanted, mostOpenWindows) { size *= 2 }
    return size
  }

  // MARK: Facts of the request path

  /// A user has arrived.
  @inline(__always)
  mutating func requestOffered(client: Int, isCounted: Bool, at now: SimTime) {
    guard isCounted else { return }
    clients[client].offered &+= 1
    clients[client].inFlight.add(1, at: now)
    windowOffered[client &* windowCount &+ Int(currentWindow)] &+= 1
  }

  /// A caller has sent an attempt; `isFirst` unless it is a retry.
  @inline(__always)
  mutating func attemptStarted(call: Int, client: Int, isFirst: Bool, isCounted: Bool) {
    guard isCounted else { return }
    calls[call].attempts &+= 1
    if isFirst { calls[call].requests &+= 1 }
    windowAttempts[client &* windowCount &+ Int(currentWindow)] &+= 1
  }

  /// An attempt has ended for its caller.
  @inline(__always)
  mutating func attemptEnded(call: Int, _ outcome: Outcome, _ cause: Cause, isCounted: Bool) {
    guard isCounted else { return }
    let cell = (call &* Self.outcomes &+ Int(outcome.rawValue)) &* Self.causes
    ended[cell &+ Int(cause.rawValue)] &+= 1
  }

  /// A user's request is decided.
  @inline(__always)
  mutating func requestFinished(
    _ request: Request,
    _ outcome: Outcome,
    _ cause: Cause,
    at now: SimTime
  ) {
    guard request.isCounted else { return }
    let client = Int(request.client)
    let window = Int(request.window)
    let sojourn = (now - request.startedAt).nanoseconds
    clients[client].inFlight.add(-1, at: now)
    clients[client].sojourn &+= Int128(sojourn)
    clientOutcomes[client &* Self.outcomes &+ Int(outcome.rawValue)] &+= 1
    let cell = (client &* windowCount &+ window) &* Self.outcomes
    windowOutcomes[cell &+ Int(outcome.rawValue)] &+= 1
    if outcome == .succeeded {
      latency.record(sojourn, in: client)
      if window &+ ring > Int(currentWindow) {
        windowLatency.record(sojourn, in: client &* ring &+ window & (ring &- 1))
      }
    } else {
      clientCauses[client &* Self.causes &+ Int(cause.rawValue)] &+= 1
      failureLatency.record(sojourn, in: client)
    }
    fingerprint.add(
      UInt64(client) << 16 | UInt64(outcome.rawValue) << 8 | UInt64(cause.rawValue),
      request.ordinal,
      UInt64(bitPattern: now.nanoseconds),
      0
    )
  }

  // MARK: Facts of the cluster

  /// Something `kubectl get events` would show.
  mutating func record(
    _ reason: ClusterEvent.Reason,
    object: Int,
    value: Int = 0,
    previous: Int = 0,
    at now: SimTime
  ) {
    let event = ClusterEvent(
      time: now,
      reason: reason,
      object: object,
      value: value,
      previous: previous
    )
    events.append(event)
    fingerprint.add(
      1 << 63 | UInt64(reason.rawValue) << 32 | UInt64(object),
      UInt64(bitPattern: now.nanoseconds),
      UInt64(bitPattern: Int64(value)),
      UInt64(bitPattern: Int64(previous))
    )
  }

  /// Pod `object` found no node; the reasons follow from the rest of the run's facts.
  mutating func recordFailedScheduling(
    _ pod: Int,
    _ diagnosis: SchedulingDiagnosis,
    at now: SimTime
  ) {
    record(.failedScheduling, object: pod, at: now)
    if diagnoses.last != diagnosis { diagnoses.append(diagnosis) }
    events[events.count - 1].value = diagnoses.count
  }

  // MARK: Windows

  /// The current window is over: the oldest open one can change no more.
  mutating func closeWindow() {
    for client in 0..<clientCount {
      windowInFlight[client * windowCount + Int(currentWindow)] =
        Int32(clamping: clients[client].inFlight.value)
    }
    currentWindow += 1
    settle(window: Int(currentWindow) - ring)
  }

  /// Writes the percentiles of a window and frees its histograms.
  private mutating func settle(window: Int) {
    guard window >= 0 && window < windowCount else { return }
    for client in 0..<clientCount {
      let recorder = client * ring + window & (ring - 1)
      windowPercentiles[client * windowCount + window] = Percentiles(
        p50: windowLatency.quantile(0.5, of: recorder),
        p90: windowLatency.quantile(0.9, of: recorder),
        p99: windowLatency.quantile(0.99, of: recorder)
      )
      windowLatency.reset(recorder)
    }
  }

  /// The horizon is reached: closes every open window.
  mutating func closeAllWindows() {
    let last = Int(currentWindow)
    for client in 0..<clientCount where last < windowCount {
      windowInFlight[client * windowCount + last] =
        Int32(clamping: clients[client].inFlight.value)
    }
    for window in max(0, last - ring + 1)..<max(last + 1, 1) { settle(window: window) }
  }

  // MARK: Results

  /// A client group's part of the result; those in flight are added by the caller.
  func result(ofClient client: Int, at horizon: SimTime) -> ClientResult {
    var result = ClientResult()
    result.offered = clients[client].offered
    result.outcomes = (0..<Self.outcomes).map { clientOutcomes[client * Self.outcomes + $0] }
    result.causes = (0..<Self.causes).map { clientCauses[client * Self.causes + $0] }
    result.latency = latency.snapshot(of: client)
    result.failureLatency = failureLatency.snapshot(of: client)
    result.sojournSum = clients[client].sojourn
    result.inFlightIntegral = clients[client].inFlight.integral(at: horizon)
    result.windows = (0..<windowCount).map { window(ofClient: client, $0) }
    return result
  }

  private func window(ofClient client: Int, _ window: Int) -> ClientWindow {
    let cell = client * windowCount + window
    var row = ClientWindow()
    row.offered = Int(windowOffered[cell])
    row.outcomes = (0..<Self.outcomes).map { windowOutcomes[cell * Self.outcomes + $0] }
    row.undecided = row.offered - row.outcomes.reduce(0) { $0 + Int($1) }
    row.p50 = windowPercentiles[cell].p50
    row.p90 = windowPercentiles[cell].p90
    row.p99 = windowPercentiles[cell].p99
    row.inFlightAtEnd = Int(windowInFlight[cell])
    row.attempts = Int(windowAttempts[cell])
    return row
  }
}

extension Table where Row: BitwiseCopyable {
  /// Appends the same row many times.
  mutating func fill(_ row: Row, count: Int) {
    for _ in 0..<count { append(row) }
  }
}
