package import KubernetesManifests

/// Everything that rules may look at: the objects of all manifests, and what a scenario says.
package struct Inventory: Sendable {
  package private(set) var objects: [ManifestObject] = []
  package private(set) var workloads: [WorkloadView] = []
  package private(set) var services: [ServiceView] = []
  package private(set) var ingresses: [IngressView] = []
  package private(set) var autoscalers: [AutoscalerView] = []
  package private(set) var budgets: [BudgetView] = []
  /// What containers and ConfigMaps call by name or address.
  package private(set) var references: [NameReference] = []
  /// The same objects as the API server's own types.
  package private(set) var manifests = ManifestSet()
  /// What the typed reader says that the API server refuses.
  package private(set) var refusals: [Diagnostic] = []
  package private(set) var scenario = ScenarioView()
  /// What is known about the cluster itself.
  package private(set) var cluster = ClusterFacts()
  /// The files in reading order.
  package private(set) var files: [String] = []
  /// Whether there are custom resources, whose pods nobody here can know.
  private(set) var hasForeignKinds = false
  private var index = InventoryIndex()

  /// Looks through parsed documents; `refusals` are the errors of the typed reader.
  package init(
    documents: [YAMLValue],
    manifests: ManifestSet = ManifestSet(),
    refusals: [Diagnostic] = [],
    scenario: ScenarioView = ScenarioView(),
    cluster: ClusterFacts = ClusterFacts()
  ) {
    self.manifests = manifests
    self.refusals = refusals
    self.scenario = scenario
    self.cluster = cluster
    for document in documents { add(document) }
    // What a controller has made, as in an export, is its owner's to speak of.
    let unowned = objects.filter { $0.tree.at("metadata", "ownerReferences") == nil }
    workloads = unowned.compactMap { WorkloadView($0) }
    services = objects.compactMap { ServiceView($0) }
    ingresses = objects.compactMap { IngressView($0) }
    autoscalers = objects.compactMap { AutoscalerView($0) }
    budgets = objects.compactMap { BudgetView($0) }
    hasForeignKinds = objects.contains(where: \.isForeign)
    index = InventoryIndex(
      objects: objects,
      workloads: workloads,
      services: services,
      autoscalers: autoscalers
    )
    references = ReferenceScanner.references(in: workloads, and: objects)
    if let file = scenario.file, !files.contains(file) { files.append(file) }
  }

  private mutating func add(_ document: YAMLValue) {
    if document["kind"]?.text == "List" {
      for item in document["items"]?.elements ?? [] { add(item) }
      return
    }
    if !files.contains(document.mark.file) { files.append(document.mark.file) }
    if let object = ManifestObject(document, order: objects.count) { objects.append(object) }
  }

  /// The workloads whose pods a Service leads to.
  package func workloads(behind service: ServiceView) -> [WorkloadView] {
    index.workloads(behind: service.object).map { workloads[$0] }
  }

  /// The Services that lead to a workload's pods.
  func services(before workload: WorkloadView) -> [ServiceView] {
    index.services(before: workload.object).map { services[$0] }
  }

  /// A Service by its full name.
  package func service(_ name: String, in namespace: String) -> ServiceView? {
    services(named: name).first { $0.object.namespace == namespace }
  }

  /// All Services of a name, in file order.
  func services(named name: String) -> [ServiceView] {
    index.services(named: name).map { services[$0] }
  }

  /// Whether these manifests hold anything in a namespace, so that what is missing there is.
  func knows(namespace: String) -> Bool { index.knows(namespace: namespace) }

  /// The Services of a namespace, in file order.
  func services(in namespace: String) -> some Sequence<ServiceView> {
    index.services(in: namespace).lazy.map { services[$0] }
  }

  /// The Services that become variables with a prefix, in file order.
  func services(withPrefix prefix: String) -> [ServiceView] {
    index.services(withPrefix: prefix).map { services[$0] }
  }

  /// Whether somebody chose the address for a Service or wrote it into its endpoints.
  func keeps(address: String) -> Bool {
    index.addresses.contains(address)
      || index.manualEndpoints.contains { objects[$0].tree.mentions(address) }
  }

  /// Which workloads have which labels, by their places in `workloads`.
  var labels: LabelIndex { index.labels }

  /// The workload that an autoscaler scales.
  func workload(scaledBy autoscaler: AutoscalerView) -> WorkloadView? {
    index.workload(scaledBy: autoscaler).map { workloads[$0] }
  }

  /// The workloads whose pods a budget covers.
  func workloads(coveredBy budget: BudgetView) -> [WorkloadView] {
    labels.candidates(having: budget.selector.labels, in: budget.object.namespace)
      .map { workloads[$0] }.filter(budget.covers)
  }

  /// The most pods a workload can have.
  func largestSize(of workload: WorkloadView) -> Int? {
    let limit = index.autoscaler(of: workload).flatMap { autoscalers[$0].maxReplicas }
    return workload.replicas.map { max($0, limit ?? 0) }
  }

  /// The fewest pods a workload has in quiet times.
  func smallestSize(of workload: WorkloadView) -> Int? {
    let autoscaler = index.autoscaler(of: workload).map { autoscalers[$0] }
    return autoscaler?.minReplicas ?? workload.replicas
  }
}

/// What manifests do not say about the cluster.
package struct ClusterFacts: Sendable {
  /// Whether something provides load balancers; `nil` when unknown.
  package var hasLoadBalancers: Bool?

  package init(hasLoadBalancers: Bool? = nil) { self.hasLoadBalancers = hasLoadBalancers }
}

extension Inventory {
  /// The object that begins nearest above a place in its file.
  func object(at mark: SourceMark) -> ManifestObject? {
    index.object(before: mark, among: objects).map { objects[$0] }
  }

  /// The word that begins at a place: a value, or else a key.
  func word(at mark: SourceMark) -> SourceSpan {
    object(at: mark)?.tree.word(at: mark) ?? SourceSpan(mark)
  }
}

extension YAMLValue {
  /// The scalar or key that begins at a place.
  func word(at mark: SourceMark) -> SourceSpan? {
    if self.mark == mark, scalar != nil { return span }
    for pair in pairs ?? [] {
      if pair.keyMark == mark { return pair.keySpan }
      if let found = pair.value.word(at: mark) { return found }
    }
    return (elements ?? []).lazy.compactMap { $0.word(at: mark) }.first
  }

  /// Whether a scalar somewhere in the tree is exactly the text.
  func mentions(_ text: String) -> Bool {
    switch content {
    case .scalar(let scalar): scalar.text == text
    case .sequence(let elements): elements.contains { $0.mentions(text) }
    case .mapping(let pairs): pairs.contains { $0.value.mentions(text) }
    }
  }
}
