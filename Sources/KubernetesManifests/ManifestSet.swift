/// The Kubernetes objects of all manifests, in file order.
package struct ManifestSet: Sendable {
  package var deployments: [Deployment] = []
  package var statefulSets: [StatefulSet] = []
  package var services: [Service] = []
  package var autoscalers: [HorizontalPodAutoscaler] = []
  package var namespaces: [Namespace] = []
  package var replicaSets: [ReplicaSet] = []
  package var daemonSets: [DaemonSet] = []
  package var jobs: [Job] = []
  package var cronJobs: [CronJob] = []
  package var pods: [Pod] = []
  package var endpoints: [Endpoints] = []
  package var endpointSlices: [EndpointSlice] = []
  package var ingresses: [Ingress] = []
  package var podDisruptionBudgets: [PodDisruptionBudget] = []
  package var configMaps: [ConfigMap] = []
  package var secrets: [Secret] = []
  package var nodes: [Node] = []
  /// Objects of kinds that are not simulated yet, one remark per object.
  package var ignored: [Diagnostic] = []

  package init() {}

  /// Reads all objects of all files; `ignored` is also part of the diagnostics.
  package init(
    reading files: [InputFileReader.File],
    limits: YAMLLimits = YAMLLimits(),
    into diagnostics: inout Diagnostics
  ) {
    var documents: [YAMLValue] = []
    for file in files {
      documents += YAMLParser.documents(
        in: file.bytes,
        file: file.path,
        limits: limits,
        into: &diagnostics
      )
    }
    self.init(reading: documents, into: &diagnostics)
  }

  /// Reads objects that are already parsed, as overrides by path leave them.
  package init(reading documents: [YAMLValue], into diagnostics: inout Diagnostics) {
    var reader = ManifestSetReader()
    for document in documents { reader.read(document, path: "") }
    ServiceClaims.check(reader.set.services, reader.reader)
    diagnostics.add(contentsOf: reader.reader.diagnostics.all)
    self = reader.set
  }

  /// Reads the objects of one text, for tests and generated input.
  package init(
    reading text: String,
    file: String = "manifest.yaml",
    into diagnostics: inout Diagnostics
  ) {
    let bytes = Array(text.utf8)
    let file = InputFileReader.File(path: file, bytes: bytes, sha256: "")
    self.init(reading: [file], into: &diagnostics)
  }
}
