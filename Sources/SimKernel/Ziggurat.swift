/// The layers of a ziggurat (Marsaglia and Tsang 2000) for a decreasing density on x ≥ 0.
///
/// 256 layers of equal area cover the density. A draw picks a layer by 8 bits and a place in it by
/// 53 others, of which one is the sign of a two-sided law. In about 99 of 100 draws the place lies
/// under the layer above and is accepted by one comparison of integers. Layer 0 is the base strip
/// with the tail beyond `tailStart`.
@usableFromInline package struct Ziggurat: ~Copyable {
  /// What the quick test of a layer needs.
  @usableFromInline struct Layer: BitwiseCopyable {
    /// Width of the layer / number of places in it.
    @usableFromInline var scale: Double
    /// Places below this lie under the layer above.
    @usableFromInline var accepted: UInt64
    /// Density at the layer's outer edge.
    @usableFromInline var lower: Double
    /// Density at the outer edge of the layer above.
    @usableFromInline var upper: Double
  }

  /// The layers, from the base to the peak.
  @usableFromInline let layers: UnsafeMutablePointer<Layer>
  /// Where the tail begins.
  @usableFromInline let tailStart: Double

  /// Builds layers of a given area and number of places from a density and its inverse.
  init(
    tailStart: Double,
    area: Double,
    places: Double,
    density: (Double) -> Double,
    inverse: (Double) -> Double
  ) {
    self.tailStart = tailStart
    layers = .allocate(capacity: 256)
    var width = area / density(tailStart)
    var next = tailStart
    var lower = 0.0
    for index in 0..<256 {
      // The base strip has no layer below; the next one begins where the tail does.
      let upper = index == 0 ? density(tailStart) : min(1, lower + area / width)
      if index > 0 { next = index == 255 ? 0 : inverse(upper) }
      let accepted = UInt64(next / width * places)
      let layer = Layer(scale: width / places, accepted: accepted, lower: lower, upper: upper)
      (layers + index).initialize(to: layer)
      width = next
      lower = upper
    }
  }

  deinit { layers.deallocate() }

  /// Whether a place outside the quick region of an inner layer lies under the density.
  @inlinable @inline(__always) static func isUnder(
    _ density: Double,
    _ layer: Layer,
    _ g: inout Generator
  ) -> Bool {
    layer.lower + g.uniform() * (layer.upper - layer.lower) < density
  }
}

extension Ziggurat {
  /// Layers for e^-x.
  static func exponential() -> Ziggurat {
    Ziggurat(
      tailStart: 7.697_117_470_131_05,
      area: 3.949_659_822_581_557e-3,
      places: 0x1p53,
      density: { PortableMath.exp(-$0) },
      inverse: { -PortableMath.log($0) }
    )
  }

  /// Layers for e^(-x²/2).
  static func normal() -> Ziggurat {
    Ziggurat(
      tailStart: 3.654_152_885_361_009,
      area: 4.928_673_233_974_655e-3,
      places: 0x1p52,
      density: { PortableMath.exp(-0.5 * $0 * $0) },
      inverse: { PortableMath.sqrt(-2 * PortableMath.log($0)) }
    )
  }

  /// A draw with density e^-x.
  @inlinable @inline(__always) func drawExponential(_ g: inout Generator) -> Double {
    let bits = g.next()
    let layer = layers + Int(truncatingIfNeeded: bits & 255)
    let place = bits &>> 11
    let x = Double(Int64(truncatingIfNeeded: place)) * layer.pointee.scale
    if place < layer.pointee.accepted { return x }
    return retryExponential(&g, x, layer)
  }

  /// A draw with density proportional to e^(-x²/2) on both sides of zero.
  ///
  /// The place is a signed number here. Its middle is taken, so both signs are alike.
  @inlinable @inline(__always) func drawNormal(_ g: inout Generator) -> Double {
    let bits = g.next()
    let layer = layers + Int(truncatingIfNeeded: bits & 255)
    let place = Int64(bitPattern: bits) &>> 11
    let x = (Double(place) + 0.5) * layer.pointee.scale
    let accepted = layer.pointee.accepted
    if UInt64(bitPattern: place) &+ accepted < accepted &+ accepted { return x }
    return retryNormal(&g, x, layer)
  }

  /// Decides a place the quick test left open, and draws again when it is rejected.
  @usableFromInline @inline(never) func retryExponential(
    _ g: inout Generator,
    _ place: Double,
    _ start: UnsafeMutablePointer<Layer>
  ) -> Double {
    var x = place
    var layer = start
    while true {
      // The tail of an exponential law is an exponential law again.
      if layer == layers { return tailStart - PortableMath.log(g.uniformPositive()) }
      if Ziggurat.isUnder(PortableMath.exp(-x), layer.pointee, &g) { return x }
      let bits = g.next()
      layer = layers + Int(truncatingIfNeeded: bits & 255)
      x = Double(Int64(truncatingIfNeeded: bits &>> 11)) * layer.pointee.scale
      if bits &>> 11 < layer.pointee.accepted { return x }
    }
  }

  /// Decides a place the quick test left open, and draws again when it is rejected.
  @usableFromInline @inline(never) func retryNormal(
    _ g: inout Generator,
    _ place: Double,
    _ start: UnsafeMutablePointer<Layer>
  ) -> Double {
    var x = place
    var layer = start
    while true {
      if layer == layers { return x < 0 ? -normalTail(&g) : normalTail(&g) }
      if Ziggurat.isUnder(PortableMath.exp(-0.5 * x * x), layer.pointee, &g) { return x }
      let bits = g.next()
      layer = layers + Int(truncatingIfNeeded: bits & 255)
      let signed = Int64(bitPattern: bits) &>> 11
      x = (Double(signed) + 0.5) * layer.pointee.scale
      let accepted = layer.pointee.accepted
      if UInt64(bitPattern: signed) &+ accepted < accepted &+ accepted { return x }
    }
  }

  /// The normal law beyond `tailStart`, by rejection from an exponential law (Marsaglia 1964).
  @usableFromInline @inline(never) func normalTail(_ g: inout Generator) -> Double {
    while true {
      let beyond = -PortableMath.log(g.uniformPositive()) / tailStart
      let height = -PortableMath.log(g.uniformPositive())
      if height + height >= beyond * beyond { return tailStart + beyond }
    }
  }
}
