package import SimKernel

/// Names for new EndpointSlices: the Service's name and five random letters.
package struct SliceNames: Sendable {
  private let draws: RandomStream
  private var drawn: [ObjectKey: UInt64] = [:]

  package init(draws: RandomStream) { self.draws = draws }

  /// The next name for a Service.
  package mutating func next(for service: ObjectKey) -> ObjectKey {
    let ordinal = drawn[service, default: 0]
    drawn[service] = ordinal + 1
    var generator = draws.generator(Mixing.fnv1a(service.description), ordinal)
    let text = RandomSuffix.draw(5, &generator)
    return ObjectKey(service.namespace, "\(service.name)-\(text)")
  }
}
