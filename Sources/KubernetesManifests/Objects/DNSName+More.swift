extension DNSName {
  /// Why the text is not a host name of an Ingress with `*` as its first label.
  package static func wildcardProblem(_ text: String) -> String? {
    if text.hasPrefix("*."), subdomainProblem(String(text.dropFirst(2))) == nil { return nil }
    return "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain"
  }

  /// Why the text is not an IP address, or `nil` when it is one.
  package static func addressProblem(_ text: String) -> String? {
    IPAddress(text) == nil ? "must be a valid IP address, such as 10.9.8.7 or 2001:db8::ffff" : nil
  }

  /// Why the text is not a range of addresses, or `nil` when it is one.
  package static func rangeProblem(_ text: String) -> String? {
    AddressRange(text) == nil
      ? "must be a valid CIDR value, such as 10.9.8.0/24 or 2001:db8::/64" : nil
  }

  /// Why the text is not the name of an environment variable, or `nil` when it is one.
  package static func environmentProblem(_ text: String) -> String? {
    let isGood = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    return isGood ? nil : "must be printable ASCII characters other than '='"
  }

  /// Why the text is not a key of a ConfigMap or Secret, or `nil` when it is one.
  package static func dataKeyProblem(_ text: String) -> String? {
    let isGood =
      (1...253).contains(text.utf8.count) && text != "." && !text.hasPrefix("..")
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains(scalar))
      }
    return isGood
      ? nil : "a key is 1 to 253 of A-Z, a-z, 0-9, '-', '_' and '.', and not '.' or '..'"
  }

  /// Why the text cannot be a part of an address of the API, or `nil` when it can.
  package static func pathSegmentProblem(_ text: String) -> String? {
    if text == "." || text == ".." { return "may not be '\(text)'" }
    if text.contains("/") { return "may not contain '/'" }
    return text.contains("%") ? "may not contain '%'" : nil
  }

  /// Why the text is no search domain of a resolver, or `nil` when it is one.
  package static func searchDomainProblem(_ text: String) -> String? {
    if text == "." { return nil }
    let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
    // Underscores are allowed since 1.34.
    let plain = bare.replacing("_", with: "a")
    return subdomainProblem(plain) == nil ? nil : subdomainProblem(bare)
  }
}
