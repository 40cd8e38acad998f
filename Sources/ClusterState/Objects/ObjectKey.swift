/// The name of an object within its kind: namespace and name.
package struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var namespace: String
  package var name: String

  package init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `namespace/name`.
  package var description: String { "\(namespace)/\(name)" }

  package static func < (a: ObjectKey, b: ObjectKey) -> Bool {
    (a.namespace, a.name) < (b.namespace, b.name)
  }
}
