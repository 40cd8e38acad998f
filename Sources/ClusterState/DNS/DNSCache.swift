package import SimKernel

/// A cache between a client and CoreDNS: NodeLocal DNS, or the client's own.
package struct DNSCache: Sendable {
  /// How long answers are kept.
  package struct Policy: Hashable, Sendable {
    /// An answer is kept as long as its records allow, but no longer than this; in seconds.
    package var positive: Int
    /// The same for names that do not exist or have no data.
    package var negative: Int

    package init(positive: Int, negative: Int) {
      self.positive = positive
      self.negative = negative
    }

    /// The add-on's Corefile.
    package static let nodeLocal = Policy(positive: 30, negative: 5)
    /// Java without a security manager.
    package static let java = Policy(positive: 30, negative: 10)
    /// Plain glibc, Go and Node.
    package static let none = Policy(positive: 0, negative: 0)
  }
  /// An answer and how long it counts.
  private struct Entry {
    var answer: DNSAnswer
    var expires: SimTime
  }
  package let policy: Policy
  /// Java ignores the records' own lifetime.
  package var ignoresRecordTTL = false
  private var entries: [DNSQuestion: Entry] = [:]
  package private(set) var hits = 0
  package private(set) var misses = 0

  package init(_ policy: Policy) { self.policy = policy }

  /// The answer kept for a question, or a fresh one, which is then kept.
  ///
  /// Failures are not kept.
  package mutating func answer(
    _ question: DNSQuestion,
    at now: SimTime,
    asking upstream: (DNSQuestion) -> DNSAnswer
  ) -> DNSAnswer {
    if let entry = entries[question], now < entry.expires {
      hits += 1
      return entry.answer
    }
    misses += 1
    let answer = upstream(question)
    let limit = answer.status == .found ? policy.positive : policy.negative
    let seconds = ignoresRecordTTL ? limit : min(limit, answer.ttl)
    if answer.status == .failed || seconds <= 0 {
      entries[question] = nil
    } else {
      let expires = now + .seconds(Int64(seconds))
      entries[question] = Entry(answer: answer, expires: expires)
    }
    return answer
  }
}
