import Foundation
import Reports
import Testing

/// A folder that is gone after the test.
private func withFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "reports-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

private func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

struct ResultFolderTests {
  @Test("the chosen tables and both descriptions, and nothing else")
  func complete() throws {
    try withFolder { folder in
      var fixture = Fixture()
      fixture.tables = ["summary", "outages"]
      let deep = folder + "/a/b"
      try ResultFolder.write(fixture.result, to: deep, version: "1.2.3")
      #expect(
        try names(in: deep) == ["datapackage.json", "outages.csv", "run.json", "summary.csv"]
      )
    }
  }

  @Test("the same result gives the same bytes, over what was there before")
  func overwrites() throws {
    try withFolder { folder in
      let path = folder + "/summary.csv"
      try "old".write(toFile: path, atomically: false, encoding: .utf8)
      try ResultFolder.write(Fixture().result, to: folder, version: "1")
      let first = FileManager.default.contents(atPath: path)
      try ResultFolder.write(Fixture().result, to: folder, version: "1")
      #expect(FileManager.default.contents(atPath: path) == first)
      #expect(first.map { readCSV(Array($0)).count } ?? 0 > 20)
    }
  }

  @Test("a folder in a file's place: no temporary stays and no other file is touched")
  func nameIsFolder() throws {
    try withFolder { folder in
      let old = Data("old".utf8)
      try old.write(to: URL(fileURLWithPath: folder + "/summary.csv"))
      try FileManager.default.createDirectory(
        atPath: folder + "/run.json",
        withIntermediateDirectories: false
      )
      let error = #expect(throws: WriteError.self) {
        try ResultFolder.write(Fixture().result, to: folder, version: "1")
      }
      #expect(error?.path == folder + "/run.json")
      #expect(error?.reason == String(cString: strerror(EISDIR)))
      #expect(try names(in: folder) == ["run.json", "summary.csv"])
      #expect(FileManager.default.contents(atPath: folder + "/summary.csv") == old)
    }
  }

  @Test("a file where the folder should be")
  func folderIsFile() throws {
    try withFolder { folder in
      let path = folder + "/taken"
      try Data().write(to: URL(fileURLWithPath: path))
      for target in [path, path + "/below"] {
        let error = #expect(throws: WriteError.self) {
          try ResultFolder.write(Fixture().result, to: target, version: "1")
        }
        #expect(error?.reason == String(cString: strerror(ENOTDIR)))
      }
    }
  }

  // Nobody may forbid root anything, so a folder that takes no files stands in for a read-only one.
  @Test("a folder that may not be written to", .enabled(if: geteuid() != 0))
  func readOnly() throws {
    try withFolder { folder in
      chmod(folder, 0o500)
      defer { chmod(folder, 0o700) }
      let error = #expect(throws: WriteError.self) {
        try ResultFolder.write(Fixture().result, to: folder, version: "1")
      }
      #expect(error?.reason == String(cString: strerror(EACCES)))
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
  }

  #if os(Linux)
  @Test("a folder that takes no files")
  func takesNoFiles() throws {
    let error = #expect(throws: WriteError.self) {
      try ResultFolder.write(Fixture().result, to: "/proc/self/task", version: "1")
    }
    #expect(error?.path == "/proc/self/task/summary.csv")
    #expect(error?.reason.isEmpty == false)
  }
  #endif

  @Test("single files, with and without a folder in their path")
  func singleFile() throws {
    try withFolder { folder in
      try ResultFolder.writeFile([65, 66], to: folder + "/new/one.txt")
      #expect(FileManager.default.contents(atPath: folder + "/new/one.txt") == Data("AB".utf8))
      #expect(try names(in: folder + "/new") == ["one.txt"])
    }
  }
}
