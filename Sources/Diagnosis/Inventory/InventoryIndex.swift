import KubernetesManifests

/// Who is called what and who selects whom, so that rules need not look through everything.
struct InventoryIndex: Sendable {
  private struct WorkloadKey: Hashable {
    var namespace: String
    var kind: String
    var name: String
  }
  private var servicesByName: [String: [Int]] = [:]
  private var servicesByPrefix: [String: [Int]] = [:]
  private var servicesByNamespace: [String: [Int]] = [:]
  private var workloadsByName: [WorkloadKey: Int] = [:]
  private var autoscalersByTarget: [WorkloadKey: Int] = [:]
  /// The addresses that somebody chose for a Service.
  private(set) var addresses: Set<String> = []
  /// Places of slices and Endpoints that somebody wrote down.
  private(set) var manualEndpoints: [Int] = []
  /// By file the places of its objects, from its top down.
  private var objectsByFile: [String: [Int]] = [:]
  /// Which workloads have which labels.
  private(set) var labels = LabelIndex()
  private var namespaces: Set<String> = []
  /// By the Service's place in its list.
  private var workloadsBehind: [[Int]] = []
  /// By the workload's place in its list.
  private var servicesBefore: [[Int]] = []
  /// From the place of an object among all to its place in its own list.
  private var places: [Int: Int] = [:]

  init() {}

  init(
    objects: [ManifestObject],
    workloads: [WorkloadView],
    services: [ServiceView],
    autoscalers: [AutoscalerView]
  ) {
    for (index, object) in objects.enumerated() {
      namespaces.insert(object.kind == "Namespace" ? object.name : object.namespace)
      objectsByFile[object.tree.mark.file, default: []].append(index)
      if ["Endpoints", "EndpointSlice"].contains(object.kind) { manualEndpoints.append(index) }
    }
    labels = LabelIndex(workloads)
    for (index, workload) in workloads.enumerated() {
      places[workload.object.order] = index
      let key = Self.key(of: workload)
      workloadsByName[key] = workloadsByName[key] ?? index
    }
    for (index, autoscaler) in autoscalers.enumerated() {
      guard let key = Self.key(ofTarget: autoscaler) else { continue }
      autoscalersByTarget[key] = autoscalersByTarget[key] ?? index
    }
    servicesBefore = Array(repeating: [], count: workloads.count)
    for (index, service) in services.enumerated() {
      servicesByName[service.object.name, default: []].append(index)
      servicesByPrefix[service.variablePrefix, default: []].append(index)
      servicesByNamespace[service.object.namespace, default: []].append(index)
      if let address = service.spec["clusterIP"]?.text { addresses.insert(address) }
      places[service.object.order] = index
      let own = labels.candidates(having: service.selector, in: service.object.namespace)
      let behind = own.filter { service.selects(workloads[$0]) }
      workloadsBehind.append(behind)
      for workload in behind { servicesBefore[workload].append(index) }
    }
  }

  private static func key(of workload: WorkloadView) -> WorkloadKey {
    let object = workload.object
    return WorkloadKey(namespace: object.namespace, kind: object.kind, name: object.name)
  }

  private static func key(ofTarget autoscaler: AutoscalerView) -> WorkloadKey? {
    autoscaler.targetName.text.map {
      WorkloadKey(
        namespace: autoscaler.object.namespace,
        kind: autoscaler.targetKind,
        name: $0
      )
    }
  }

  /// The place of the first workload that an autoscaler scales.
  func workload(scaledBy autoscaler: AutoscalerView) -> Int? {
    Self.key(ofTarget: autoscaler).flatMap { workloadsByName[$0] }
  }

  /// The place of the first autoscaler that scales a workload.
  func autoscaler(of workload: WorkloadView) -> Int? { autoscalersByTarget[Self.key(of: workload)] }

  /// Places of the Services that become variables with a prefix, in file order.
  func services(withPrefix prefix: String) -> [Int] { servicesByPrefix[prefix] ?? [] }

  /// Places of the Services of a namespace, in file order.
  func services(in namespace: String) -> [Int] { servicesByNamespace[namespace] ?? [] }

  /// The place of the last object of the mark's file that begins before it.
  func object(before mark: SourceMark, among objects: [ManifestObject]) -> Int? {
    let own = objectsByFile[mark.file] ?? []
    var (low, high) = (0, own.count)
    while low < high {
      let middle = (low + high) / 2
      let start = objects[own[middle]].tree.mark
      if (start.line, start.column) <= (mark.line, mark.column) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low > 0 ? own[low - 1] : nil
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
