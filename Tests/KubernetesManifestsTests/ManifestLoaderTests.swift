import Foundation
import KubernetesManifests
import Testing

/// A folder that is deleted with its owner.
private final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: url)
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name,
      withDestinationPath: target
    )
  }
}

@Suite struct ManifestLoaderTests {
  @Test func foldersAreReadInByteOrderAndNotBelow() throws {
    let folder = try TemporaryFolder()
    try folder.write("manifests/b.yaml", Fixtures.service)
    try folder.write("manifests/B.yml", Fixtures.deployment)
    try folder.write(
      "manifests/a.json",
      "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}"
    )
    try folder.write("manifests/notes.txt", "not: [yaml")
    try folder.write("manifests/deeper/c.yaml", "not: [yaml")
    try folder.write("extra.yaml", "abc: ")
    let loaded = try ManifestLoader.load(paths: ["manifests/"], relativeTo: folder.path)
    #expect(
      loaded.files.map(\.path) == ["manifests/B.yml", "manifests/a.json", "manifests/b.yaml"]
    )
    #expect(loaded.manifests.services.first?.mark.file == "manifests/b.yaml")
    #expect(loaded.manifests.deployments.count == 1)
    #expect(loaded.files.allSatisfy { $0.sha256.count == 64 })
    #expect(loaded.remarks.isEmpty)
  }

  @Test func aFileNamedTwiceIsReadOnce() throws {
    let folder = try TemporaryFolder()
    try folder.write("m/a.yaml", Fixtures.service)
    let files = try ManifestLoader.read(paths: ["m/a.yaml", "m"], relativeTo: folder.path)
    #expect(files.map(\.path) == ["m/a.yaml"])
  }

  @Test func theDigestIsThatOfTheBytes() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", "abc")
    let file = try ManifestLoader.read(paths: ["a.yaml"], relativeTo: folder.path).first
    #expect(file?.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  private func refusal(_ paths: [String], in folder: String) -> InvalidInput? {
    #expect(throws: InvalidInput.self) {
      try ManifestLoader.load(paths: paths, relativeTo: folder)
    }
  }

  @Test func everyUnreadablePathIsReportedAtOnce() throws {
    let folder = try TemporaryFolder()
    try folder.write("empty/readme.md", "")
    #expect(mkfifo(folder.path + "/pipe.yaml", 0o600) == 0)
    let error = try #require(
      refusal(["none.yaml", "pipe.yaml", "empty", "", "none/", "/dev/null"], in: folder.path)
    )
    #expect(error.isMissingInput)
    #expect(
      error.diagnostics.map(\.message) == [
        "cannot read 'none.yaml': no such file or folder",
        "cannot read 'pipe.yaml': it is a pipe, not a regular file",
        "cannot read 'empty': the folder holds no .yaml, .yml or .json file",
        "cannot read '': the path is empty",
        "cannot read 'none/': no such file or folder",
        "cannot read '/dev/null': it is a device, not a regular file",
      ]
    )
  }

  @Test func aPipeInsideAFolderIsRefusedToo() throws {
    let folder = try TemporaryFolder()
    try folder.write("m/a.yaml", Fixtures.service)
    #expect(mkfifo(folder.path + "/m/b.yaml", 0o600) == 0)
    let error = try #require(refusal(["m"], in: folder.path))
    #expect(
      error.diagnostics.first?.message == "cannot read 'm/b.yaml': it is a pipe, not a regular file"
    )
  }

  @Test func linksMayNotLeadOut() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret.yaml", Fixtures.service)
    try outside.write("folder/secret.yaml", Fixtures.service)
    let folder = try TemporaryFolder()
    try folder.write("m/a.yaml", Fixtures.deployment)
    try folder.link("file.yaml", to: outside.path + "/secret.yaml")
    try folder.link("out", to: outside.path + "/folder")
    try folder.link("m/b.yaml", to: outside.path + "/secret.yaml")
    try folder.link("in.yaml", to: "m/a.yaml")
    try folder.link("loop.yaml", to: "loop.yaml")
    for path in ["file.yaml", "out", "m", "out/secret.yaml"] {
      let error = try #require(refusal([path], in: folder.path))
      #expect(error.diagnostics.first?.message.contains("leading out of") == true)
    }
    #expect(try ManifestLoader.read(paths: ["in.yaml"], relativeTo: folder.path).count == 1)
    let loop = try #require(refusal(["loop.yaml"], in: folder.path))
    #expect(loop.diagnostics.first?.message.contains("too many symbolic links") == true)
  }

  @Test func aPathMayOpenlyLeaveTheFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("deploy/a.yaml", Fixtures.service)
    try folder.write("scenario/scenario.yaml", "")
    let files = try ManifestLoader.read(
      paths: ["../deploy"],
      relativeTo: folder.path + "/scenario"
    )
    #expect(files.map(\.path) == ["../deploy/a.yaml"])
  }

  @Test func faultsInFilesAreInvalidNotMissing() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", Fixtures.service.replacing("port: 81", with: "port: 0"))
    try folder.write("b.yaml", "a: [")
    let error = try #require(refusal(["a.yaml", "b.yaml"], in: folder.path))
    #expect(!error.isMissingInput)
    #expect(Set(error.diagnostics.compactMap(\.mark?.file)) == ["a.yaml", "b.yaml"])
  }

  @Test func aFileBeyondTheLimitIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", String(repeating: "#", count: 101))
    var limits = YAMLLimits()
    limits.fileSize = 100
    let error = #expect(throws: InvalidInput.self) {
      try ManifestLoader.load(paths: ["a.yaml"], relativeTo: folder.path, limits: limits)
    }
    #expect(error?.isMissingInput == false)
    #expect(error?.diagnostics.first?.message == "the file is larger than 100 bytes")
  }
}
