import SimKernel

/// One attempt at one call, from the caller's decision to send it until neither caller nor server
/// knows it any more.
///
///     connecting ──► queued ──► working ──► acquiring ──► transacting ──► calling ◄─► backingOff
///         │             │          │            │              │             │
///         │             │          └────────────┴──────────────┴─────────────┴──► answered
///         └─ refused, black-holed, unreachable: never reaches a server
///
/// A user's request is the attempt on the first tier. A request whose caller gave up while a
/// server holds it stays as an orphan (`isOrphan`) and costs the server all the same.
struct Request: BitwiseCopyable {
  enum State: UInt8 {
    /// A SYN is out and unanswered, or "no route to host" is on its way.
    case connecting
    /// Waits for a connection of its caller's pool.
    case awaitingConnection
    /// Waits for the name server.
    case resolving
    /// A host outside the cluster works on it.
    case outside
    /// In the server's backlog.
    case queued
    /// A worker does the pod's own work for it.
    case working
    /// Its worker waits for a database connection.
    case acquiring
    /// Its worker waits for the database.
    case transacting
    /// Its worker waits for a downstream call.
    case calling
    /// Its worker waits before it tries that call again; or a user does.
    case backingOff
    /// An ingress controller has sent it on to a pod.
    case proxying
    /// The machine that held it vanished: nobody will answer.
    case lost
  }

  /// No row: the end of a list, or no parent.
  static let none = UInt32.max

  // Identity: what every draw for this attempt is keyed by.
  var ordinal: UInt64
  var client: UInt16
  var call: UInt16
  /// One byte per tier: which try it is there; the first tier in the lowest byte.
  var attemptPath: UInt32
  /// Tiers above this one.
  var depth: UInt8 = 0

  var state = State.connecting
  var isOrphan = false
  /// The proxy that sent it to `address` counts it there.
  var isOnUpstream = false
  /// 0: an ordinary request; otherwise `ProbeKind.rawValue + 1`.
  var probe: UInt8 = 0
  /// Whether it arrived after the warm-up.
  var isCounted = true

  // As a server's work: progress through its steps.
  var callIndex: UInt8 = 0
  /// Tries made of the downstream call in progress.
  var tries: UInt8 = 0
  /// Retries a user has made of this request.
  var userTries: UInt8 = 0
  var connectTries: UInt8 = 0
  /// Why the user's last try failed.
  var lastCause = Cause.none

  /// The window of the time series in which the user's request arrived.
  var window: UInt32
  /// The pod that holds it, or will if the SYN gets through.
  var pod: UInt32 = none
  /// Position in the order of admissions of that pod; the controller that is `proxying` it.
  var podOrdinal: UInt32 = 0
  /// The request whose worker waits for this one.
  var parent: UInt32
  /// The attempt this one's worker waits for.
  var child: UInt32 = none
  /// Neighbours in the backlog, in the pool's queue or in the connection pool's queue.
  var next: UInt32 = none
  var previous: UInt32 = none
  /// The address a pending SYN goes to, or the upstream that a proxy chose.
  var address: UInt32 = none
  /// The pooled connection it uses.
  var connection: UInt32 = none
  /// The calling pod, or `none` for a user.
  var callerPod: UInt32
  /// Share of a core it burns while its worker is busy with it, in 2^-20 cores.
  var cpuShare: UInt32 = 0

  var startedAt: SimTime
  /// When its caller gives up; `.never` when no timer runs.
  var deadline = SimTime.never
  /// When its step timer (back-off, acquisition, SYN) fires; `.never` when none runs.
  var stepDue = SimTime.never
  /// When the work in progress ends; `.never` when none is.
  var completionDue = SimTime.never
}
