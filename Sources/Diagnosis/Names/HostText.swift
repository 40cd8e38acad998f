/// A host with a port, found in a text; ranges count characters.
struct HostText {
  var host: String
  var range: Range<Int>
  var port: Int?
  var portRange: Range<Int>?
  var scheme: String?

  /// The port to connect to: the written one, or the scheme's.
  var effectivePort: Int? {
    port ?? scheme.flatMap { scheme in Self.ports.first { $0.scheme == scheme }?.port }
  }

  /// The ports that schemes stand for.
  private static let ports: [(scheme: String, port: Int)] = [
    ("http", 80), ("https", 443), ("ws", 80), ("wss", 443), ("postgres", 5432),
    ("postgresql", 5432), ("mysql", 3306), ("mariadb", 3306), ("redis", 6379), ("rediss", 6379),
    ("amqp", 5672), ("amqps", 5671), ("mongodb", 27017), ("nats", 4222), ("mqtt", 1883),
  ]

  /// Schemes whose authority is no host.
  private static let foreign = [
    "file", "unix", "s3", "gs", "oci", "docker", "data", "spiffe", "classpath", "arn",
  ]

  /// Every host of a text: those of URLs, or else of a list of `host:port`, or else the whole text
  /// where it is known to be a host.
  static func all(in text: String, mayBeBare: Bool) -> [HostText] {
    let characters = Array(text)
    guard characters.count <= 10_000 else { return [] }
    let urls = hostsOfURLs(characters)
    if !urls.isEmpty || text.contains("://") { return urls }
    return list(characters[...], scheme: nil, needsPort: !mayBeBare)
  }

  private static func hostsOfURLs(_ text: [Character]) -> [HostText] {
    var found: [HostText] = []
    var index = 0
    while index + 2 < text.count {
      guard text[index] == ":", text[index + 1] == "/", text[index + 2] == "/" else {
        index += 1
        continue
      }
      let scheme = String(text[..<index].reversed().prefix(while: isOfScheme).reversed())
        .lowercased()
      let start = index + 3
      let end = text[start...].firstIndex { "/?#\"' ;)|&<>".contains($0) || $0.isWhitespace }
      var authority = text[start..<(end ?? text.count)]
      if let user = authority.lastIndex(of: "@") { authority = authority[(user + 1)...] }
      if !foreign.contains(scheme) {
        found += list(authority, scheme: scheme, needsPort: false)
      }
      index = max(start, end ?? text.count)
    }
    return found
  }

  private static func isOfScheme(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "+.-".contains(character))
  }

  /// The hosts of a list with commas; a single word that is no host makes the list none.
  private static func list(
    _ text: ArraySlice<Character>,
    scheme: String?,
    needsPort: Bool
  ) -> [HostText] {
    var found: [HostText] = []
    for part in text.split(separator: ",") {
      let trimmed = part.drop { $0 == " " }
      guard let host = host(trimmed, scheme: scheme), host.port != nil || !needsPort else {
        return []
      }
      found.append(host)
    }
    return found
  }

  private static func host(_ text: ArraySlice<Character>, scheme: String?) -> HostText? {
    var text = text
    if scheme == nil, let slash = text.firstIndex(of: "/") { text = text[..<slash] }
    let colon = text.lastIndex(of: ":")
    var port: Int?
    if let colon {
      guard let number = Int(String(text[(colon + 1)...])), (1...65_535).contains(number) else {
        return nil
      }
      port = number
    }
    var name = text[..<(colon ?? text.endIndex)]
    if name.last == "." { name.removeLast() }
    guard isHost(String(name)) else { return nil }
    return HostText(
      host: String(name),
      range: name.startIndex..<name.endIndex,
      port: port,
      portRange: colon.map { ($0 + 1)..<text.endIndex },
      scheme: scheme
    )
  }

  /// Whether the text is an IPv4 address or a DNS name with a letter in it.
  private static func isHost(_ text: String) -> Bool {
    if IPv4.isAddress(text) { return true }
    guard text.utf8.count <= 253, text.contains(where: { $0.isLetter }) else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.first != "-" && label.last != "-"
        && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
  }
}
