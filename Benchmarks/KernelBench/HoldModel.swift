import SimKernel

/// The hold model (W2): pop the earliest event, push it again an exponential time later.
///
/// Jones (1986) made it the measure of event queues.
struct HoldModel: ~Copyable {
  private var queue = EventQueue()
  private let samplers = SamplerTables()
  private var generator = Generator(state: 7)
  private var ordinal: UInt32 = 0

  /// Simulated nanoseconds of one mean increment.
  static let mean = 0x1p30

  /// A queue with so many events.
  init(pending: Int) {
    for index in 0..<pending { put(after: .zero, index: UInt32(index)) }
  }

  /// Puts an event into the queue, an exponential time after another.
  @inline(__always)
  private mutating func put(after time: SimTime, index: UInt32) {
    let wait = samplers.unitExponential(&generator) * Self.mean
    ordinal &+= 1
    queue.push(
      EventKey(
        time: time + SimDuration(nanoseconds: Int64(wait)),
        eventClass: 0,
        entity: index,
        ordinal: ordinal,
        payload: index
      )
    )
  }

  /// Does many holds and returns the last event's time.
  mutating func hold(_ count: Int) -> SimTime {
    var last = SimTime.zero
    for _ in 0..<count {
      let key = queue.pop()
      last = key.time
      put(after: last, index: key.index)
    }
    return last
  }
}
