import Foundation
import TestSupport
import Testing

/// A signal ends the experiment after the runs under way, and keeps them.
@Suite struct InterruptionTests {
  @Test(arguments: [("INT", Int32(130)), ("TERM", 143)])
  func finishedRunsAreKept(signal: String, status: Int32) throws {
    try withFixtures { folder in
      // Far more than could be done; the first runs are done within the second.
      let script = """
        "$1" run small/scenario.yaml --quiet --set run.duration=30m \\
          --replications 10000 --output out > summary &
        sleep 1; kill -s \(signal) $!; wait $!
        """
      let result = try runCommand(
        named: "sh",
        ["-c", script, "sh", Podstorm.binary.path],
        in: folder,
        timeout: 60
      )
      #expect(result.status == status, "\(result.summary)")
      let record = try String(contentsOf: folder.appending(path: "out/run.json"), encoding: .utf8)
      #expect(record.contains(#""partial": true"#))
    }
  }
}
