import KubernetesManifests

/// `kubectl get ingresses`.
enum IngressesResource: ResourceTable {
  static let name = "ingresses"
  static let shortNames = ["ing", "ingress"]
  static let isNamespaced = true
  static let columns = ["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.ingresses.map { ingress in
      let hosts = ingress.rules.map { $0.host.isEmpty ? "*" : $0.host }
      return ResourceRow(
        ingress.metadata.namespace,
        ingress.metadata.name.value,
        [
          ingress.metadata.name.value, ingress.ingressClassName?.value ?? "<none>",
          hosts.isEmpty ? "*" : hosts.joined(separator: ","), "",
          !ingress.tls.isEmpty ? "80, 443" : "80", KubectlDuration.text(picture.age),
        ]
      )
    }
  }
}
