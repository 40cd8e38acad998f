/// What a pod runs and where, with the API's defaults filled in.
package struct PodSpec: Sendable {
  /// What happens to a container that ends.
  package enum RestartPolicy: String, CaseIterable, Sendable {
    case always = "Always"
    case onFailure = "OnFailure"
    case never = "Never"
  }
  /// Who makes the pod, which decides how it may be restarted.
  enum Owner { case controller, job, nobody }

  package var containers: [Container]
  /// Those that run before the others, and sidecars, in the order of their start.
  package var initContainers: [Container] = []
  package var terminationGracePeriodSeconds = 30
  package var activeDeadlineSeconds: Int?
  package var restartPolicy = RestartPolicy.always
  package var scheduling = PodScheduling()
  package var network = PodNetwork()
  /// Condition types that must be true besides the containers' readiness.
  package var readinessGates: [String] = []
  package var mark: SourceMark

  /// Reads `spec` of a pod or template.
  static func read(_ object: inout FieldReader, owner: Owner) -> PodSpec? {
    guard var pod = object.mapping("spec") else {
      object.required("'spec' with containers must be given", field: "spec")
      return nil
    }
    let grace = pod.natural("terminationGracePeriodSeconds") ?? 30
    let regular = readContainers(&pod, "containers", gracePeriod: grace, others: [])
    let initial = readContainers(&pod, "initContainers", gracePeriod: grace, others: regular)
    var spec = PodSpec(containers: regular, mark: pod.mark)
    spec.initContainers = initial
    spec.terminationGracePeriodSeconds = grace
    spec.restartPolicy = readRestartPolicy(&pod, owner: owner)
    spec.activeDeadlineSeconds = readDeadline(&pod, owner: owner)
    spec.scheduling = PodScheduling.read(&pod)
    spec.network = PodNetwork.read(&pod)
    spec.network.checkHostPorts(regular, pod)
    for var gate in pod.mappings("readinessGates") {
      let type = gate.located("conditionType", without: DNSName.qualifiedNameProblem)
      gate.finish()
      if let type { spec.readinessGates.append(type.value) }
    }
    warn(&pod)
    pod.finish()
    return spec
  }

  private static func readContainers(
    _ pod: inout FieldReader,
    _ name: String,
    gracePeriod: Int,
    others: [Container]
  ) -> [Container] {
    let isInitial = name == "initContainers"
    let elements = pod.mappings(name)
    if elements.isEmpty, !isInitial, !pod.has(name) || pod.isEmptyList(name) {
      pod.required("at least one container must be given", field: name)
    }
    var names = Set(others.map(\.name.value))
    var containers: [Container] = []
    for var fields in elements {
      let read = Container.read(&fields, gracePeriod: gracePeriod, isInitial: isInitial)
      guard let container = read else { continue }
      if !names.insert(container.name.value).inserted {
        fields.duplicate(container.name.value, field: "name")
      }
      containers.append(container)
    }
    return containers
  }

  private static func readRestartPolicy(_ pod: inout FieldReader, owner: Owner) -> RestartPolicy {
    let always = RestartPolicy.always.rawValue
    if owner == .controller {
      if let text = pod.string("restartPolicy"), text != always {
        pod.unsupported(text, of: [always], field: "restartPolicy")
      }
      return .always
    }
    let policy = pod.word("restartPolicy", as: RestartPolicy.self)
    if owner == .job, policy == .always || !pod.has("restartPolicy") {
      pod.required("valid values: 'OnFailure', 'Never'", field: "restartPolicy")
    }
    return policy ?? .always
  }

  private static func readDeadline(_ pod: inout FieldReader, owner: Owner) -> Int? {
    let deadline = pod.number("activeDeadlineSeconds", in: 1...Int(Int32.max))
    if owner == .controller, pod.has("activeDeadlineSeconds") {
      pod.forbidden("not supported in a controller's template", field: "activeDeadlineSeconds")
    } else {
      pod.warnNotSimulated("activeDeadlineSeconds", unless: false)
    }
    return deadline
  }

  /// Fields that would change what users feel; whoever makes one work removes it here.
  private static func warn(_ pod: inout FieldReader) {
    pod.acceptNotSimulated([
      "hostNetwork", "readinessGates", "schedulingGates",
      "priorityClassName", "priority", "overhead", "resources", "dnsPolicy", "dnsConfig",
      "hostAliases", "schedulerName",
    ])
    pod.accept([
      "volumes", "ephemeralContainers", "serviceAccountName", "serviceAccount",
      "automountServiceAccountToken", "hostPID", "hostIPC", "shareProcessNamespace",
      "securityContext", "imagePullSecrets", "runtimeClassName", "preemptionPolicy", "os",
      "hostUsers", "resourceClaims", "hostnameOverride", "workloadRef",
    ])
  }
}

extension FieldReader {
  /// Whether the field is a list without elements.
  func isEmptyList(_ name: String) -> Bool {
    pairs.first { $0.key == name }?.value.elements?.isEmpty ?? false
  }
}
