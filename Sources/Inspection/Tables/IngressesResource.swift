import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get ingresses`.
enum IngressesResource: ResourceTable {
  static let name = "ingresses"
  static let shortNames = ["ing", "ingress"]
  static let apiVersion = "networking.k8s.io/v1"
  static let kind = "Ingress"
  static let isNamespaced = true
  static let columns = ["NAME", "CLASS", "HOSTS", "ADDRESS", "PORTS", "AGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.sortedIngresses.map { ingress in
      ResourceRow(
        ingress.metadata.namespace,
        ingress.metadata.name.value,
        labels: ingress.metadata.labels,
        [
          ingress.metadata.name.value, ingress.ingressClassName?.value ?? "<none>",
          hosts(ingress), "", ingress.tls.isEmpty ? "80" : "80, 443",
          KubectlDuration.text(picture.age),
        ]
      )
    }
  }

  /// Three at most; rules for every host have none to show.
  private static func hosts(_ ingress: Ingress) -> String {
    let named = ingress.rules.map(\.host).filter { !$0.isEmpty }
    if named.isEmpty { return "*" }
    let shown = named.prefix(3).joined(separator: ",")
    return named.count > 3 ? "\(shown) + \(ingress.rules.count - 3) more..." : shown
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.sortedIngresses.map { ingress in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          ObjectKey(ingress.metadata.namespace, ingress.metadata.name.value),
          labels: ingress.metadata.labels,
          annotations: ingress.metadata.annotations,
          created: picture.age,
          in: picture
        ),
        spec: .fields([
          "ingressClassName": .text(ingress.ingressClassName?.value),
          "defaultBackend": ingress.defaultBackend.map(json),
          "rules": .list(ingress.rules.map(json)),
          "tls": .list(
            ingress.tls.map {
              .fields(["hosts": .texts($0.hosts), "secretName": .text($0.secretName)])
            }
          ),
        ]),
        status: .fields(["loadBalancer": .fields([:])])
      )
    }
  }

  private static func json(_ rule: Ingress.Rule) -> JSON {
    let paths = rule.paths.map { path -> JSON in
      .fields([
        "path": .text(path.path.isEmpty ? nil : path.path),
        "pathType": .string(path.type.rawValue), "backend": json(path.backend),
      ])
    }
    return .fields([
      "host": .text(rule.host.isEmpty ? nil : rule.host),
      "http": paths.isEmpty ? nil : .fields(["paths": .array(paths)]),
    ])
  }

  private static func json(_ backend: Ingress.Backend) -> JSON {
    switch backend {
    case .service(let name, .number(let number), _):
      service(name, .fields(["number": .integer(number)]))
    case .service(let name, .name(let port), _): service(name, .fields(["name": .string(port)]))
    case .resource(let words, _): .fields(["resource": .fields(["name": .string(words)])])
    }
  }

  private static func service(_ name: String, _ port: JSON) -> JSON {
    .fields(["service": .fields(["name": .string(name), "port": port])])
  }
}

extension ClusterPicture {
  var sortedIngresses: [Ingress] {
    manifests.ingresses.sorted {
      ($0.metadata.namespace, $0.metadata.name.value)
        < ($1.metadata.namespace, $1.metadata.name.value)
    }
  }
}
