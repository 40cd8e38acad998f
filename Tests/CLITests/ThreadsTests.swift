import Foundation
import TestSupport
import Testing

/// The number of threads changes how long it takes and nothing else.
@Suite struct ThreadsTests {
  @Test func anyNumberOfThreadsGivesTheSameBytes() throws {
    try withFixtures { folder in
      let results = try ["1", "2", "3"].map { threads in
        let result = try Podstorm.run(
          ["run", "small/scenario.yaml", "--quiet", "-j", threads, "-o", "out-\(threads)"],
          in: folder
        )
        #expect([0, 98, 99].contains(result.status), "\(result.summary)")
        return (try contents(of: folder.appending(path: "out-\(threads)")), result.output)
      }
      #expect(results[0].0.count >= 5)
      #expect(results[1].0 == results[0].0)
      #expect(results[2].0 == results[0].0)
      #expect(results[1].1 == results[0].1)
      #expect(results[2].1 == results[0].1)
    }
  }

  @Test func anotherSeedGivesOtherBytes() throws {
    try withFixtures { folder in
      let results = try ["1", "2"].map { seed in
        _ = try Podstorm.run(
          ["run", "small/scenario.yaml", "--quiet", "--seed", seed, "-o", "out-\(seed)"],
          in: folder
        )
        return try contents(of: folder.appending(path: "out-\(seed)"))
      }
      #expect(results[0]["summary.csv"] != nil)
      #expect(results[0]["summary.csv"] != results[1]["summary.csv"])
    }
  }

  private func contents(of folder: URL) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, try Data(contentsOf: folder.appending(path: name)))
      }
    )
  }
}
