/// Who wants to connect.
package enum TraceClient: Hashable, Sendable {
  /// A pod of a workload, or of any when none is named.
  case pod(namespace: String, workload: String? = nil)
  /// A machine outside the cluster, which sees neither cluster DNS nor virtual addresses.
  case outside
}
