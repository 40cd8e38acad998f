/// A node, as far as traffic is concerned.
package struct NodeState: Hashable, Sendable {
  package var name: String
  package var zone: String?
  /// The address under which node ports are reached.
  package var internalIP: String?

  package init(_ name: String, zone: String? = nil, internalIP: String? = nil) {
    self.name = name
    self.zone = zone
    self.internalIP = internalIP
  }
}
