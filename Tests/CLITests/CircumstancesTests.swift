import Foundation
import TestSupport
import Testing

/// Where, by whom and on which processor a scenario runs reaches no file.
@Suite struct CircumstancesTests {
  /// Where the program is started, how the scenario is spelled, and what the environment says.
  struct Circumstances: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var folder = "."
    var scenario = "small/scenario.yaml"
    var environment: [String: String] = [:]
  }

  private static let all = [
    Circumstances(testDescription: "the same again, hashing seeded anew"),
    Circumstances(
      testDescription: "fixed hashing",
      environment: ["SWIFT_DETERMINISTIC_HASHING": "1"]
    ),
    Circumstances(testDescription: "Turkish", environment: ["LC_ALL": "tr_TR.UTF-8"]),
    Circumstances(testDescription: "German", environment: ["LC_ALL": "de_DE.UTF-8"]),
    Circumstances(testDescription: "no locale", environment: ["LC_ALL": "C"]),
    Circumstances(testDescription: "another zone", environment: ["TZ": "Pacific/Chatham"]),
    Circumstances(
      testDescription: "another user",
      environment: ["HOME": "/", "USER": "nobody", "HOSTNAME": "elsewhere", "COLUMNS": "200"]
    ),
    Circumstances(
      testDescription: "no fused multiply-add in the C library",
      environment: ["GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-AVX2_Usable,-FMA4"]
    ),
    Circumstances(testDescription: "its own folder", folder: "small", scenario: "scenario.yaml"),
    Circumstances(testDescription: "a detour", scenario: "./small/../small//scenario.yaml"),
    Circumstances(testDescription: "an absolute path", scenario: "ABSOLUTE/small/scenario.yaml"),
    Circumstances(testDescription: "a link", scenario: "linked/scenario.yaml"),
  ]

  @Test(arguments: all)
  func bytesStayTheSame(circumstances: Circumstances) throws {
    try withFixtures { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "linked").path,
        withDestinationPath: "small"
      )
      let usual = Circumstances(testDescription: "")
      let expected = try results(usual, in: folder, named: "usual")
      let found = try results(circumstances, in: folder, named: "other")
      #expect(expected.files.contents.count >= 10)
      #expect(found.files.contents == expected.files.contents)
      #expect(found.output == expected.output)
      let places = [folder.lastPathComponent, ProcessInfo.processInfo.hostName, "usual", "other"]
      for (name, data) in found.files.contents {
        let text = String(decoding: data, as: UTF8.self)
        for place in places { #expect(!text.contains(place), "\(name): \(place)") }
      }
    }
  }

  private func results(
    _ circumstances: Circumstances,
    in folder: URL,
    named name: String
  ) throws -> (files: ResultFiles, output: String) {
    let out = folder.appending(path: name)
    let scenario = circumstances.scenario.replacing("ABSOLUTE", with: folder.path)
    let result = try Podstorm.run(
      ["run", scenario, "--quiet", "--output", out.path],
      in: folder.appending(path: circumstances.folder),
      environment: circumstances.environment
    )
    #expect([0, 98, 99].contains(result.status), "\(result.summary)")
    return (try ResultFiles(out), result.output)
  }
}
