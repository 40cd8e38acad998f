import ClusterState
import KubernetesManifests

/// `kubectl describe ingress`.
enum DescribeIngresses: Describable {
  static let resource: any ResourceTable.Type = IngressesResource.self

  static func descriptions(in picture: ClusterPicture) -> [Description] {
    picture.sortedIngresses.map { ingress in
      let namespace = ingress.metadata.namespace
      var text = Description(
        ObjectKey(namespace, ingress.metadata.name.value),
        labels: ingress.metadata.labels
      )
      text.add("Address", "")
      text.add("Ingress Class", ingress.ingressClassName?.value ?? "<none>")
      text.add(
        "Default backend",
        ingress.defaultBackend.map { words($0, namespace, picture) } ?? "<default>"
      )
      for tls in ingress.tls {
        let hosts = tls.hosts.isEmpty ? "<all>" : tls.hosts.joined(separator: ",")
        text.add("TLS", "\(tls.secretName ?? "SNI routes") terminates \(hosts)")
      }
      text.append(rules(ingress, picture))
      return text
    }
  }

  private static func rules(_ ingress: Ingress, _ picture: ClusterPicture) -> [String] {
    var grid = [["Host", "Path", "Backends"], ["----", "----", "--------"]]
    for rule in ingress.rules {
      grid.append([rule.host.isEmpty ? "*" : rule.host, "", ""])
      for path in rule.paths {
        let backend = words(path.backend, ingress.metadata.namespace, picture)
        grid.append(["", path.path, backend])
      }
    }
    let widths = (0..<2).map { column in (grid.map { $0[column].count }.max() ?? 0) + 2 }
    let lines = grid.map { row in
      let text =
        "  " + (0..<2).map { Description.pad(row[$0], to: widths[$0]) }.joined() + row[2]
      return row[2].isEmpty ? "  " + row[0] : text
    }
    return ["Rules:"] + lines
  }

  /// `service:port (addresses)`, or that there is no such Service or nothing behind it.
  private static func words(
    _ backend: Ingress.Backend,
    _ namespace: String,
    _ picture: ClusterPicture
  ) -> String {
    guard case .service(let name, let port, _) = backend else {
      if case .resource(let words, _) = backend { return words }
      return ""
    }
    let number =
      switch port {
      case .number(let number): String(number)
      case .name(let name): name
      }
    let head = "\(name):\(number)"
    guard let service = picture.snapshot.service(ObjectKey(namespace, name)) else {
      return "\(head) (<error: services \"\(name)\" not found>)"
    }
    let match = service.ports.first {
      port == .number($0.port) || $0.name.map { port == .name($0) } ?? false
    }
    let view = picture.snapshot.endpoints(of: service)
    let addresses = view.subsets.flatMap { subset in
      subset.ports.filter { $0.name == match?.name ?? "" }.flatMap { port in
        subset.addresses.map { "\($0.ip):\(port.port)" }
      }
    }
    return "\(head) (\(match == nil ? "" : Shortened.text(addresses, none: "")))"
  }
}
