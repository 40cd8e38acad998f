import Foundation
import TestSupport
import Testing

#if os(Linux)
/// Results that cannot be written: 74, the file's name, and nothing half-written.
@Suite struct FullDiskTests {
  /// A command and the file that it cannot write.
  struct Loss: Sendable, CustomTestStringConvertible {
    var command: String
    var file: String
    var reason = "No space left on device"
    var testDescription: String { command }
  }

  private static let losses = [
    // `/dev/full` is a disk without room.
    Loss(
      command: "podstorm run small/scenario.yaml -q --dry-run > /dev/full",
      file: "standard output"
    ),
    Loss(
      command: "podstorm sweep small/scenario.yaml -q --dry-run > /dev/full",
      file: "standard output"
    ),
    Loss(command: "podstorm --help > /dev/full", file: "standard output"),
    Loss(command: "podstorm --version > /dev/full", file: "standard output"),
    Loss(
      command: "podstorm --version >&-",
      file: "standard output",
      reason: "Bad file descriptor"
    ),
    Loss(
      command: "podstorm run small/scenario.yaml -q --timings /dev/full > /dev/null",
      file: "/dev/full"
    ),
    Loss(
      command: "podstorm run small/scenario.yaml -q --timings small",
      file: "small",
      reason: "Is a directory"
    ),
    // A limit of 512 or 1,024 bytes for every file.
    Loss(
      command: "ulimit -f 1; podstorm run small/scenario.yaml -q --output new/out",
      file: "new/out/summary.csv",
      reason: "File too large"
    ),
    Loss(
      command: "ulimit -f 1; podstorm sweep small/scenario.yaml -q --output new/out",
      file: "new/out/sweep.csv",
      reason: "File too large"
    ),
    // Nothing can be made there, not even by the superuser.
    Loss(
      command: "podstorm run small/scenario.yaml -q --output /proc/podstorm",
      file: "/proc/podstorm",
      reason: "No such file or directory"
    ),
  ]

  @Test(arguments: losses)
  func lostResultIsAnError(loss: Loss) throws {
    let text = "$ \(loss.command)\n"
    try withFixtures { folder in
      let answer = try Transcript(text).replayed(in: folder)
      let message = "podstorm: error: cannot write '\(loss.file)': \(loss.reason)"
      #expect(answer == text + "! \(message)\n? 74\n")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new").path))
    }
  }

  /// The disk is full after the first files: those of the earlier run must all stay.
  @Test(arguments: [4, 8, 16, 24])
  func earlierResultsStay(kibibytes: Int) throws {
    try withFixtures { folder in
      let run = "podstorm run small/scenario.yaml -q --output out"
      _ = try Transcript("$ \(run)\n").replayed(in: folder)
      let earlier = try ResultFiles(folder.appending(path: "out"))
      let answer = try Transcript("$ bash -c 'ulimit -f \(kibibytes); \(run) --seed 2'\n")
        .replayed(in: folder)
      #expect(answer.contains("! podstorm: error: cannot write 'out/"))
      #expect(answer.hasSuffix("File too large\n? 74\n"))
      #expect(earlier.contents.count >= 10)
      #expect(try ResultFiles(folder.appending(path: "out")).contents == earlier.contents)
    }
  }

  @Test func closedStreamsDoNotEndInFiles() throws {
    try withFixtures { folder in
      let text = "$ podstorm run small/scenario.yaml --output out >&- 2>&- <&-\n"
      let answer = try Transcript(text).replayed(in: folder)
      #expect(answer == text + "? 74\n")
      let left = try ResultFiles(folder.appending(path: "out"))
      #expect(left.broken == [])
      #expect(left.record?.partial == false)
    }
  }

  /// `head` goes away, and takes both streams with it.
  @Test func brokenPipeIsQuiet() throws {
    try withFixtures { folder in
      let text =
        "$ (podstorm run small/scenario.yaml 2>&1; echo $? > status) | (exec <&-; sleep 1)\n"
      let answer = try Transcript(text).replayed(in: folder)
      #expect(answer == text + "? 0\n")
      let status = try Transcript("$ cat status\n").replayed(in: folder)
      #expect(status == "$ cat status\n> 0\n? 0\n")
    }
  }

  @Test func devicesAndLinksAreNotReplaced() throws {
    try withFixtures { folder in
      let text = """
        $ echo old > real; ln -s real link; podstorm run small/scenario.yaml -q --timings link > all
        ? 0

        $ readlink link; grep -c wall_s real
        > real
        > 1
        ? 0

        $ podstorm run small/scenario.yaml -q --timings /dev/null > all; test -c /dev/null
        ? 0

        """
      let answer = try Transcript(text).replayed(in: folder)
      #expect(answer == text)
    }
  }
}
#endif
