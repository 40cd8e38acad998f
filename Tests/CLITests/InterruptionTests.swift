import Foundation
import TestSupport
import Testing

/// A signal ends the program soon, keeps the runs that are finished and owns up to the rest.
///
/// Limits are wider than the promised second, because all other tests run at the same time;
/// `make determinism` holds the program to the second itself.
@Suite struct InterruptionTests {
  private static let signals = [SIGINT, SIGTERM]
  private static let limit = 4.0

  /// Six runs of about a tenth of a second each.
  private static let run = [
    "run", "small/scenario.yaml", "--quiet", "--set", "run.duration=4h", "-j", "1",
    "--output", "out",
  ]

  @Test(arguments: signals)
  func anyInstantLeavesWholeFilesOrNone(signal: Int32) throws {
    try withFixtures { folder in
      let start = ContinuousClock.now
      let alone = try Podstorm.run(Self.run, in: folder)
      let life = (ContinuousClock.now - start) / .seconds(1)
      #expect([0, 98, 99].contains(alone.status), "\(alone.summary)")
      let out = folder.appending(path: "out")
      let whole = try ResultFiles(out)
      for ordinal in 1...12 {
        try? FileManager.default.removeItem(at: out)
        // Multiples of the golden ratio spread evenly, and are the same in every test run.
        let share = (Double(ordinal) * 0.618_034).truncatingRemainder(dividingBy: 1)
        let (result, seconds) = try runCommand(
          Podstorm.binary,
          Self.run,
          in: folder,
          signals: [TimedSignal(after: share * life, number: signal)]
        )
        #expect(seconds < Self.limit, "\(ordinal): \(seconds) s")
        try check(result, signal, ResultFiles(out), against: whole)
      }
    }
  }

  private func check(
    _ result: CommandResult,
    _ signal: Int32,
    _ left: ResultFiles,
    against whole: ResultFiles
  ) throws {
    #expect(left.broken == [])
    // The signal may come before the program's first line or after its last.
    #expect([128 + signal, -signal, 0, 98, 99].contains(result.status), "\(result.summary)")
    guard !left.contents.isEmpty else {
      #expect([128 + signal, -signal].contains(result.status))
      #expect(result.output.isEmpty)
      return
    }
    let kept = try #require(left.record)
    let all = try #require(whole.record)
    #expect(!kept.runs.isEmpty && kept.runs.isSubset(of: all.runs))
    #expect(kept.partial == (kept.runs.count < all.runs.count))
    if kept.partial {
      #expect(result.status == 128 + signal)
      #expect(result.output.contains("the results are partial"))
    } else {
      #expect(left.contents == whole.contents)
    }
  }

  @Test(arguments: ["run", "sweep"], signals)
  func runUnderWayIsGivenUp(command: String, signal: Int32) throws {
    try withFixtures { folder in
      // Each run would take far longer than that.
      let (result, seconds) = try runCommand(
        Podstorm.binary,
        [command, "small/scenario.yaml", "--quiet", "--output", "new/out"]
          + ["--set", "run.duration=700h", "--set", "run.window=1h"],
        in: folder,
        signals: [TimedSignal(after: 0.7, number: signal)]
      )
      #expect(result.status == 128 + signal, "\(result.summary)")
      #expect(seconds < Self.limit)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains("stopped before any"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new").path))
    }
  }

  @Test(arguments: signals)
  func finishedPointsAreKept(signal: Int32) throws {
    try withFixtures { folder in
      // The first of four points is done in a moment, the second would take far too long.
      let path = folder.appending(path: "small/scenario.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
        .replacing("workloads.web.backlog: [0, 8]", with: "run.duration: [1m, 700h]")
      try Data(text.utf8).write(to: path)
      let (result, _) = try runCommand(
        Podstorm.binary,
        ["sweep", "small/scenario.yaml", "--quiet", "--output", "out"],
        in: folder,
        signals: [TimedSignal(after: 0.7, number: signal)]
      )
      #expect(result.status == 128 + signal, "\(result.summary)")
      #expect(result.output == "out/sweep.partial.csv\n")
      #expect(result.errors.contains("stopped early after 1 of 4 points"))
      let left = try ResultFiles(folder.appending(path: "out"))
      #expect(left.broken == [])
      #expect(left.contents.keys.sorted() == ["sweep.partial.csv"])
    }
  }
}
