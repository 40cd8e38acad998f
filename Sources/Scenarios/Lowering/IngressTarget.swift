/// The target of users who come by an Ingress: `https://shop.example.com/cart`.
struct IngressTarget: Hashable, Sendable {
  var isTLS: Bool
  /// In small letters.
  var host: String
  /// `nil` when not written.
  var port: Int?
  /// Without the query.
  var path: String

  /// `nil` for what is no HTTP URL with the name of a host.
  init?(parsing text: String) {
    guard let end = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<end.lowerBound]
    guard scheme == "http" || scheme == "https" else { return nil }
    isTLS = scheme == "https"
    let rest = text[end.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let path = rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" }
    self.path = path.isEmpty ? "/" : String(path)
    let halves = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let name = halves.first, !name.isEmpty, halves.count <= 2 else { return nil }
    if halves.count == 2 {
      guard let number = Int(halves[1]) else { return nil }
      port = number
    }
    host = name.lowercased()
  }
}
