import KubernetesManifests

/// Looks for hosts in what containers are told: variables, arguments, ConfigMaps.
enum ReferenceScanner {
  /// All of them, in the order of the objects.
  static func references(
    in workloads: [WorkloadView],
    and objects: [ManifestObject]
  ) -> [NameReference] {
    workloads.flatMap { workload in
      let own = workload.containers.map(\.name)
      let others = workload.initContainers.filter { !own.contains($0.name) }
      return (workload.containers + others).flatMap { references($0, workload.object) }
    } + objects.filter { $0.kind == "ConfigMap" }.flatMap(references)
  }

  private static func references(
    _ container: ContainerView,
    _ object: ManifestObject
  ) -> [NameReference] {
    let variables = container.variables.flatMap { name, value in
      value.map { references(name, $0, of: object) } ?? []
    }
    var before = ""
    let words = container.words.flatMap { word -> [NameReference] in
      let flag = before
      before = word.text ?? ""
      return argument(word, after: flag, of: object)
    }
    return variables + words
  }

  /// The values of a ConfigMap that are a single line each.
  private static func references(_ map: ManifestObject) -> [NameReference] {
    (map.tree["data"]?.pairs ?? []).flatMap { references($0.key, $0.value, of: map) }
  }

  /// `--backend=http://…`, or a value after `--backend`.
  private static func argument(
    _ word: YAMLValue,
    after flag: String,
    of object: ManifestObject
  ) -> [NameReference] {
    guard let text = word.text else { return [] }
    guard text.hasPrefix("-"), let equals = text.firstIndex(of: "=") else {
      return references(flag.hasPrefix("-") ? flag : "", word, of: object)
    }
    let offset = text.distance(from: text.startIndex, to: equals) + 1
    return references(String(text[..<equals]), word, from: offset, of: object)
  }

  private static func references(
    _ name: String,
    _ value: YAMLValue,
    from offset: Int = 0,
    of object: ManifestObject
  ) -> [NameReference] {
    guard let whole = value.text, !isAboutListening(name) else { return [] }
    let text = String(whole.dropFirst(offset))
    return HostText.all(in: text, mayBeBare: namesAHost(name)).map { found in
      func span(_ range: Range<Int>) -> SourceSpan {
        value.span(ofCharacters: (range.lowerBound + offset)..<(range.upperBound + offset))
      }
      return NameReference(
        host: found.host,
        hostSpan: span(found.range),
        port: found.effectivePort,
        portSpan: span(found.portRange ?? found.range),
        namespace: object.namespace,
        object: object.title,
        source: name.isEmpty ? "an argument" : name
      )
    }
  }

  /// The words of a name such as `DB_HOST`, `db.host` or `--db-host`.
  private static func words(_ name: String) -> [String] {
    name.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether a variable of the name holds a host without more.
  private static func namesAHost(_ name: String) -> Bool {
    let words = words(name)
    guard words.count > 1, let last = words.last else { return false }
    return ["HOST", "HOSTNAME", "ADDR", "ADDRESS", "SERVER", "SERVERS", "HOSTS"].contains(last)
  }

  /// Whether the variable tells where to listen, whom to trust or what to run, not whom to call.
  private static func isAboutListening(_ name: String) -> Bool {
    let other = [
      "LISTEN", "LISTENER", "LISTENERS", "BIND", "ADVERTISE", "ADVERTISED", "IMAGE", "CIDR",
      "CIDRS", "TRUSTED", "ALLOWED", "ORIGIN", "ORIGINS", "NOPROXY", "NO", "SUBNET", "NETMASK",
      "XMLNS", "SCHEMA",
    ]
    return words(name).contains { other.contains($0) }
  }
}
