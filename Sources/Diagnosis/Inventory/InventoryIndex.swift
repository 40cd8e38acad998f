/// Who is called what and who selects whom, so that rules need not look through everything.
struct InventoryIndex: Sendable {
  private var servicesByName: [String: [Int]] = [:]
  private var namespaces: Set<String> = []
  /// By the Service's place in its list.
  private var workloadsBehind: [[Int]] = []
  /// By the workload's place in its list.
  private var servicesBefore: [[Int]] = []
  /// From the place of an object among all to its place in its own list.
  private var places: [Int: Int] = [:]

  init() {}

  init(objects: [ManifestObject], workloads: [WorkloadView], services: [ServiceView]) {
    for object in objects {
      namespaces.insert(object.kind == "Namespace" ? object.name : object.namespace)
    }
    var local: [String: [Int]] = [:]
    for (index, workload) in workloads.enumerated() {
      local[workload.object.namespace, default: []].append(index)
      places[workload.object.order] = index
    }
    servicesBefore = Array(repeating: [], count: workloads.count)
    for (index, service) in services.enumerated() {
      servicesByName[service.object.name, default: []].append(index)
      places[service.object.order] = index
      let own = local[service.object.namespace] ?? []
      let behind = own.filter { service.selects(workloads[$0]) }
      workloadsBehind.append(behind)
      for workload in behind { servicesBefore[workload].append(index) }
    }
  }

  /// Places of the Services of a name, in file order.
  func services(named name: String) -> [Int] { servicesByName[name] ?? [] }

  /// Whether any object is in the namespace, or is the namespace.
  func knows(namespace: String) -> Bool { namespaces.contains(namespace) }

  /// Places of the workloads that a Service leads to.
  func workloads(behind service: ManifestObject) -> [Int] {
    places[service.order].map { workloadsBehind[$0] } ?? []
  }

  /// Places of the Services that lead to a workload.
  func services(before workload: ManifestObject) -> [Int] {
    places[workload.order].map { servicesBefore[$0] } ?? []
  }
}
