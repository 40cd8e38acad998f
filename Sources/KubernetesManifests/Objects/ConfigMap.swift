/// A ConfigMap (v1): its name and the names of its entries, not what they hold.
package struct ConfigMap: Sendable {
  package var metadata: ObjectMeta
  /// In file order.
  package var keys: [String]
  package var mark: SourceMark

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> ConfigMap? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    let texts = object.dataKeys("data")
    let binaries = object.dataKeys("binaryData")
    let binaryNames = Set(binaries.map(\.value))
    for key in texts where binaryNames.contains(key.value) {
      let path = object.path(of: "data[\(YAMLScalar(text: key.value, style: .quoted).excerpt)]")
      object.reader.invalid(key, "duplicate of key present in binaryData", path: path)
    }
    _ = object.bool("immutable")
    object.finish()
    return metadata.map {
      ConfigMap(metadata: $0, keys: (texts + binaries).map(\.value), mark: object.mark)
    }
  }
}

/// A Secret (v1): its name, type and the names of its entries, not what they hold.
package struct Secret: Sendable {
  package var metadata: ObjectMeta
  package var type: String
  /// In file order.
  package var keys: [String]
  package var mark: SourceMark

  /// Keys that a type must have.
  private static let requiredKeys = [
    "kubernetes.io/tls": ["tls.crt", "tls.key"],
    "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
    "kubernetes.io/dockercfg": [".dockercfg"],
    "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  ]

  /// Reads an object whose kind and version are already known.
  static func read(_ object: inout FieldReader) -> Secret? {
    let metadata = ObjectMeta.read(&object, name: .subdomain)
    let type = object.located("type")?.value ?? "Opaque"
    var keys = object.dataKeys("data").map(\.value)
    // Entries of `stringData` replace those of `data`.
    var known = Set(keys)
    for key in object.dataKeys("stringData").map(\.value) where known.insert(key).inserted {
      keys.append(key)
    }
    for key in requiredKeys[type] ?? [] where !keys.contains(key) {
      object.required(
        "a Secret of type '\(type)' must hold it",
        field: "data",
        reportedAs: "data[\(key)]"
      )
    }
    _ = object.bool("immutable")
    object.finish()
    return metadata.map { Secret(metadata: $0, type: type, keys: keys, mark: object.mark) }
  }
}

extension FieldReader {
  /// The keys of a mapping of text to text.
  fileprivate mutating func dataKeys(_ name: String) -> [Located<String>] {
    mappingEntries(name).map { entry in
      _ = reader.string(entry.value, path: entry.path)
      let key = Located(entry.key, at: entry.keyMark)
      if let problem = DNSName.dataKeyProblem(entry.key) {
        let shown = YAMLScalar(text: entry.key, style: .quoted).excerpt
        reader.invalid(key, problem, path: path(of: "\(name)[\(shown)]"))
      }
      return key
    }
  }
}
