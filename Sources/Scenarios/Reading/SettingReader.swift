package import KubernetesManifests

/// Reads a YAML tree by the reference: checks shapes, names and ranges, fills in defaults, and
/// gathers everything that is wrong.
package struct SettingReader {
  private let reader: YAMLReader

  /// A reader that reports to the given one.
  package init(_ reader: YAMLReader) { self.reader = reader }

  /// Reads one field.
  ///
  /// What is wrong is reported and reads as `.invalid`, so that reading goes on.
  package func read(_ yaml: YAMLValue, as type: FieldType, path: String) -> Setting {
    let value: Setting.Value? =
      switch type {
      case .list(let element, let minimum): list(yaml, of: element, minimum: minimum, path)
      case .pair(let first, let second): pair(yaml, first, second, path)
      case .group(let fields): group(yaml, fields, path)
      case .map(let key, let element): map(yaml, key, of: element, path)
      case .oneOf(let fields, let shorthand): oneOf(yaml, fields, shorthand, path)
      case .either(let first, let second):
        read(yaml, as: yaml.scalar == nil ? second : first, path: path).value
      case .raw: .raw(yaml)
      default: ScalarReading.read(yaml, as: type, path: path, reader)
      }
    return Setting(value ?? .invalid, at: yaml.mark, path: path)
  }

  private func list(
    _ yaml: YAMLValue,
    of element: FieldType,
    minimum: Int,
    _ path: String
  ) -> Setting.Value? {
    guard let elements = reader.sequence(yaml, path: path) else { return nil }
    if elements.count < minimum {
      reader.report("the list is empty", at: yaml.mark, path: path, hint: "give at least one")
    }
    return .list(elements.map { read($0.value, as: element, path: $0.path) })
  }

  private func pair(
    _ yaml: YAMLValue,
    _ first: FieldType,
    _ second: FieldType,
    _ path: String
  ) -> Setting.Value? {
    guard let elements = reader.sequence(yaml, path: path) else { return nil }
    guard elements.count == 2 else {
      reader.report("expected two values, found \(elements.count)", at: yaml.mark, path: path)
      return nil
    }
    return .list([
      read(elements[0].value, as: first, path: elements[0].path),
      read(elements[1].value, as: second, path: elements[1].path),
    ])
  }

  private func map(
    _ yaml: YAMLValue,
    _ kind: String,
    of element: FieldType,
    _ path: String
  ) -> Setting.Value? {
    let fields = reader.mapping(yaml, path: path)
    guard fields.isValid else { return nil }
    // Workloads and paths have a syntax of their own and are looked up; the rest names things.
    let written = fields.limitedEntries()
    if !["workload", "path", "label"].contains(kind) { checkNames(written) }
    var entries: [Setting.Entry] = []
    for pair in written where !pair.value.isNull || element.acceptsNull {
      let setting = read(pair.value, as: element, path: pair.path)
      entries.append(Setting.Entry(key: pair.key, mark: pair.keyMark, setting: setting))
    }
    return .group(entries)
  }

  private func checkNames(_ entries: [YAMLEntry]) {
    for entry in entries where !NameLiteral.isName(entry.key) {
      let shown = YAMLScalar(text: entry.key, style: .quoted).excerpt
      reader.report(
        "'\(shown)' is not a name",
        at: entry.keyMark,
        path: entry.path,
        hint: "write \(NameLiteral.inWords)"
      )
    }
  }

  private func group(
    _ yaml: YAMLValue,
    _ fields: [ScenarioField],
    _ path: String
  ) -> Setting.Value? {
    var given = reader.mapping(yaml, path: path)
    guard given.isValid else { return nil }
    var entries: [Setting.Entry] = []
    for field in fields {
      let fieldPath = given.path(of: field.name)
      let written = given.value(field.name, required: field.presence == .required)
      let setting =
        written.map { read($0, as: field.type, path: fieldPath) }
        ?? missing(field, at: yaml.mark, fieldPath)
      entries.append(Setting.Entry(key: field.name, mark: setting.mark, setting: setting))
    }
    given.finish()
    return .group(entries)
  }

  /// What holds for a field that is not written.
  private func missing(
    _ field: ScenarioField,
    at mark: SourceMark,
    _ path: String
  ) -> Setting {
    switch field.presence {
    case .required: return Setting(.invalid, at: mark, path: path)
    case .optional, .derived: return Setting(.absent, at: mark, path: path)
    case .preset(let text): return read(Self.yaml(text, at: mark), as: field.type, path: path)
    case .filled:
      if case .list = field.type { return Setting(.list([]), at: mark, path: path) }
      return read(YAMLValue(.mapping([]), at: mark), as: field.type, path: path)
    }
  }

  private func oneOf(
    _ yaml: YAMLValue,
    _ fields: [ScenarioField],
    _ shorthand: String?,
    _ path: String
  ) -> Setting.Value? {
    guard let pairs = yaml.pairs else { return oneOfScalar(yaml, fields, shorthand, path) }
    let names = fields.map(\.name)
    guard pairs.count == 1 else {
      reader.report(
        "expected exactly one field, found \(pairs.count)",
        at: yaml.mark,
        path: path,
        hint: "one of: " + names.joined(separator: ", ")
      )
      return nil
    }
    let inner = Self.join(path, pairs[0].key)
    guard let field = fields.first(where: { $0.name == pairs[0].key }) else {
      reader.report(
        "unknown field '\(YAMLScalar(text: pairs[0].key, style: .quoted).excerpt)'",
        at: pairs[0].keyMark,
        path: inner,
        hint: EditDistance.hint(for: pairs[0].key, in: names)
      )
      return nil
    }
    if pairs[0].value.isNull, field.presence == .filled {
      return .choice(field.name, missing(field, at: yaml.mark, inner))
    }
    return .choice(field.name, read(pairs[0].value, as: field.type, path: inner))
  }

  /// An alternative by its bare name, or the value of the one that needs no name.
  private func oneOfScalar(
    _ yaml: YAMLValue,
    _ fields: [ScenarioField],
    _ shorthand: String?,
    _ path: String
  ) -> Setting.Value? {
    let text = yaml.scalar?.text ?? ""
    let named = fields.first { $0.name == text }
    if let named, named.presence == .filled {
      return .choice(named.name, missing(named, at: yaml.mark, Self.join(path, named.name)))
    }
    let near = EditDistance.nearest(text, in: fields.map(\.name))
    let short = fields.first { $0.name == shorthand }
    if let short, yaml.scalar != nil, near == nil {
      return .choice(short.name, read(yaml, as: short.type, path: path))
    }
    let hint = named.map { "write {\($0.name): …}" } ?? near.map { "did you mean '\($0)'?" }
    let type = FieldType.oneOf(fields, shorthand: shorthand)
    reader.mismatch(yaml, expected: type.inWords, path: path, hint: hint)
    return nil
  }

  /// A default as YAML: a scalar or a flat list.
  private static func yaml(_ text: String, at mark: SourceMark) -> YAMLValue {
    guard text.hasPrefix("[") else { return .plain(text, at: mark) }
    let parts = text.dropFirst().dropLast().split(separator: ",").map { part in
      YAMLValue.plain(String(part.drop { $0 == " " }), at: mark)
    }
    return YAMLValue(.sequence(parts), at: mark)
  }

  private static func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? key : "\(path).\(key)"
  }
}

extension FieldType {
  /// Whether `null` is a value here: an override that removes a field.
  var acceptsNull: Bool {
    if case .raw = self { true } else { false }
  }
}
