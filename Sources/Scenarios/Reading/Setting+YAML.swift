import ClusterSimulator
import KubernetesManifests
import SimKernel

extension Setting {
  /// The setting as YAML with units written out; `nil` when there is nothing to write.
  var yaml: YAMLValue? {
    switch value {
    case .absent, .invalid: nil
    case .text(let text): .quoted(text, at: mark)
    case .boolean(let flag): plain(flag ? "true" : "false")
    case .integer(let integer): plain("\(integer)")
    case .number(let number): plain(NumberLiteral.format(number))
    case .ratio(let partsPerMillion): plain(NumberLiteral.formatRatio(partsPerMillion))
    case .duration(let duration): plain(Self.text(duration))
    case .delay(let delay): yaml(of: delay)
    case .rate(let rate): plain(NumberLiteral.format(rate) + "/s")
    case .cpu(let milli): .quoted(FieldType.cpu(milli), at: mark)
    case .memory(let bytes): .quoted(FieldType.memory(bytes), at: mark)
    case .money(let money): plain(money.text)
    case .cidr(let range): plain(range.text)
    case .unlimited: plain("unlimited")
    case .list(let items): YAMLValue(.sequence(items.compactMap(\.yaml)), at: mark)
    case .group(let entries): mapping(entries)
    case .choice(let name, let setting): choice(name, setting)
    case .raw(let yaml): yaml
    }
  }

  private func plain(_ text: String) -> YAMLValue { .plain(text, at: mark) }

  private func yaml(of delay: UniformDelay) -> YAMLValue {
    if delay.low == delay.high { return plain(Self.text(delay.low)) }
    return YAMLValue(
      .sequence([plain(Self.text(delay.low)), plain(Self.text(delay.high))]),
      at: mark
    )
  }

  private func mapping(_ entries: [Entry]) -> YAMLValue {
    let pairs = entries.compactMap { entry in
      entry.setting.yaml.map { YAMLPair(key: entry.key, keyMark: entry.mark, value: $0) }
    }
    return YAMLValue(.mapping(pairs), at: mark)
  }

  /// A bare name where the alternative has no fields, else the name with its value.
  private func choice(_ name: String, _ setting: Setting) -> YAMLValue? {
    guard let inner = setting.yaml else { return nil }
    if let pairs = inner.pairs, pairs.isEmpty { return plain(name) }
    return YAMLValue(.mapping([YAMLPair(key: name, keyMark: mark, value: inner)]), at: mark)
  }

  private static func text(_ duration: SimDuration) -> String {
    DurationSyntax.text(nanoseconds: duration.nanoseconds)
  }
}
