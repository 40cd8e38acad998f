import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get namespaces`: those that the manifests hold or use.
enum NamespacesResource: ResourceTable {
  static let name = "namespaces"
  static let shortNames = ["ns", "namespace"]
  static let apiVersion = "v1"
  static let kind = "Namespace"
  static let isNamespaced = false
  static let columns = ["NAME", "STATUS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.snapshot.dns.namespaces.sorted().map { name in
      ResourceRow(
        "",
        name,
        labels: labels(name, picture),
        [name, "Active", KubectlDuration.text(picture.age)]
      )
    }
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.snapshot.dns.namespaces.sorted().map { name in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          ObjectKey("", name),
          labels: labels(name, picture),
          created: picture.age,
          in: picture
        ),
        status: .fields(["phase": .string("Active")])
      )
    }
  }

  private static func labels(_ name: String, _ picture: ClusterPicture) -> Labels {
    let own = picture.manifests.namespaces.first { $0.name.value == name }?.labels ?? Labels()
    let key = "kubernetes.io/metadata.name"
    let others = own.entries.filter { $0.key != key }.map { ($0.key, $0.value) }
    return Labels(others + [(key, name)])
  }
}
