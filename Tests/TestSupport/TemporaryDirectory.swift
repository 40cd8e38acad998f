package import Foundation

/// Gives `body` an empty folder of its own and removes the folder afterwards.
package func withTemporaryDirectory<Value>(
  _ body: (URL) throws -> Value
) throws -> Value {
  let manager = FileManager.default
  let folder = manager.temporaryDirectory.appending(path: "podstorm-\(UUID().uuidString)")
  try manager.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? manager.removeItem(at: folder) }
  return try body(folder)
}
