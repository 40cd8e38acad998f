// The kernel alone under the hold model: pop the earliest event, push it again a little later.
//
//     kernel-bench <pending> <holds>
//
// Prints the CPU time of the holds as JSON. Jones (1986) made the hold model the measure of event
// queues; increments are exponential here, drawn as the engine draws them.
import Glibc
import SimKernel

/// CPU time of this process in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// A queue of events that are put back for ever.
struct HoldModel: ~Copyable {
  var queue = EventQueue()
  let samplers = SamplerTables()
  var generator = Generator(state: 7)
  var ordinal: UInt32 = 0
  /// Simulated nanoseconds of one mean increment.
  static let mean = 0x1p30

  init(pending: Int) {
    for index in 0..<pending { put(after: .zero, index: UInt32(index)) }
  }

  /// Puts an event into the queue, an exponential time after another.
  @inline(__always)
  mutating func put(after time: SimTime, index: UInt32) {
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

guard CommandLine.arguments.count == 3, let pending = Int(CommandLine.arguments[1]),
  let holds = Int(CommandLine.arguments[2]), pending > 0, holds > 0
else {
  _ = "usage: kernel-bench <pending> <holds>\n".withCString { write(2, $0, strlen($0)) }
  exit(64)
}
var model = HoldModel(pending: pending)
let start = model.hold(max(2 * pending, 200_000))
let before = cpuSeconds()
let end = model.hold(holds)
let seconds = cpuSeconds() - before
// With n pending events of rate 1 the time moves on by 1/n a hold: a check that work was done.
let advance = Double((end - start).nanoseconds) / HoldModel.mean * Double(pending) / Double(holds)
let figures = ["pending": Double(pending), "cpu_s": seconds, "advance": advance]
let fields = figures.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
print("{\(fields.joined(separator: ", "))}")
