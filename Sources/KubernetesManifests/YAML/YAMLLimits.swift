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
  /// Bytes of all texts of one file after aliases are expanded: a long text that is referred to a
  /// million times would be read a million times.
  package var text = 64 << 20

  package init() {}
}
