/// How kube-proxy programs a node.
package enum ProxyMode: String, CaseIterable, Sendable {
  case iptables
  case ipvs
  case nftables
}
