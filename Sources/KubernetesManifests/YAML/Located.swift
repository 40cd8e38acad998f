/// A value with the place in the file that gave it, for messages written later.
package struct Located<Value> {
  package var value: Value
  package var mark: SourceMark

  package init(_ value: Value, at mark: SourceMark) {
    self.value = value
    self.mark = mark
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
