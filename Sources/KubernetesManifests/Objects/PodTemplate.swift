/// The pod that a workload stamps out.
package struct PodTemplate: Sendable {
  package var labels: Labels
  package var containers: [Container]
  package var terminationGracePeriodSeconds: Int
  package var mark: SourceMark

  /// Reads `spec.template`.
  static func read(_ spec: inout FieldReader) -> PodTemplate? {
    guard var template = spec.mapping("template") else {
      spec.required("'template' must be given", field: "template")
      return nil
    }
    let labels = ObjectMeta.readTemplate(&template)
    defer { template.finish() }
    guard var pod = template.mapping("spec") else {
      template.required("'spec' with containers must be given", field: "spec")
      return nil
    }
    let grace = pod.number("terminationGracePeriodSeconds", in: 0...Int(Int32.max)) ?? 30
    let containers = readContainers(&pod, gracePeriod: grace)
    if let policy = pod.string("restartPolicy"), policy != "Always" {
      pod.reader.report(
        "Unsupported value: '\(policy)': supported values: 'Always'",
        at: pod.mark(of: "restartPolicy"),
        path: pod.path(of: "restartPolicy")
      )
    }
    pod.acceptNotSimulated(fieldsNotSimulated)
    pod.accept(unusedFields)
    pod.finish()
    return PodTemplate(
      labels: labels,
      containers: containers,
      terminationGracePeriodSeconds: grace,
      mark: template.mark
    )
  }

  private static func readContainers(_ pod: inout FieldReader, gracePeriod: Int) -> [Container] {
    let elements = pod.sequence("containers")
    if elements.isEmpty, !pod.has("containers") || pod.isEmptyList("containers") {
      pod.required("at least one container must be given", field: "containers")
    }
    var containers: [Container] = []
    for element in elements {
      var fields = pod.reader.mapping(element.value, path: element.path)
      guard let container = Container.read(&fields, gracePeriod: gracePeriod) else { continue }
      if containers.contains(where: { $0.name.value == container.name.value }) {
        fields.duplicate(container.name.value, field: "name")
      }
      containers.append(container)
    }
    return containers
  }

  private static let fieldsNotSimulated = [
    "initContainers", "nodeSelector", "nodeName", "affinity", "tolerations",
    "topologySpreadConstraints", "hostNetwork", "readinessGates", "schedulingGates",
    "priorityClassName", "priority", "activeDeadlineSeconds", "overhead", "resources",
    "dnsPolicy", "dnsConfig", "hostAliases", "schedulerName",
  ]

  private static let unusedFields = [
    "volumes", "ephemeralContainers", "serviceAccountName", "serviceAccount",
    "automountServiceAccountToken", "hostPID", "hostIPC", "shareProcessNamespace",
    "securityContext", "imagePullSecrets", "hostname", "subdomain", "runtimeClassName",
    "enableServiceLinks", "preemptionPolicy", "setHostnameAsFQDN", "os", "hostUsers",
    "resourceClaims", "hostnameOverride", "workloadRef",
  ]
}

extension FieldReader {
  /// Whether the field is a list without elements.
  func isEmptyList(_ name: String) -> Bool {
    pairs.first { $0.key == name }?.value.elements?.isEmpty ?? false
  }
}
