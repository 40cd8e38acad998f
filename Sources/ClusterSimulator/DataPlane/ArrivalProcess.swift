import SimKernel

/// Open-loop users: they arrive by a rate profile and do not wait for each other.
///
/// Owns `ClientState`. What a user does when an attempt fails is in `Caller`.
extension Simulation {
  /// A user of the group arrives; the next arrival is put into the queue.
  @inline(__always)
  mutating func arrive(client: Int) {
    let ordinal = clients[client].nextOrdinal
    clients[client].nextOrdinal &+= 1
    scheduleArrival(client: client)

    let isCounted = now >= clients[client].countsFrom
    let slot = requests.insert(
      Request(
        ordinal: ordinal,
        client: UInt16(truncatingIfNeeded: client),
        call: clients[client].call,
        attemptPath: 0,
        isCounted: isCounted,
        window: metrics.currentWindow,
        parent: Request.none,
        callerPod: Pod.none,
        startedAt: now
      )
    )
    metrics.requestOffered(client: client, isCounted: isCounted, at: now)
    begin(attempt: slot, isFirst: true)
  }

  /// Puts the next arrival of the group into the queue.
  @inline(__always)
  mutating func scheduleArrival(client: Int) {
    let ordinal = clients[client].nextOrdinal
    let area: Double
    if clients[client].isPoisson {
      var generator = clients[client].arrivals.generator(0, ordinal)
      area = samplers.unitExponential(&generator)
    } else {
      area = 1
    }
    let time = clients[client].profile.advance(by: area, in: ratePoints)
    guard time != .never else { return }
    queue.push(
      EventKey(
        time: max(time, now),
        eventClass: EventClass.arrival,
        entity: UInt32(truncatingIfNeeded: client),
        ordinal: UInt32(truncatingIfNeeded: ordinal),
        payload: EventKey.payload(
          kind: EventKind.arrivalDue.rawValue,
          index: UInt32(truncatingIfNeeded: client)
        )
      )
    )
  }
}
