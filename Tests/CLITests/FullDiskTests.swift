import TestSupport
import Testing

#if os(Linux)
/// `/dev/full` is a disk without room.
@Suite struct FullDiskTests {
  @Test(arguments: ["run small/scenario.yaml --dry-run", "sweep small/scenario.yaml --dry-run"])
  func lostResultIsAnError(command: String) throws {
    let text = "$ podstorm \(command) --quiet > /dev/full\n"
    let answer = try withFixtures { try Transcript(text).replayed(in: $0) }
    let reason = "No space left on device"
    #expect(
      answer == text + "! podstorm: error: cannot write 'standard output': \(reason)\n? 74\n"
    )
  }
}
#endif
