import Foundation
import KubernetesManifests
import Testing

/// A file as people have it, and how many objects of each kind it holds, counted by hand.
struct DemoShop: Sendable, CustomTestStringConvertible {
  var file: String
  var counts: [String: Int]
  /// Objects of kinds that are not read.
  var others = 0

  var testDescription: String { file }

  static let all: [DemoShop] = [
    // Ten gRPC services, a load generator and a cache.
    DemoShop(file: "boutique.yaml", counts: ["Deployment": 12, "Service": 12], others: 10),
    // Eight services, five databases, a queue.
    DemoShop(
      file: "socks.yaml",
      counts: [
        "Namespace": 1, "Deployment": 14, "Service": 14, "HorizontalPodAutoscaler": 4,
      ]
    ),
    // Nine versions of four services, and a database.
    DemoShop(
      file: "books.yaml",
      counts: ["Deployment": 10, "Service": 5, "Secret": 1, "Ingress": 1],
      others: 4
    ),
    // Two sites with four Deployments, a database and a Job each.
    DemoShop(
      file: "voting.yaml",
      counts: ["Namespace": 2, "Deployment": 8, "StatefulSet": 2, "Job": 2, "Service": 8]
    ),
    // Ten services of a chart, the first three autoscaled and the first five with a budget; its
    // database with two Services, a test Pod and ten service accounts.
    DemoShop(
      file: "helm-commerce.yaml",
      counts: [
        "Deployment": 10, "StatefulSet": 1, "Service": 12, "HorizontalPodAutoscaler": 3,
        "PodDisruptionBudget": 5, "Ingress": 1, "Pod": 1, "ConfigMap": 1, "Secret": 1,
      ],
      others: 10
    ),
    // Three agents on every node, three stores with two Services and a budget each, five tools.
    DemoShop(
      file: "monitoring.yaml",
      counts: [
        "Namespace": 1, "DaemonSet": 3, "StatefulSet": 3, "Deployment": 5, "CronJob": 1,
        "Service": 11, "PodDisruptionBudget": 3, "ConfigMap": 3, "Secret": 1,
      ],
      others: 1
    ),
    // Five stateful sets with two Services and a budget each, six Deployments.
    DemoShop(
      file: "kafka.yaml",
      counts: [
        "Namespace": 1, "StatefulSet": 5, "Deployment": 6, "Job": 1, "Service": 11,
        "PodDisruptionBudget": 5, "HorizontalPodAutoscaler": 1,
      ]
    ),
    // Four blogs with a database, two Services, a Secret and two claims each; a landing page, an
    // image proxy, and three more Services.
    DemoShop(
      file: "blogs.yaml",
      counts: [
        "Deployment": 10, "Service": 11, "Secret": 5, "Ingress": 2, "ConfigMap": 1,
        "Endpoints": 1,
      ],
      others: 8
    ),
    // Five CronJobs in a List, three Jobs in a JobList, four Deployments with Services.
    DemoShop(
      file: "batch.yaml",
      counts: [
        "Namespace": 1, "CronJob": 5, "Job": 3, "Deployment": 4, "ReplicaSet": 1, "Service": 4,
      ],
      others: 2
    ),
    // Ten Deployments of four teams with Services, and five objects around them.
    DemoShop(
      file: "many-teams.yaml",
      counts: [
        "Namespace": 4, "Deployment": 10, "StatefulSet": 1, "DaemonSet": 1, "Service": 12,
        "EndpointSlice": 1, "Ingress": 1, "HorizontalPodAutoscaler": 1,
      ],
      others: 1
    ),
    DemoShop(
      file: "service-basics.yaml",
      counts: ["Namespace": 1, "Deployment": 1, "StatefulSet": 1, "Service": 8]
    ),
  ]
}

@Suite("Files in the style of public demo shops are read unchanged")
struct DemoShopTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Manifests")

  private func load(_ shop: DemoShop) throws -> ManifestLoader.Loaded {
    try ManifestLoader.load(paths: [shop.file], relativeTo: Self.folder.path)
  }

  /// The objects of each kind that were read.
  private func counts(_ set: ManifestSet) -> [String: Int] {
    let all: [String: Int] = [
      "Deployment": set.deployments.count, "StatefulSet": set.statefulSets.count,
      "DaemonSet": set.daemonSets.count, "ReplicaSet": set.replicaSets.count,
      "Job": set.jobs.count, "CronJob": set.cronJobs.count, "Pod": set.pods.count,
      "Service": set.services.count, "Endpoints": set.endpoints.count,
      "EndpointSlice": set.endpointSlices.count, "Ingress": set.ingresses.count,
      "HorizontalPodAutoscaler": set.autoscalers.count,
      "PodDisruptionBudget": set.podDisruptionBudgets.count, "Namespace": set.namespaces.count,
      "ConfigMap": set.configMaps.count, "Secret": set.secrets.count, "Node": set.nodes.count,
    ]
    return all.filter { $0.value > 0 }
  }

  @Test("without an error, every object counted", arguments: DemoShop.all)
  func isRead(_ shop: DemoShop) throws {
    do {
      let loaded = try load(shop)
      #expect(counts(loaded.manifests) == shop.counts)
      // Objects that are read but not simulated have a remark too.
      let unread = [
        "ServiceAccount", "PersistentVolumeClaim", "PriorityClass", "ResourceQuota",
        "ServiceMonitor", "NetworkPolicy",
      ]
      let others = loaded.manifests.ignored.count { remark in
        unread.contains { remark.message.contains(" kind \($0) ") }
      }
      #expect(others == shop.others)
    } catch let error as InvalidInput {
      Issue.record("\(error.diagnostics.map(\.rendered))")
    }
  }

  @Test("each shop has at least ten workloads")
  func areLarge() {
    let kinds = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"]
    for shop in DemoShop.all where shop.file != "service-basics.yaml" {
      #expect(kinds.reduce(0) { $0 + (shop.counts[$1] ?? 0) } >= 10, "\(shop.file)")
    }
    #expect(DemoShop.all.count == 11)
  }

  @Test("every file of the folder is one of them")
  func allFilesAreRead() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(DemoShop.all.map(\.file)))
  }

  @Test("the selector that misses is legal, and so is everything around it")
  func selectorsThatMiss() throws {
    let set = try load(DemoShop(file: "service-basics.yaml", counts: [:])).manifests
    let checkout = try #require(set.services.first { $0.metadata.name.value == "checkout-service" })
    let backend = try #require(set.deployments.first)
    #expect(!checkout.selector.value.areContained(in: backend.template.labels))
    #expect(checkout.selector.value["tier"] == "api-backend")
    #expect(backend.template.labels["tier"] == "backend")
    let db = try #require(set.statefulSets.first)
    let governing = try #require(
      set.services.first { $0.metadata.name.value == db.serviceName?.value }
    )
    #expect(governing.isHeadless && db.replicas.value == 3)
  }
}
