import SimKernel

/// The service workload (W3, and W4 with two choices) on the kernel, without a cluster around it.
///
/// Poisson arrivals at 70 % load of single servers, FIFO; lognormal service times; a timeout of one
/// second that is cancelled on completion. Its draws are keyed like those of the engine, so what
/// the product costs beyond this is the model and its tables.
struct ServerPool: ~Copyable {
  /// One request that is in the system.
  private struct Request: BitwiseCopyable {
    var arrival: SimTime
    var ordinal: UInt64
    /// The request that waits behind this one.
    var next: UInt32 = 0
  }

  /// One server's requests: the one in service and those that wait, linked through `next`.
  private struct Server: BitwiseCopyable {
    var first: UInt32 = 0
    var last: UInt32 = 0
    var count = 0
  }

  private enum Kind {
    static let arrival: UInt8 = 0
    static let departure: UInt8 = 1
    static let timeout: UInt8 = 2
  }

  private var queue = EventQueue()
  private var wheel = TimerWheel()
  private var requests = Slab<Request>()
  private var servers = Table<Server>()
  private var latencies = HistogramRecorder()
  private var samplers = SamplerTables()
  private let service: Sampler
  private let interarrival: Double
  private let choices: UInt32
  private let arrivals: RandomStream
  private let balancing: RandomStream
  private let services: RandomStream
  private var arrived: UInt64 = 0
  private var timedOut = 0

  /// Servers, and how many of them are looked at for each request: one or two.
  init(servers: Int, choices: Int) {
    // 20 ms × e^(0.6² / 2)
    let mean = 0.023_943_468
    service = samplers.register(.lognormal(mean: mean, sigma: 0.6))
    interarrival = mean / 0.7 / Double(servers) * 1e9
    self.choices = UInt32(choices)
    let factory = StreamFactory(seed: 1, replication: 0)
    arrivals = factory.stream("arrivals")
    balancing = factory.stream("balancing")
    services = factory.stream("service")
    for _ in 0..<servers { self.servers.append(Server()) }
    scheduleArrival(after: .zero)
  }

  /// Mean latency so far in milliseconds.
  var meanLatency: Double { Double(latencies.sum) / Double(latencies.count) / 1e6 }

  /// Simulates until so many requests are answered.
  mutating func run(answers: Int) {
    while latencies.count < answers {
      let next = queue.minimumTime()
      while wheel.nextDue <= next { wheel.advance(into: &queue) }
      let key = queue.pop()
      switch key.kind {
      case Kind.arrival: arrive(at: key.time)
      case Kind.departure: depart(from: key.index, at: key.time)
      default: timedOut += 1
      }
    }
  }
}

extension ServerPool {
  @inline(__always)
  private func key(
    _ time: SimTime,
    _ kind: UInt8,
    _ entity: UInt32,
    _ ordinal: UInt64
  )
    -> EventKey
  {
    EventKey(
      time: time,
      eventClass: 0,
      entity: entity,
      ordinal: UInt32(truncatingIfNeeded: ordinal),
      payload: EventKey.payload(kind: kind, index: entity)
    )
  }

  @inline(__always)
  private mutating func scheduleArrival(after time: SimTime) {
    var generator = arrivals.generator(0, arrived)
    let wait = Int64(samplers.unitExponential(&generator) * interarrival)
    queue.push(key(time + SimDuration(nanoseconds: wait), Kind.arrival, 0, arrived))
    arrived += 1
  }

  @inline(__always)
  private mutating func arrive(at now: SimTime) {
    let ordinal = arrived
    scheduleArrival(after: now)
    let request = requests.insert(Request(arrival: now, ordinal: ordinal))
    wheel.arm(request, key(now + .seconds(1), Kind.timeout, request, ordinal))
    let chosen = choose(ordinal)
    let (server, before) = (Int(chosen), servers[Int(chosen)])
    servers[server].count += 1
    servers[server].last = request
    if before.count > 0 {
      requests[before.last].next = request
    } else {
      servers[server].first = request
      serve(chosen, from: now)
    }
  }

  /// The server with the fewest requests among some that are drawn at random.
  @inline(__always)
  private mutating func choose(_ ordinal: UInt64) -> UInt32 {
    var generator = balancing.generator(0, ordinal)
    var best = generator.below(UInt32(servers.count))
    for _ in 1..<choices {
      let other = generator.below(UInt32(servers.count))
      if servers[Int(other)].count < servers[Int(best)].count { best = other }
    }
    return best
  }

  /// Begins the first request of a server's queue.
  @inline(__always)
  private mutating func serve(_ server: UInt32, from now: SimTime) {
    let request = requests[servers[Int(server)].first]
    var generator = services.generator(UInt64(server), request.ordinal)
    let end = now + service.duration(&generator, samplers)
    queue.push(key(end, Kind.departure, server, request.ordinal))
  }

  @inline(__always)
  private mutating func depart(from server: UInt32, at now: SimTime) {
    let request = servers[Int(server)].first
    latencies.record((now - requests[request].arrival).nanoseconds)
    wheel.cancel(request)
    servers[Int(server)].first = requests[request].next
    servers[Int(server)].count -= 1
    requests.remove(request)
    if servers[Int(server)].count > 0 { serve(server, from: now) }
  }
}
