/// A container probe with the API's defaults filled in; times in whole seconds.
package struct Probe: Hashable, Sendable {
  /// What a failure leads to.
  package enum Role: String, Sendable { case readiness, liveness, startup }
  /// What the kubelet does to find out.
  package enum Handler: Hashable, Sendable {
    case httpGet(path: String, port: PortReference)
    case tcpSocket(port: PortReference)
    case grpc(port: Int)
    case exec(command: [String])
  }
  private enum Scheme: String, CaseIterable { case http = "HTTP", https = "HTTPS" }

  package var handler: Handler
  package var initialDelaySeconds = 0
  package var periodSeconds = 10
  package var timeoutSeconds = 1
  package var successThreshold = 1
  package var failureThreshold = 3
  /// Overrides the pod's own when a liveness or startup probe kills the container.
  package var terminationGracePeriodSeconds: Int?
  package var mark: SourceMark

  /// Reads one of a container's probes; `nil` when absent or without a usable handler.
  static func read(_ container: inout FieldReader, _ field: String, role: Role) -> Probe? {
    guard var fields = container.mapping(field) else { return nil }
    let handler = readHandler(&fields)
    let natural = 0...Int(Int32.max)
    let initialDelay = fields.number("initialDelaySeconds", in: natural)
    // Zero stands for the default here, as it does to the API server.
    let period = fields.number("periodSeconds", in: natural).flatMap { $0 == 0 ? nil : $0 }
    let timeout = fields.number("timeoutSeconds", in: natural).flatMap { $0 == 0 ? nil : $0 }
    let success = fields.number("successThreshold", in: natural).flatMap { $0 == 0 ? nil : $0 }
    let failure = fields.number("failureThreshold", in: natural).flatMap { $0 == 0 ? nil : $0 }
    if role != .readiness, let success, success != 1 {
      fields.invalid(
        String(success),
        "must be 1 for a \(role.rawValue) probe",
        field: "successThreshold"
      )
    }
    let grace = fields.number("terminationGracePeriodSeconds", in: 1...Int(Int32.max))
    if role == .readiness, grace != nil {
      fields.forbidden(
        "must not be set for readiness probes",
        field: "terminationGracePeriodSeconds"
      )
    }
    fields.finish()
    guard let handler else { return nil }
    var probe = Probe(handler: handler, mark: fields.mark)
    probe.initialDelaySeconds = initialDelay ?? 0
    probe.periodSeconds = period ?? 10
    probe.timeoutSeconds = timeout ?? 1
    probe.successThreshold = success ?? 1
    probe.failureThreshold = failure ?? 3
    probe.terminationGracePeriodSeconds = grace
    return probe
  }

  private static func readHandler(_ fields: inout FieldReader) -> Handler? {
    let names = ["httpGet", "tcpSocket", "grpc", "exec"]
    let given = names.filter(fields.has)
    if given.isEmpty {
      fields.accept(names)
      fields.required("a probe needs one of httpGet, tcpSocket, grpc and exec", field: "")
      return nil
    }
    for extra in given.dropFirst() {
      fields.forbidden("may not specify more than 1 handler type", field: extra)
    }
    let handlers = [
      readHTTP(&fields), readTCP(&fields), readGRPC(&fields), readExec(&fields),
    ]
    return handlers.compactMap { $0 }.first
  }

  private static func readHTTP(_ fields: inout FieldReader) -> Handler? {
    guard var http = fields.mapping("httpGet") else { return nil }
    let port = requiredPort(&http)
    let path = http.string("path", default: "/")
    _ = http.word("scheme", as: Scheme.self)
    http.accept(["host", "httpHeaders"])
    http.finish()
    return port.map { .httpGet(path: path, port: $0) }
  }

  private static func readTCP(_ fields: inout FieldReader) -> Handler? {
    guard var tcp = fields.mapping("tcpSocket") else { return nil }
    let port = requiredPort(&tcp)
    tcp.accept(["host"])
    tcp.finish()
    return port.map { .tcpSocket(port: $0) }
  }

  private static func readGRPC(_ fields: inout FieldReader) -> Handler? {
    guard var grpc = fields.mapping("grpc") else { return nil }
    let port = grpc.number("port", in: 1...65_535, required: true)
    grpc.accept(["service"])
    grpc.finish()
    return port.map { .grpc(port: $0) }
  }

  private static func readExec(_ fields: inout FieldReader) -> Handler? {
    guard var exec = fields.mapping("exec") else { return nil }
    let command = exec.sequence("command")
      .compactMap { exec.reader.string($0.value, path: $0.path) }
    if command.isEmpty { exec.required("'command' must be given", field: "command") }
    exec.finish()
    return .exec(command: command)
  }

  private static func requiredPort(_ fields: inout FieldReader) -> PortReference? {
    if !fields.has("port") { fields.required("'port' must be given", field: "port") }
    return fields.portReference("port")
  }
}
