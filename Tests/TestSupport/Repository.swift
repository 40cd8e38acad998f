package import Foundation

/// The checkout that these tests were compiled from.
package enum Repository {
  /// Its root: three levels above this file.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A place in it.
  package static func url(_ path: String) -> URL { root.appending(path: path) }

  /// The contents of a text file, `nil` when there is none or it is not UTF-8.
  package static func text(_ path: String) -> String? {
    guard let data = try? Data(contentsOf: url(path)) else { return nil }
    return String(data: data, encoding: .utf8)
  }

  /// Whether a file or folder exists.
  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }

  /// The names directly inside a folder, sorted; none when the folder does not exist.
  ///
  /// Hidden entries, such as those of an editor or of a build, are left out.
  package static func entries(of folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url(folder).path)) ?? []
    return names.filter { !$0.hasPrefix(".") && $0 != "__pycache__" }.sorted()
  }

  /// The folders directly inside a folder, sorted.
  package static func folders(of folder: String) -> [String] {
    entries(of: folder).filter { isFolder("\(folder)/\($0)") }
  }

  /// The paths of all files below a folder, relative to the root and sorted.
  package static func files(below folder: String) -> [String] {
    entries(of: folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      return isFolder(path) ? files(below: path) : [path]
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url(path).path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
