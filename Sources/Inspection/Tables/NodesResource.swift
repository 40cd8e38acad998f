import ClusterState
import KubernetesManifests
import Reports

/// `kubectl get nodes`.
enum NodesResource: ResourceTable {
  static let name = "nodes"
  static let shortNames = ["no", "node"]
  static let apiVersion = "v1"
  static let kind = "Node"
  static let isNamespaced = false
  static let columns = ["NAME", "STATUS", "ROLES", "AGE", "VERSION"] + wideColumns
  static let wideColumns = [
    "INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME",
  ]
  private static let version = "v1.36.2"
  private static let cordonTaint = "node.kubernetes.io/unschedulable"

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.nodes.map { node in
      let status =
        (node.isReady ? "Ready" : "NotReady") + (node.isCordoned ? ",SchedulingDisabled" : "")
      return ResourceRow(
        "",
        node.state.name,
        labels: picture.labels(of: node),
        [
          node.state.name, status, roles(picture.labels(of: node)),
          KubectlDuration.text(picture.age), version, node.state.internalIP ?? "<none>", "<none>",
          "<unknown>", "<unknown>", "<unknown>",
        ]
      )
    }
  }

  private static func roles(_ labels: Labels) -> String {
    let prefix = "node-role.kubernetes.io/"
    var roles = labels.entries.filter { $0.key.hasPrefix(prefix) }
      .map { String($0.key.dropFirst(prefix.count)) }
    if let role = labels["kubernetes.io/role"] { roles.append(role) }
    roles.removeAll(where: \.isEmpty)
    return roles.isEmpty ? "<none>" : roles.sorted().joined(separator: ",")
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.nodes.map { node in
      KubernetesObject.json(
        self,
        KubernetesObject.metadata(
          ObjectKey("", node.state.name),
          labels: picture.labels(of: node),
          created: picture.age,
          in: picture
        ),
        spec: .fields([
          "unschedulable": .flag(node.isCordoned), "taints": .list(taints(node, in: picture)),
        ]),
        status: .fields([
          "addresses": .list(
            node.state.internalIP.map { address in
              [.fields(["type": .string("InternalIP"), "address": .string(address)])]
            } ?? []
          ),
          "conditions": .array([
            KubernetesObject.condition("Ready", node.isReady, otherwise: "Unknown")
          ]),
          "nodeInfo": .fields(["kubeletVersion": .string(version)]),
        ])
      )
    }
  }

  /// Those of the manifest, and the one of a node that is cordoned.
  private static func taints(
    _ node: ClusterPicture.Node,
    in picture: ClusterPicture
  ) -> [JSON] {
    let manifest = picture.manifests.nodes.first { $0.metadata.name.value == node.state.name }
    var taints = (manifest?.taints ?? []).map { taint -> JSON in
      .fields([
        "key": .string(taint.key), "value": .text(taint.value.isEmpty ? nil : taint.value),
        "effect": .string(taint.effect.rawValue),
      ])
    }
    let isCordonTaint = { (taint: Node.Taint) in taint.key == cordonTaint }
    if node.isCordoned, !(manifest?.taints.contains(where: isCordonTaint) ?? false) {
      taints.append(
        .fields([
          "key": .string(cordonTaint), "effect": .string("NoSchedule"),
        ])
      )
    }
    return taints
  }
}

extension ClusterPicture {
  /// The labels of the manifest, and those that every node has.
  func labels(of node: Node) -> Labels {
    let own = manifests.nodes.first { $0.metadata.name.value == node.state.name }?.metadata.labels
    var entries = (own ?? Labels()).entries.map { ($0.key, $0.value) }
    let usual = [
      ("kubernetes.io/hostname", node.state.name),
      ("topology.kubernetes.io/zone", node.state.zone ?? ""),
    ]
    for (key, value) in usual where !value.isEmpty && own?[key] == nil {
      entries.append((key, value))
    }
    return Labels(entries)
  }
}
