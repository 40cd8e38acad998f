package import SimKernel

/// Names for new EndpointSlices: the Service's name and five random letters.
package struct SliceNames: Sendable {
  /// What Kubernetes draws suffixes from: no vowels, and no digits that look like letters.
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
  private let draws: RandomStream
  private var drawn: [ObjectKey: UInt64] = [:]

  package init(draws: RandomStream) { self.draws = draws }

  /// The next name for a Service.
  package mutating func next(for service: ObjectKey) -> ObjectKey {
    let ordinal = drawn[service, default: 0]
    drawn[service] = ordinal + 1
    var generator = draws.generator(Mixing.fnv1a(service.description), ordinal)
    let suffix = (0..<5).map { _ in
      Self.alphabet[Int(generator.below(UInt32(truncatingIfNeeded: Self.alphabet.count)))]
    }
    let text = String(decoding: suffix, as: UTF8.self)
    return ObjectKey(service.namespace, "\(service.name)-\(text)")
  }
}
