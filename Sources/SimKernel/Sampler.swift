/// A law prepared for drawing: what a row of the model stores.
///
/// A number that `SamplerTables.register` gives out, valid with those tables only.
@usableFromInline package struct Sampler: BitwiseCopyable, Sendable {
  /// Place in the tables' list of laws.
  @usableFromInline let index: UInt32

  /// A place in the list.
  @usableFromInline init(index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

  /// Always zero, with any tables.
  package static var zero: Sampler { Sampler(index: 0) }

  /// A draw in nanoseconds, rounded to the nearest and kept within [0, 2^55).
  @inlinable @inline(__always)
  package func duration(_ g: inout Generator, _ tables: borrowing SamplerTables) -> SimDuration {
    Self.duration(seconds: value(&g, tables))
  }

  /// A draw in seconds.
  @inlinable @inline(__always)
  package func value(_ g: inout Generator, _ tables: borrowing SamplerTables) -> Double {
    let contents = tables.contents
    let law = contents.pointee.laws.rows + Int(index)
    switch law.pointee.kind {
    case .constant: return law.pointee.a
    case .exponential: return law.pointee.a * contents.pointee.exponential.drawExponential(&g)
    case .lognormal:
      let normal = contents.pointee.normal.drawNormal(&g)
      return contents.pointee.powers.exp(law.pointee.a + law.pointee.b * normal)
    default: return law.pointee.rareValue(&g, contents)
    }
  }

  /// Seconds as whole nanoseconds: NaN and negative give 0, too large gives 2^55 - 1.
  @inlinable @inline(__always) package static func duration(seconds: Double) -> SimDuration {
    let nanoseconds = seconds * 1e9
    guard nanoseconds > 0 else { return .zero }
    guard nanoseconds < 0x1p51 else { return longDuration(nanoseconds) }
    // Above 2^52 doubles are whole numbers: the addition rounds, and the low bits are the result.
    let whole = (nanoseconds + 0x1p52).bitPattern &- 0x1p52.bitPattern
    return SimDuration(nanoseconds: Int64(truncatingIfNeeded: whole))
  }

  /// The conversion from 26 days on.
  @usableFromInline @inline(never)
  static func longDuration(_ nanoseconds: Double) -> SimDuration {
    guard nanoseconds < 0x1p55 - 1 else { return SimDuration(nanoseconds: 1 &<< 55 - 1) }
    return SimDuration(nanoseconds: Int64(nanoseconds + 0.5))
  }
}
