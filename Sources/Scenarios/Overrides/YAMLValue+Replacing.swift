import KubernetesManifests

extension YAMLValue {
  /// The tree with the node at a path replaced, or removed when the new value is null.
  ///
  /// What is missing on the way is created, and a scalar on the way gives room to a mapping: below
  /// `connection: perRequest`, `connection.http2.maxAge` is a fair thing to set. In a list, a key
  /// means the element of that `name`.
  func replacing(
    _ path: ArraySlice<PathComponent>,
    with value: YAMLValue
  ) throws(InputProblem) -> YAMLValue {
    guard let first = path.first else { return value }
    if let elements { return try replacing(first, of: elements, path.dropFirst(), with: value) }
    guard case .key(let key) = first else {
      throw InputProblem("\(kindInWords) has no element")
    }
    var pairs = self.pairs ?? []
    let index = pairs.firstIndex { $0.key == key }
    if path.count == 1, value.isNull {
      if let index { pairs.remove(at: index) }
    } else if let index {
      pairs[index].value = try pairs[index].value.replacing(path.dropFirst(), with: value)
    } else {
      let empty = YAMLValue(.mapping([]), at: value.mark)
      let inner = try empty.replacing(path.dropFirst(), with: value)
      pairs.append(YAMLPair(key: key, keyMark: value.mark, value: inner))
    }
    return YAMLValue(.mapping(pairs), at: mark)
  }

  private func replacing(
    _ step: PathComponent,
    of elements: [YAMLValue],
    _ rest: ArraySlice<PathComponent>,
    with value: YAMLValue
  ) throws(InputProblem) -> YAMLValue {
    let index = try Self.position(of: step, in: elements)
    var changed = elements
    if rest.isEmpty, value.isNull {
      changed.remove(at: index)
    } else {
      changed[index] = try changed[index].replacing(rest, with: value)
    }
    return YAMLValue(.sequence(changed), at: mark)
  }

  private static func position(
    of step: PathComponent,
    in elements: [YAMLValue]
  ) throws(InputProblem) -> Int {
    switch step {
    case .index(let index):
      if elements.indices.contains(index) { return index }
      throw InputProblem("there is no element [\(index)], the list has \(elements.count)")
    case .key(let key):
      let names = elements.map { $0["name"]?.scalar?.text ?? "" }
      if let index = names.firstIndex(of: key) { return index }
      if let index = Int(key), elements.indices.contains(index) { return index }
      throw InputProblem(
        "the list has no element named '\(key)'",
        hint: EditDistance.hint(for: key, in: names.filter { !$0.isEmpty })
      )
    }
  }
}
