/// One of a container's `env`.
package struct EnvironmentVariable: Sendable {
  /// Where a value comes from that the manifest does not hold.
  package enum Source: String, CaseIterable, Sendable {
    case fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef
  }
  package var name: Located<String>
  /// As written, with `$(NAME)` not yet replaced; empty when it comes from elsewhere.
  package var value: Located<String>
  package var source: Source?

  /// Reads `env` of a container.
  static func readAll(_ container: inout FieldReader) -> [EnvironmentVariable] {
    var variables: [EnvironmentVariable] = []
    for var fields in container.mappings("env") {
      let name = fields.requiredString("name")
      if let name, let problem = DNSName.environmentProblem(name.value) {
        fields.invalid(name.value, problem, field: "name")
      }
      let value = fields.string("value") ?? ""
      let valueMark = fields.mark(of: "value")
      let source = readSource(&fields, hasValue: !value.isEmpty)
      fields.finish()
      guard let name else { continue }
      variables.append(
        EnvironmentVariable(name: name, value: Located(value, at: valueMark), source: source)
      )
    }
    return variables
  }

  private static func readSource(_ fields: inout FieldReader, hasValue: Bool) -> Source? {
    guard var from = fields.mapping("valueFrom") else { return nil }
    let given = Source.allCases.filter { from.has($0.rawValue) }
    from.accept(Source.allCases.map(\.rawValue))
    from.finish()
    guard from.isValid else { return nil }
    if given.isEmpty {
      let choices = Source.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      fields.invalid("", "must specify one of: \(choices)", field: "valueFrom")
    } else if hasValue {
      fields.invalid("", "may not be specified when `value` is not empty", field: "valueFrom")
    } else if given.count > 1 {
      fields.invalid(
        "",
        "may not have more than one field specified at a time",
        field: "valueFrom"
      )
    }
    return given.first
  }
}

/// One of a container's `envFrom`: all entries of a ConfigMap or Secret.
package struct EnvironmentSource: Hashable, Sendable {
  /// What the object is.
  package enum Kind: String, CaseIterable, Sendable { case configMapRef, secretRef }
  package var kind: Kind
  package var name: String
  package var isOptional: Bool
  package var prefix: String

  /// Reads `envFrom` of a container.
  static func readAll(_ container: inout FieldReader) -> [EnvironmentSource] {
    var sources: [EnvironmentSource] = []
    for var fields in container.mappings("envFrom") {
      let prefix = fields.located("prefix", without: DNSName.environmentProblem)?.value ?? ""
      let given = Kind.allCases.filter { fields.has($0.rawValue) }
      fields.accept(Kind.allCases.map(\.rawValue))
      if given.isEmpty, fields.isValid {
        fields.invalid("", "must specify one of: `configMapRef` or `secretRef`", field: "")
      } else if given.count > 1 {
        fields.invalid("", "may not have more than one field specified at a time", field: "")
      }
      for kind in given {
        guard var reference = fields.mapping(kind.rawValue) else { continue }
        let name = reference.requiredString("name")
        if let name, let problem = DNSName.subdomainProblem(name.value) {
          reference.invalid(name.value, problem, field: "name")
        }
        let isOptional = reference.bool("optional", default: false)
        reference.finish()
        guard let name else { continue }
        sources.append(
          EnvironmentSource(
            kind: kind,
            name: name.value,
            isOptional: isOptional,
            prefix: prefix
          )
        )
      }
      fields.finish()
    }
    return sources
  }
}
