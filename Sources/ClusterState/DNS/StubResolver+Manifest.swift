package import KubernetesManifests

extension StubResolver {
  /// The resolver that a pod gets from `dnsPolicy`, `dnsConfig` and `hostNetwork`.
  ///
  /// `ClusterFirst` on the host's network means the node's own DNS: it knows no Services, a trap.
  /// Follows `pkg/kubelet/network/dns/dns.go`: search domains are appended, options replaced.
  package init(_ network: PodNetwork, namespace: String, zone: DomainName = .clusterZone) {
    let isOfCluster =
      switch network.dnsPolicy {
      case .clusterFirst: !network.isHostNetwork
      case .clusterFirstWithHostNet: true
      case .byDefault, .none: false
      }
    self = isOfCluster ? StubResolver(namespace: namespace, zone: zone) : .ofNode
    for domain in network.dnsConfig.searches.compactMap(DomainName.init)
    where !search.contains(domain) {
      search.append(domain)
    }
    // glibc counts at most 15.
    if let dots = network.dnsConfig.ndots { ndots = min(max(0, dots), 15) }
  }
}
