/// A container of a pod, as far as it matters to requests.
package struct Container: Sendable {
  /// One of `ports`.
  package struct Port: Hashable, Sendable {
    package var name: String?
    package var containerPort: Int
    package var `protocol`: PortProtocol
    package var mark: SourceMark
  }
  package var name: Located<String>
  package var image: String
  package var ports: [Port]
  package var resources: ContainerResources
  package var readinessProbe: Probe?
  package var livenessProbe: Probe?
  package var startupProbe: Probe?
  package var preStop: PreStopHook?
  /// Names of `env` in file order.
  package var environment: [String]
  package var mark: SourceMark

  /// The number of a port given by name or number; `nil` when no port has the name.
  package func portNumber(_ reference: PortReference) -> Int? {
    switch reference {
    case .number(let number): number
    case .name(let name): ports.first { $0.name == name }?.containerPort
    }
  }

  /// Reads one element of `containers`; `gracePeriod` bounds the `preStop` sleep.
  static func read(_ fields: inout FieldReader, gracePeriod: Int) -> Container? {
    let name = fields.requiredString("name")
    if let name, let problem = DNSName.labelProblem(name.value) {
      fields.invalid(name.value, problem, field: "name")
    }
    let image = fields.requiredString("image")
    let ports = readPorts(&fields)
    let resources = ContainerResources.read(&fields)
    let readiness = Probe.read(&fields, "readinessProbe", role: .readiness)
    let liveness = Probe.read(&fields, "livenessProbe", role: .liveness)
    let startup = Probe.read(&fields, "startupProbe", role: .startup)
    let preStop = PreStopHook.read(&fields, gracePeriod: gracePeriod)
    let environment = readEnvironment(&fields)
    fields.acceptNotSimulated(["resizePolicy", "restartPolicy", "restartPolicyRules"])
    fields.accept([
      "command", "args", "workingDir", "envFrom", "volumeMounts", "volumeDevices",
      "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy", "securityContext",
      "stdin", "stdinOnce", "tty",
    ])
    fields.finish()
    guard let name else { return nil }
    return Container(
      name: name,
      image: image?.value ?? "",
      ports: ports,
      resources: resources,
      readinessProbe: readiness,
      livenessProbe: liveness,
      startupProbe: startup,
      preStop: preStop,
      environment: environment,
      mark: fields.mark
    )
  }

  private static func readPorts(_ container: inout FieldReader) -> [Port] {
    var ports: [Port] = []
    for element in container.sequence("ports") {
      var fields = container.reader.mapping(element.value, path: element.path)
      let name = fields.string("name")
      if let name, let problem = DNSName.portNameProblem(name) {
        fields.invalid(name, problem, field: "name")
      }
      if let name, ports.contains(where: { $0.name == name }) {
        fields.duplicate(name, field: "name")
      }
      let number = fields.number("containerPort", in: 1...65_535, required: true)
      let transport = fields.word("protocol", as: PortProtocol.self) ?? .tcp
      fields.acceptNotSimulated(["hostPort"])
      fields.accept(["hostIP"])
      fields.finish()
      if let number {
        ports.append(
          Port(name: name, containerPort: number, protocol: transport, mark: fields.mark)
        )
      }
    }
    return ports
  }

  private static func readEnvironment(_ container: inout FieldReader) -> [String] {
    var names: [String] = []
    for element in container.sequence("env") {
      var fields = container.reader.mapping(element.value, path: element.path)
      if let name = fields.requiredString("name") { names.append(name.value) }
      _ = fields.string("value")
      if fields.has("value"), fields.has("valueFrom") {
        fields.invalid("", "may not be given when `value` is not empty", field: "valueFrom")
      }
      fields.accept(["valueFrom"])
      fields.finish()
    }
    return names
  }
}
