#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A file that could not be written, with the reason the system gave.
package struct WriteError: Error, Hashable, Sendable {
  package var path: String
  /// Such as `Permission denied`.
  package var reason: String

  /// Reads the reason from `errno`, so it must be made right after the call that failed.
  init(path: String) {
    self.path = path
    reason = strerror(errno).map { String(cString: $0) } ?? "unknown error"
  }

  init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  init(path: String, code: Int32) {
    self.path = path
    reason = strerror(code).map { String(cString: $0) } ?? "unknown error"
  }
}
