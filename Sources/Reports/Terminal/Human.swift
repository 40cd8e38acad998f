package import Statistics

/// Quantities for people: three digits where nine would hide the message.
package enum Human {
  /// A share such as `38.1 %`; never 100 % or 0 % unless it is exactly that.
  package static func percent(_ ratio: Double) -> String {
    guard ratio.isFinite else { return "–" }
    if ratio > 0 && ratio < 0.000_5 { return "<0.1 %" }
    var places = ratio >= 0.99 ? 2 : 1
    while places < 5 && ratio < 1
      && NumberFormat.fixed(ratio * 100, places: places).hasPrefix("100")
    {
      places += 1
    }
    let text = NumberFormat.fixed(ratio * 100, places: places)
    return (ratio < 1 && text.hasPrefix("100") ? "99.9999" : ratio == 1 ? "100" : text) + " %"
  }

  /// A span in a sentence: `3 h 02 min`, `2 min 10 s`, `4.2 s`.
  package static func span(_ seconds: Double) -> String {
    span(seconds, units: (" h ", " min", " min ", " s"))
  }

  /// A span in a table: `3h02m`, `2m10s`, `4.2s`.
  package static func shortSpan(_ seconds: Double) -> String {
    span(seconds, units: ("h", "m", "m", "s"))
  }

  private static func span(_ seconds: Double, units: (String, String, String, String)) -> String {
    guard seconds.isFinite else { return "–" }
    guard seconds.magnitude < 1e12 else {
      return (NumberFormat.significant(seconds, digits: 3) ?? "") + units.3
    }
    let sign = seconds < 0 ? "−" : ""
    let length = seconds.magnitude
    if length == 0 { return "0" + units.3 }
    if length < 9.95 { return sign + NumberFormat.fixed(length, places: 1) + units.3 }
    let whole = Int(length.rounded())
    if whole < 60 { return sign + "\(whole)" + units.3 }
    if whole < 3_600 { return sign + "\(whole / 60)" + units.2 + two(whole % 60) + units.3 }
    let minutes = Int((length / 60).rounded())
    return sign + "\(minutes / 60)" + units.0 + two(minutes % 60) + units.1
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A latency such as `0.42ms`, `123ms`, `8.02s`.
  package static func latency(_ milliseconds: Double) -> String {
    guard milliseconds.isFinite else { return "–" }
    let length = milliseconds.magnitude
    if length == 0 { return "0ms" }
    if length < 9.995 { return signed(milliseconds, places: 2) + "ms" }
    if length < 999.5 { return signed(milliseconds, places: 0) + "ms" }
    return signed(milliseconds / 1_000, places: length < 99_950 ? 2 : 0) + "s"
  }

  /// A count or a ratio with three significant digits or more.
  package static func number(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let length = value.magnitude
    if length >= 9_999.5 {
      let (scaled, suffix) = magnitude(value)
      return signed(scaled, places: 1) + suffix
    }
    if length == length.rounded() { return signed(value, places: 0) }
    return signed(value, places: length < 10 ? 2 : length < 1_000 ? 1 : 0)
  }

  /// Money such as `$14.9M`; a currency without a familiar sign stands behind, `14.9M CHF`.
  package static func money(_ amount: Double, currency: String) -> String {
    guard amount.isFinite else { return "–" }
    let (scaled, suffix) = magnitude(amount)
    let places = scaled != 0 && scaled.magnitude < 9.995 ? 2 : 1
    return money(scaled, suffix: suffix, places: places, currency: currency)
  }

  /// Money with half an interval in the same magnitude: `$14.91M ± 0.02M`.
  package static func money(_ interval: ConfidenceInterval, currency: String) -> String {
    guard interval.mean.isFinite else { return "–" }
    guard interval.count > 1 else { return money(interval.mean, currency: currency) }
    let (scaled, suffix) = magnitude(interval.mean)
    let half = scaled == 0 ? interval.halfWidth : interval.halfWidth * (scaled / interval.mean)
    // As many places as show one digit of the half-width, within reason.
    var places = 1
    var step = 0.1
    while places < 3 && half > 0 && half < 0.95 * step {
      places += 1
      step /= 10
    }
    let isTiny = half > 0 && half < 0.0005
    let margin = (isTiny ? "<0.001" : NumberFormat.fixed(half, places: places)) + suffix
    return money(scaled, suffix: suffix, places: places, currency: currency, margin: margin)
  }

  private static func money(
    _ scaled: Double,
    suffix: String,
    places: Int,
    currency: String,
    margin: String? = nil
  ) -> String {
    let sign = scaled < 0 ? "−" : ""
    let figure = NumberFormat.fixed(scaled.magnitude, places: places) + suffix
    let tail = margin.map { " ± " + $0 } ?? ""
    switch currency {
    case "USD": return sign + "$" + figure + tail
    case "EUR": return sign + "€" + figure + tail
    case "GBP": return sign + "£" + figure + tail
    default: return sign + figure + tail + " " + Display.truncate(Display.clean(currency), to: 5)
    }
  }

  private static func magnitude(_ value: Double) -> (Double, String) {
    switch value.magnitude {
    case 999.5e9...: (value / 1e12, "T")
    case 999.5e6...: (value / 1e9, "B")
    case 999.5e3...: (value / 1e6, "M")
    case 999.5...: (value / 1e3, "k")
    default: (value, "")
    }
  }

  /// With a real minus sign, as wide as a plus.
  private static func signed(_ value: Double, places: Int) -> String {
    let text = NumberFormat.fixed(value.magnitude, places: places)
    return value < 0 ? "−" + text : text
  }
}
