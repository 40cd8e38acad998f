import SimKernel
import Testing

@Suite struct EventKeyTests {
  @Test func isSixteenBytes() {
    #expect(MemoryLayout<EventKey>.size == 16)
    #expect(MemoryLayout<EventKey>.stride == 16)
  }

  @Test func carriesTimeKindAndIndex() {
    let key = EventKey(
      time: SimTime(nanoseconds: 0xAB_CDEF_0123_4567),
      eventClass: 5,
      entity: 0xFEDCB,
      ordinal: 0x1ABCD,
      payload: EventKey.payload(kind: 41, index: 0x2AB_CDEF)
    )
    #expect(key.time.nanoseconds == 0xAB_CDEF_0123_4567)
    #expect(key.kind == 41)
    #expect(key.index == 0x2AB_CDEF)
    #expect(key.payload == 41 << 26 | 0x2AB_CDEF)
    #expect(EventKey.payload(kind: 63, index: .max) == .max)
  }

  /// Every field outranks all fields after it, even at their extremes.
  @Test func ordersByTimeClassEntityOrdinalPayload() {
    func key(_ t: Int64, _ c: UInt8, _ e: UInt32, _ o: UInt32, _ p: UInt32) -> EventKey {
      EventKey(
        time: SimTime(nanoseconds: t),
        eventClass: c,
        entity: e,
        ordinal: o,
        payload: p
      )
    }
    let (e, o, p) = (UInt32(0xF_FFFF), UInt32(0x1_FFFF), UInt32.max)
    let ascending = [
      key(6, 7, e, o, p), key(7, 0, 0, 0, 0), key(7, 0, 0, 0, p), key(7, 0, 0, 1, 0),
      key(7, 0, 0, o, p), key(7, 0, 1, 0, 0), key(7, 0, e, o, p), key(7, 1, 0, 0, 0),
      key(7, 7, e, o, p), key(8, 0, 0, 0, 0),
    ]
    for (a, b) in zip(ascending, ascending.dropFirst()) {
      #expect(a < b)
      #expect(!(b < a))
    }
  }

  /// Nothing of a field is lost: each of its bits outranks all bits below it.
  @Test func everyBitOfAFieldCounts() {
    func check(_ field: String, width: UInt64, _ key: (UInt64) -> EventKey) {
      for bit in 0..<width { #expect(key(1 << bit) > key(1 << bit - 1), "\(field), bit \(bit)") }
    }
    func key(_ t: UInt64, _ c: UInt64, _ e: UInt64, _ o: UInt64, _ p: UInt64) -> EventKey {
      EventKey(
        time: SimTime(nanoseconds: Int64(t)),
        eventClass: UInt8(c),
        entity: UInt32(e),
        ordinal: UInt32(o),
        payload: UInt32(p)
      )
    }
    check("time", width: 56) { key($0, 0, 0, 0, 0) }
    check("class", width: 3) { key(1, $0, 0, 0, 0) }
    check("entity", width: 20) { key(1, 1, $0, 0, 0) }
    check("ordinal", width: 17) { key(1, 1, 1, $0, 0) }
    check("payload", width: 32) { key(1, 1, 1, 1, $0) }
  }

  @Test func cutsFieldsToTheirWidth() {
    let wide = EventKey(time: .zero, eventClass: 8, entity: 1 << 20, ordinal: 1 << 17, payload: 3)
    #expect(wide == EventKey(time: .zero, eventClass: 0, entity: 0, ordinal: 0, payload: 3))
  }

  @Test(arguments: [SimTime.never, SimTime.zero + .forever, SimTime(nanoseconds: 1 << 56)])
  func timesBeyondTheRangeAreTheLastInstant(time: SimTime) {
    let key = EventKey(time: time, eventClass: 0, entity: 0, ordinal: 0, payload: 0)
    #expect(key.time.nanoseconds == 1 << 56 - 1)
  }
}

@Suite struct EventQueueTests {
  enum Pattern: CaseIterable {
    case spread, ties, gaps, bursts, nearby
  }

  static func delay(_ pattern: Pattern, _ now: Int64, _ random: inout TestRandom) -> Int64 {
    switch pattern {
    case .spread: Int64(random.below(1_000_000))
    case .ties: Int64(random.below(3))
    case .gaps: random.below(10) == 0 ? 1 << Int64(random.below(45)) : Int64(random.below(900))
    case .bursts: 1_000_000 - now % 1_000_000
    case .nearby: random.below(3) == 0 ? 0 : Int64(random.below(50))
    }
  }

  /// Random pushes and pops against an array kept sorted, growing first and draining after.
  @Test(arguments: Pattern.allCases, [1, 2, 3] as [UInt64])
  func agreesWithASortedArray(pattern: Pattern, seed: UInt64) {
    var random = TestRandom(seed)
    var queue = EventQueue()
    var model: [EventKey] = []  // descending: the earliest is last
    var now: Int64 = 0
    for step in 0..<12_000 {
      let pushes = random.below(100) < (step < 5_000 ? 60 : 45)
      if model.isEmpty || pushes {
        let time = SimTime(nanoseconds: now + Self.delay(pattern, now, &random))
        let key = EventKey(
          time: time,
          eventClass: UInt8(random.below(4)),
          entity: UInt32(random.below(5)),
          ordinal: UInt32(random.below(3)),
          payload: UInt32(step)
        )
        queue.push(key)
        var (low, high) = (0, model.count)
        while low < high {
          let middle = (low + high) / 2
          if model[middle] > key { low = middle + 1 } else { high = middle }
        }
        model.insert(key, at: low)
      } else {
        if random.below(2) == 0 { #expect(queue.minimumTime() == model[model.count - 1].time) }
        let key = queue.pop()
        #expect(key == model.removeLast())
        now = key.time.nanoseconds
      }
      #expect(queue.count == model.count)
      #expect(queue.isEmpty == model.isEmpty)
    }
    while let expected = model.popLast() { #expect(queue.pop() == expected) }
    #expect(queue.isEmpty == true)
    #expect(queue.minimumTime() == .never)
  }

  @Test func emptyQueueHasNoNextTime() {
    var queue = EventQueue()
    #expect(queue.minimumTime() == .never)
    queue.push(EventKey(time: .zero, eventClass: 0, entity: 0, ordinal: 0, payload: 0))
    #expect(queue.minimumTime() == .zero)
    #expect(queue.pop().time == .zero)
    #expect(queue.minimumTime() == .never)
    #expect(queue.count == 0)
  }

  /// The largest key equals the padding inside the heap and must still come out.
  @Test func largestKeyIsAnOrdinaryKey() {
    var queue = EventQueue()
    let last = EventKey(bits: .max)
    for _ in 0..<7 { queue.push(last) }
    queue.push(EventKey(bits: 5))
    #expect(queue.pop().bits == 5)
    for _ in 0..<7 { #expect(queue.pop() == last) }
    #expect(queue.isEmpty == true)
  }
}
