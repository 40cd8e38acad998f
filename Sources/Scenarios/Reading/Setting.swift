package import ClusterSimulator
package import KubernetesManifests
package import SimKernel

/// A field of a scenario after reading: its checked value, where it stood and what it is called.
package struct Setting: Sendable {
  /// What the field holds, units gone.
  package indirect enum Value: Sendable {
    /// Not written, and nothing holds instead.
    case absent
    /// Written wrongly; an error says so already.
    case invalid
    case text(String)
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    /// In parts per million.
    case ratio(Int)
    case duration(SimDuration)
    case delay(UniformDelay)
    /// A second.
    case rate(Double)
    /// In thousandths of a core.
    case cpu(Int)
    /// In bytes.
    case memory(Int)
    case money(MoneyLiteral)
    case cidr(CIDRLiteral)
    case unlimited
    case list([Setting])
    /// Fixed or free keys, in the order of the reference or of the file.
    case group([Entry])
    /// One alternative of several.
    case choice(String, Setting)
    case raw(YAMLValue)
  }
  package struct Entry: Sendable {
    package var key: String
    package var mark: SourceMark
    package var setting: Setting
  }
  package var value: Value
  package var mark: SourceMark
  /// The field path, such as `spec.traffic[0].timeout`.
  package var path: String

  package init(_ value: Value, at mark: SourceMark, path: String) {
    self.value = value
    self.mark = mark
    self.path = path
  }
}

/// Access by name. A wrong name or type is a mismatch between the reference and its user, never
/// the fault of a file; it reads as "not given", and the tests of the lowering would show it.
extension Setting {
  /// A field of a group; absent when there is none.
  package subscript(key: String) -> Setting {
    entries.first { $0.key == key }?.setting ?? Setting(.absent, at: mark, path: path + "." + key)
  }

  /// The entries of a group or map.
  package var entries: [Entry] {
    if case .group(let entries) = value { entries } else { [] }
  }

  /// The elements of a list.
  package var items: [Setting] {
    if case .list(let items) = value { items } else { [] }
  }

  /// Whether something was written or holds by default.
  package var isPresent: Bool {
    if case .absent = value { false } else { true }
  }

  package var text: String? {
    if case .text(let text) = value { text } else { nil }
  }

  package var isTrue: Bool {
    if case .boolean(let flag) = value { flag } else { false }
  }

  package var integer: Int? {
    if case .integer(let integer) = value { integer } else { nil }
  }

  package var number: Double? {
    if case .number(let number) = value { number } else { nil }
  }

  package var duration: SimDuration? {
    switch value {
    case .duration(let duration): duration
    case .unlimited: .forever
    default: nil
    }
  }

  package var delay: UniformDelay? {
    if case .delay(let delay) = value { delay } else { nil }
  }

  package var rate: Double? {
    if case .rate(let rate) = value { rate } else { nil }
  }

  package var cpu: Int? {
    if case .cpu(let milli) = value { milli } else { nil }
  }

  package var memory: Int? {
    if case .memory(let bytes) = value { bytes } else { nil }
  }

  package var choice: (name: String, setting: Setting)? {
    if case .choice(let name, let setting) = value { (name, setting) } else { nil }
  }

  /// Puts a value in place of an absent one: a default that other fields decide.
  package mutating func fill(_ key: String, with value: Value) {
    guard case .group(var entries) = self.value, !self[key].isPresent else { return }
    let setting = Setting(value, at: mark, path: path + "." + key)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].setting = setting
    } else {
      entries.append(Entry(key: key, mark: mark, setting: setting))
    }
    self.value = .group(entries)
  }

  /// Changes a field of a group in place.
  package mutating func update(_ key: String, _ change: (inout Setting) -> Void) {
    guard case .group(var entries) = value,
      let index = entries.firstIndex(where: { $0.key == key })
    else { return }
    change(&entries[index].setting)
    value = .group(entries)
  }

  /// Changes every field of a group in place.
  package mutating func updateAll(_ change: (inout Setting) -> Void) {
    guard case .group(var entries) = value else { return }
    for index in entries.indices { change(&entries[index].setting) }
    value = .group(entries)
  }
}
