import SimKernel
import Testing

@Suite struct TimerWheelTests {
  static func key(_ timer: UInt32, at nanoseconds: Int64, ordinal: UInt32 = 0) -> EventKey {
    EventKey(
      time: SimTime(nanoseconds: nanoseconds),
      eventClass: 1,
      entity: timer,
      ordinal: ordinal,
      payload: timer
    )
  }

  /// Typical delays of a run: from inside the current slot to beyond the coarse horizon.
  static func delay(_ random: inout TestRandom) -> Int64 {
    switch random.below(8) {
    case 0: Int64(random.below(1 << 20))
    case 1...4: Int64(random.below(3_000_000_000))
    case 5: Int64(random.below(1 << 36))
    case 6: Int64(random.below(1 << 44))
    default: Int64(random.below(1 << 48))
    }
  }

  static func step(_ random: inout TestRandom) -> Int64 {
    switch random.below(40) {
    case 0: Int64(random.below(1 << 45))
    case 1...4: Int64(random.below(1 << 33))
    default: Int64(random.below(20_000_000))
    }
  }

  /// Moves both to an instant; all that comes due must be there, with its exact key.
  static func advance(
    _ wheel: inout TimerWheel,
    _ model: inout [UInt32: EventKey],
    to now: Int64
  ) {
    var queue = EventQueue()
    while wheel.nextDue.nanoseconds <= now { wheel.advance(into: &queue) }
    while !queue.isEmpty {
      let promoted = queue.pop()
      #expect(model.removeValue(forKey: promoted.payload) == promoted)
      #expect(promoted.time.nanoseconds >> 20 <= now >> 20)
      #expect(wheel.isArmed(promoted.payload) == false)
    }
    let earliest = model.values.map(\.time.nanoseconds).min()
    #expect(earliest.map { $0 >> 20 > now >> 20 } ?? true, "a timer was left behind")
    #expect(earliest.map { wheel.nextDue.nanoseconds <= $0 } ?? (wheel.nextDue == .never))
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func agreesWithADictionary(seed: UInt64) {
    var random = TestRandom(seed)
    var wheel = TimerWheel()
    var model: [UInt32: EventKey] = [:]
    var now: Int64 = 0
    for turn in 0..<6_000 {
      let timer = UInt32(random.below(200))
      switch random.below(10) {
      case 0...4:  // arms, or arms again
        let key = Self.key(timer, at: now + Self.delay(&random), ordinal: UInt32(turn))
        wheel.arm(timer, key)
        model[timer] = key
      case 5...7:
        wheel.cancel(timer)
        model[timer] = nil
      default:
        now += Self.step(&random)
        Self.advance(&wheel, &model, to: now)
      }
      #expect(wheel.isArmed(timer) == (model[timer] != nil))
      if model.isEmpty { #expect(wheel.nextDue == .never) }
    }
    Self.advance(&wheel, &model, to: now + 1 << 50)
    #expect(model.isEmpty)
  }

  @Test func cancelOfAnIdleTimerDoesNothing() {
    var wheel = TimerWheel()
    wheel.cancel(3)
    wheel.cancel(3_000_000)
    #expect(wheel.nextDue == .never)
    #expect(wheel.isArmed(3_000_000) == false)
    wheel.arm(1, Self.key(1, at: 5_000_000))
    wheel.cancel(2)
    #expect(wheel.isArmed(1) == true)
    #expect(wheel.nextDue.nanoseconds == 4 << 20)
  }

  @Test func armedAgainFiresOnceAtTheNewTime() {
    var wheel = TimerWheel()
    var queue = EventQueue()
    wheel.arm(7, Self.key(7, at: 1_000_000_000, ordinal: 1))
    wheel.arm(7, Self.key(7, at: 2_000_000_000, ordinal: 2))
    while wheel.nextDue != .never { wheel.advance(into: &queue) }
    #expect(queue.count == 1)
    #expect(queue.pop() == Self.key(7, at: 2_000_000_000, ordinal: 2))
  }

  /// A time whose slot is over still fires, at the next advance.
  @Test func lateTimerIsDueAtOnce() {
    var wheel = TimerWheel()
    var queue = EventQueue()
    wheel.arm(0, Self.key(0, at: 900_000_000))
    wheel.advance(into: &queue)
    #expect(queue.pop().index == 0)
    wheel.arm(1, Self.key(1, at: 900_000_001))
    wheel.arm(2, Self.key(2, at: 5))
    #expect(wheel.nextDue <= SimTime(nanoseconds: 5))
    wheel.advance(into: &queue)
    #expect(queue.count == 2)
    #expect(queue.pop() == Self.key(2, at: 5))
    #expect(queue.pop() == Self.key(1, at: 900_000_001))
    #expect(wheel.nextDue == .never)
  }

  /// Nothing pending for hours costs a step per coarse horizon (2.4 h), not per slot.
  @Test(arguments: [(1 as Int64, 2), (2, 2), (10, 7), (1_000, 412)])
  func longGapsAreJumped(hours: Int64, atMost: Int) {
    var wheel = TimerWheel()
    var queue = EventQueue()
    let due = hours * 3_600_000_000_000 + 12_345
    wheel.arm(0, Self.key(0, at: due))
    var advances = 0
    while queue.isEmpty {
      #expect(wheel.nextDue.nanoseconds <= due)
      wheel.advance(into: &queue)
      advances += 1
    }
    #expect(queue.pop() == Self.key(0, at: due))
    #expect(advances <= atMost)
  }

  /// A fine turn has 2,048 slots of 2^20 ns.
  ///
  /// A timer a whole turn ahead falls on the slot of now and must not leave with the timers of now.
  @Test(
    arguments: [0, 1, 2_047, 5_000] as [Int64],
    [2_046, 2_047, 2_048, 2_049, 4_096, 2_048 * 4_096] as [Int64]
  )
  func aTimerOneTurnAheadWaitsForItsTurn(start: Int64, slots: Int64) {
    var wheel = TimerWheel()
    var queue = EventQueue()
    wheel.arm(2, Self.key(2, at: start << 20))
    while queue.isEmpty { wheel.advance(into: &queue) }
    #expect(queue.pop().index == 2)
    let (now, later) = (Self.key(0, at: start << 20 + 5), Self.key(1, at: (start + slots) << 20))
    wheel.arm(0, now)
    wheel.arm(1, later)
    while queue.isEmpty { wheel.advance(into: &queue) }
    #expect(queue.pop() == now)
    #expect(queue.isEmpty == true)
    #expect(wheel.isArmed(1) == true)
    while queue.isEmpty { wheel.advance(into: &queue) }
    #expect(queue.pop() == later)
  }

  /// Timers of one slot come out in key order whatever the order of arming.
  @Test func timersOfOneSlotKeepTheirExactOrder() {
    var wheel = TimerWheel()
    var queue = EventQueue()
    for timer in [4, 1, 3, 0, 2] as [UInt32] {
      wheel.arm(timer, Self.key(timer, at: 10_000_000 + Int64(timer / 2)))
    }
    wheel.advance(into: &queue)
    for timer in 0..<5 as Range<UInt32> { #expect(queue.pop().index == timer) }
  }
}
