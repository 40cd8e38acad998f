/// Why the API server refuses an object.
package struct APIRejection: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of error that clients see, with their HTTP status.
  package enum Reason: Int, Sendable {
    case notFound = 404
    case alreadyExists = 409
    case invalid = 422
    case internalError = 500
  }
  package var reason: Reason
  package var service: ObjectKey
  /// The field to blame, such as `spec.ports[0].nodePort`; empty when there is none.
  package var field: String
  /// The refused value as the API prints it; empty when there is none.
  package var value: String
  package var detail: String

  /// Refuses a value of a field.
  static func invalid(
    _ service: ObjectKey,
    _ field: String,
    _ value: String,
    _ detail: String
  ) -> APIRejection {
    APIRejection(reason: .invalid, service: service, field: field, value: value, detail: detail)
  }

  /// Says what went wrong behind the API.
  static func internalError(_ service: ObjectKey, _ detail: String) -> APIRejection {
    APIRejection(reason: .internalError, service: service, field: "", value: "", detail: detail)
  }

  /// As `kubectl` prints it.
  package var description: String {
    let name = service.name
    return switch reason {
    case .notFound: "services \"\(name)\" not found"
    case .alreadyExists: "services \"\(name)\" already exists"
    case .invalid:
      "Service \"\(name)\" is invalid: \(field): Invalid value: \(value): \(detail)"
    case .internalError: "Internal error occurred: \(detail)"
    }
  }
}
