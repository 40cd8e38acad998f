import SimKernel

/// What one client instance knows of the target of one of its calls.
///
/// An instance is the process in a pod, or one source address of a client group. It is written
/// when the instance first asks, and forgotten with the process.
struct Resolver: BitwiseCopyable {
  static let none = UInt32.max

  /// The container whose memory this is; another one starts without.
  var incarnation = UInt32.max
  /// Until when the answer is used without asking again.
  var validUntil = SimTime.distantPast
  /// Which of the Service's lives the answer speaks of; 0: there is no such name or variable.
  var life: UInt32 = 0
  /// The answer was the CNAME of a host outside the cluster.
  var isOutside = false
  /// The addresses behind a headless name; held.
  var records = EndpointLists.empty
  /// The address behind a pod's own name.
  var address = Request.none
  /// Position in the addresses: the first of the answer, or whose turn it is.
  var cursor: UInt32 = 0
  /// Those that a message which was cut held: so many, from this one on in a circle.
  var first: UInt32 = 0
  var visible: UInt32 = 0
  /// Lookups so far; keys the draws of answers.
  var lookups: UInt64 = 0

  // Kept by the proxy and not by the instance: sessionAffinity ClientIP.
  var affine = Request.none
  var affineUntil = SimTime.distantPast
  /// The viewer whose memory of the instance this is.
  var affineViewer: Int32 = -1
}

/// What the DNS cache on a node keeps of a Service's name.
struct CachedName: BitwiseCopyable {
  var validUntil = SimTime.distantPast
  var life: UInt32 = 0
  /// Held.
  var records = EndpointLists.empty
}

/// One span of time in which a Service was there, with one ClusterIP.
struct ServiceLife: BitwiseCopyable {
  let service: Int32
  let number: UInt32
  let from: SimTime
  var until = SimTime.never
}

/// A host outside the cluster, resolved before the run.
struct ExternalHost: BitwiseCopyable {
  let latency: Sampler
  let failuresPPM: Int32
  /// When it is switched off.
  let until: SimTime
  let stream: RandomStream
}
