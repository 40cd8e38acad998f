/// How much of a file is read before it is refused; every limit is far above honest input.
package struct YAMLLimits: Sendable {
  /// Bytes of one file.
  package var fileSize = 16 << 20
  /// Documents in one file.
  package var documents = 1_000
  /// Mappings and lists inside each other.
  ///
  /// Everything after the parser may recurse this deep.
  package var depth = 100
  /// Nodes of one file after aliases are expanded, which is what stops an alias bomb.
  package var nodes = 1_000_000

  package init() {}
}
