/// Reads the parts of an Ingress.
enum IngressReader {
  static func rule(_ element: FieldReader) -> Ingress.Rule {
    var fields = element
    let host = fields.located("host") { host in
      if IPAddress(host) != nil { return "must be a DNS name, not an IP address" }
      return host.contains("*") ? DNSName.wildcardProblem(host) : DNSName.subdomainProblem(host)
    }
    var paths: [Ingress.Path] = []
    if var http = fields.mapping("http") {
      if http.isValid, !http.has("paths") || http.isEmptyList("paths") {
        http.required("at least one path must be given", field: "paths")
      }
      paths = http.mappings("paths").compactMap(path)
      http.finish()
    }
    fields.finish()
    return Ingress.Rule(host: host?.value ?? "", paths: paths, mark: fields.mark)
  }

  private static func path(_ element: FieldReader) -> Ingress.Path? {
    var fields = element
    if !fields.has("pathType") {
      fields.required("pathType must be specified", field: "pathType")
    }
    let type = fields.word("pathType", as: Ingress.PathType.self)
    let path = fields.string("path") ?? ""
    if let type, let problem = problem(of: path, type) {
      fields.invalid(path, problem, field: "path")
    }
    if !fields.has("backend") {
      fields.invalid("", "resource or service backend is required", field: "backend")
    }
    let backend = backend(&fields, "backend")
    fields.finish()
    guard let type, let backend else { return nil }
    return Ingress.Path(path: path, type: type, backend: backend, mark: fields.mark)
  }

  private static func problem(of path: String, _ type: Ingress.PathType) -> String? {
    if type == .implementationSpecific {
      return path.isEmpty || path.hasPrefix("/") ? nil : "must be an absolute path"
    }
    if !path.hasPrefix("/") { return "must be an absolute path" }
    for part in ["//", "/./", "/../", "%2f", "%2F"] where path.contains(part) {
      return "must not contain '\(part)'"
    }
    for end in ["/..", "/."] where path.hasSuffix(end) { return "cannot end with '\(end)'" }
    return nil
  }

  static func backend(_ parent: inout FieldReader, _ name: String) -> Ingress.Backend? {
    guard var fields = parent.mapping(name) else { return nil }
    defer { fields.finish() }
    let resource = fields.mapping("resource")
    let service = fields.mapping("service")
    guard fields.isValid else { return nil }
    if resource != nil, service != nil {
      fields.invalid("", "cannot set both resource and service backends", field: "")
    }
    if var service { return read(&service, of: fields) }
    if let resource { return read(resource) }
    fields.invalid("", "resource or service backend is required", field: "")
    return nil
  }

  private static func read(
    _ service: inout FieldReader,
    of backend: FieldReader
  ) -> Ingress.Backend? {
    defer { service.finish() }
    let name = service.requiredString("name")
    if let name, let problem = DNSName.labelProblem(name.value) {
      service.invalid(name.value, problem, field: "name")
    }
    guard var port = service.mapping("port") else {
      backend.required("port name or number is required", field: "service", reportedAs: "")
      return nil
    }
    let portName = port.located("name", without: DNSName.portNameProblem)?.value
    let number = port.has("number") ? port.number("number", in: 1...65_535) : nil
    port.accept(["number"])
    port.finish()
    if portName != nil, port.has("number") {
      backend.invalid("", "cannot set both port name & port number", field: "")
    } else if portName == nil, !port.has("name"), !port.has("number"), port.isValid {
      backend.required("port name or number is required", field: "service", reportedAs: "")
    }
    let reference = portName.map { .name($0) } ?? number.map { PortReference.number($0) }
    guard let name, let reference else { return nil }
    return .service(name: name.value, port: reference, service.mark)
  }

  private static func read(_ element: FieldReader) -> Ingress.Backend? {
    var resource = element
    let kind = resource.requiredString("kind")
    let name = resource.requiredString("name")
    resource.accept(["apiGroup"])
    resource.finish()
    guard let kind, let name else { return nil }
    return .resource("\(kind.value) \(name.value)", resource.mark)
  }

  static func tls(_ element: FieldReader) -> Ingress.TLS {
    var fields = element
    let hosts = fields.strings("hosts")
    for (index, host) in hosts.enumerated() {
      let problem =
        host.value.contains("*")
        ? DNSName.wildcardProblem(host.value) : DNSName.subdomainProblem(host.value)
      guard let problem else { continue }
      fields.reader.invalid(host, problem, path: fields.path(of: "hosts[\(index)]"))
    }
    let secret = fields.located("secretName", without: DNSName.subdomainProblem)
    fields.finish()
    return Ingress.TLS(hosts: hosts.map(\.value), secretName: secret?.value)
  }
}
