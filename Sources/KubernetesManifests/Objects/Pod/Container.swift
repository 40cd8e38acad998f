/// A container of a pod, as far as it matters to requests.
package struct Container: Sendable {
  /// When the image is pulled.
  package enum ImagePullPolicy: String, CaseIterable, Sendable {
    case always = "Always"
    case ifNotPresent = "IfNotPresent"
    case never = "Never"
  }
  package var name: Located<String>
  package var image: String
  package var imagePullPolicy: ImagePullPolicy
  package var ports: [ContainerPort] = []
  package var resources = ContainerResources()
  package var readinessProbe: Probe?
  package var livenessProbe: Probe?
  package var startupProbe: Probe?
  package var preStop: PreStopHook?
  /// `env` in file order.
  package var environment: [EnvironmentVariable] = []
  package var environmentSources: [EnvironmentSource] = []
  /// What replaces the image's entry point, and what follows it.
  package var command: [Located<String>] = []
  package var arguments: [Located<String>] = []
  /// The container's own, when it is not that of the pod.
  package var restartPolicy: PodSpec.RestartPolicy?
  package var mark: SourceMark

  /// Whether an init container keeps running beside the others.
  package var isSidecar: Bool { restartPolicy == .always }

  /// The number of a port given by name or number; `nil` when no port has the name.
  package func portNumber(_ reference: PortReference) -> Int? {
    switch reference {
    case .number(let number): number
    case .name(let name): ports.first { $0.name == name }?.containerPort
    }
  }

  /// Reads one element of `containers`; `gracePeriod` bounds the `preStop` sleep.
  static func read(
    _ fields: inout FieldReader,
    gracePeriod: Int,
    isInitial: Bool
  ) -> Container? {
    let name = fields.requiredString("name")
    if let name, let problem = DNSName.labelProblem(name.value) {
      fields.invalid(name.value, problem, field: "name")
    }
    let image = fields.requiredString("image")?.value ?? ""
    if image.first?.isWhitespace ?? false || image.last?.isWhitespace ?? false {
      fields.invalid(image, "must not have leading or trailing whitespace", field: "image")
    }
    let policy = fields.word("imagePullPolicy", as: ImagePullPolicy.self)
    let restart = fields.word("restartPolicy", as: PodSpec.RestartPolicy.self)
    var container = Container(
      name: name ?? Located("", at: fields.mark),
      image: image,
      imagePullPolicy: policy ?? defaultPullPolicy(of: image),
      restartPolicy: restart,
      mark: fields.mark
    )
    container.ports = ContainerPort.readAll(&fields)
    container.resources = ContainerResources.read(&fields)
    if isInitial, restart != .always { forbidWhatNeedsRunning(fields) }
    container.readinessProbe = Probe.read(&fields, "readinessProbe", role: .readiness)
    container.livenessProbe = Probe.read(&fields, "livenessProbe", role: .liveness)
    container.startupProbe = Probe.read(&fields, "startupProbe", role: .startup)
    container.preStop = PreStopHook.read(&fields, gracePeriod: gracePeriod)
    container.environment = EnvironmentVariable.readAll(&fields)
    container.environmentSources = EnvironmentSource.readAll(&fields)
    container.command = fields.strings("command")
    container.arguments = fields.strings("args")
    if isInitial { fields.accept(["restartPolicy"]) }
    fields.acceptNotSimulated(
      ["resizePolicy", "restartPolicyRules"] + (isInitial ? [] : ["restartPolicy"])
    )
    fields.accept([
      "workingDir", "volumeMounts", "volumeDevices", "terminationMessagePath",
      "terminationMessagePolicy", "securityContext", "stdin", "stdinOnce", "tty",
    ])
    fields.finish()
    return name == nil ? nil : container
  }

  /// An init container that ends has nothing to probe.
  private static func forbidWhatNeedsRunning(_ fields: FieldReader) {
    let names = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"]
    for name in names where fields.has(name) {
      fields.forbidden(
        "may not be set for init containers without restartPolicy=Always",
        field: name
      )
    }
  }

  /// `Always` for `latest` or no tag at all, unless a digest says which image it is.
  static func defaultPullPolicy(of image: String) -> ImagePullPolicy {
    if image.contains("@") { return .ifNotPresent }
    let last = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let parts = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count < 2 || parts[1] == "latest" ? .always : .ifNotPresent
  }
}
