import KubernetesManifests

/// A LoadBalancer where nothing provides one.
package enum PendingLoadBalancer: Rule {
  package static let code = "PS1401"
  package static let severity = Finding.Severity.note
  package static let title = "a LoadBalancer needs a provider"
  package static let cause = """
    A Service has type LoadBalancer, and nothing in these manifests tells who provides it. With \
    --bare-metal, which says that nobody does, it is an error.
    """
  package static let effect = """
    Without a provider EXTERNAL-IP stays <pending> for ever, and no event tells why. The \
    Service's ClusterIP and its node port work meanwhile.
    """
  package static let fix = """
    Install a provider (MetalLB on bare metal), or use an Ingress controller behind a NodePort.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    if inventory.cluster.hasLoadBalancers == true || hasProvider(inventory) { return [] }
    let isMissing = inventory.cluster.hasLoadBalancers == false
    return inventory.services.compactMap { service in
      guard service.type == "LoadBalancer", let type = service.spec.at("type"),
        isMissing || !isMeantForOne(service)
      else { return nil }
      return finding(
        service.object,
        at: type.span,
        isMissing
          ? "the cluster has no load balancer provider, so EXTERNAL-IP stays <pending>"
          : "EXTERNAL-IP stays <pending> unless the cluster has a load balancer provider",
        severity: isMissing ? .error : severity,
        fix: isMissing
          ? "write `type: NodePort`, or install a provider such as MetalLB"
          : "nothing on a managed cloud; on bare metal install MetalLB or write `type: NodePort`"
      )
    }
  }

  /// Address pools of MetalLB and the like.
  private static func hasProvider(_ inventory: Inventory) -> Bool {
    inventory.objects.contains {
      ["IPAddressPool", "CiliumLoadBalancerIPPool", "L2Advertisement"].contains($0.kind)
    }
  }

  /// Whether a class or an annotation names the provider.
  private static func isMeantForOne(_ service: ServiceView) -> Bool {
    service.spec.at("loadBalancerClass") != nil
      || (service.object.tree.at("metadata", "annotations")?.pairs ?? [])
        .contains { LoadBalancerAnnotation.isOne($0.key) }
  }
}

/// Annotations that only providers of load balancers read.
enum LoadBalancerAnnotation {
  static func isOne(_ key: String) -> Bool {
    let prefixes = [
      "service.beta.kubernetes.io/", "service.kubernetes.io/", "cloud.google.com/",
      "networking.gke.io/", "metallb.universe.tf/", "metallb.io/", "load-balancer.hetzner.cloud/",
      "oci.oraclecloud.com/", "loadbalancer.openstack.org/",
    ]
    let harmless = ["service.kubernetes.io/topology-mode", "cloud.google.com/neg"]
    return prefixes.contains { key.hasPrefix($0) } && !harmless.contains(key)
  }
}
