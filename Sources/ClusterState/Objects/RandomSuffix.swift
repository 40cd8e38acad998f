internal import SimKernel

/// The letters that Kubernetes appends to names: no vowels, no digits that look like letters.
enum RandomSuffix {
  private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)

  /// Some of these letters.
  static func draw(_ count: Int, _ generator: inout Generator) -> String {
    let letters = (0..<count).map { _ in
      alphabet[Int(generator.below(UInt32(truncatingIfNeeded: alphabet.count)))]
    }
    return String(decoding: letters, as: UTF8.self)
  }
}
