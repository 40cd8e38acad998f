/// The forms of name that Kubernetes accepts.
package enum DNSName {
  /// Why the text is not a DNS-1123 label, or `nil` when it is one.
  package static func labelProblem(_ text: String) -> String? {
    if text.utf8.count > 63 { return "must be no more than 63 characters" }
    if isLabel(text) { return nil }
    return "a lowercase RFC 1123 label is made of a-z, 0-9 and '-' and begins and ends with a "
      + "letter or digit"
  }

  /// Why the text is not a DNS-1123 subdomain, or `nil` when it is one.
  package static func subdomainProblem(_ text: String) -> String? {
    if text.utf8.count > 253 { return "must be no more than 253 characters" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.allSatisfy({ isLabel(String($0)) }) { return nil }
    return "a lowercase RFC 1123 subdomain is made of a-z, 0-9, '-' and '.' and each part begins "
      + "and ends with a letter or digit"
  }

  /// Why the text is not the name of a port, or `nil` when it is one.
  package static func portNameProblem(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    if bytes.isEmpty || bytes.count > 15 { return "must be 1 to 15 characters" }
    let hyphen = UInt8(ascii: "-")
    let isWellFormed =
      bytes.allSatisfy { isLowerAlphanumeric($0) || $0 == hyphen } && bytes.first != hyphen
      && bytes.last != hyphen && !text.contains("--")
      && bytes.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    return isWellFormed ? nil : "must be a-z, 0-9 and single '-' within, with at least one letter"
  }

  /// Why the text is not the key of a label, or `nil` when it is one.
  package static func qualifiedNameProblem(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 2 { return "a label key is [prefix/]name with at most one '/'" }
    if parts.count == 2, subdomainProblem(parts[0]) != nil {
      return "the prefix of a label key must be a DNS subdomain"
    }
    guard let name = parts.last, !name.isEmpty, isLabelText(name) else {
      return "the name of a label key is 1 to 63 of A-Z, a-z, 0-9, '-', '_' and '.', and begins "
        + "and ends with a letter or digit"
    }
    return nil
  }

  /// Why the text is not the value of a label, or `nil` when it is one.
  package static func labelValueProblem(_ text: String) -> String? {
    if text.isEmpty || isLabelText(text) { return nil }
    return "a label value is at most 63 of A-Z, a-z, 0-9, '-', '_' and '.', and begins and ends "
      + "with a letter or digit"
  }

  private static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 253 else {
      return false
    }
    return isLowerAlphanumeric(first) && isLowerAlphanumeric(last)
      && text.utf8.allSatisfy { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isLabelText(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 63 else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
