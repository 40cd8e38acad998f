/// The integer mixers behind streams and fingerprints.
@usableFromInline package enum Mixing {
  /// 2^64 / golden ratio, odd: the step of SplitMix64.
  @inlinable @inline(__always) package static var golden: UInt64 { 0x9E37_79B9_7F4A_7C15 }
  /// 2^64 × the fraction of √2, made odd.
  @inlinable @inline(__always) package static var first: UInt64 { 0x6A09_E667_F3BC_C909 }
  /// 2^64 × the fraction of √3.
  @inlinable @inline(__always) package static var second: UInt64 { 0xBB67_AE85_84CA_A73B }
  /// 2^64 × the fraction of √11.
  @inlinable @inline(__always) package static var third: UInt64 { 0x510E_527F_ADE6_82D1 }

  /// The two halves of the 128-bit product, combined by exclusive or.
  ///
  /// The high half depends on all lower bits and the low half on all others of the same weight or
  /// less; together every input bit reaches most output bits.
  @inlinable @inline(__always) package static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Stafford's variant 13 of the MurmurHash3 finalizer, the output function of SplitMix64.
  ///
  /// A bijection in which one flipped input bit flips every output bit with probability near ½.
  @inlinable @inline(__always) package static func finalize(_ x: UInt64) -> UInt64 {
    var z = x
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  /// FNV-1a, 64 bits, over the UTF-8 bytes of a name.
  package static func fnv1a(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}
