import ClusterSimulator
import Experiments
import Reports
import SimKernel
import Testing

/// Every kind of event against what a cluster prints (or the documented stand-in).
struct EventWordsTests {
  private func words(
    _ reason: ClusterEvent.Reason,
    object: Int = 0,
    value: Int = 0,
    previous: Int = 0
  ) throws -> EventWords {
    let arm = try #require(Fixture().result.arms.first)
    let run = try #require(arm.runs.first)
    let event = ClusterEvent(
      time: .zero,
      reason: reason,
      object: object,
      value: value,
      previous: previous
    )
    return EventWords(event, in: run, of: arm)
  }

  @Test("every reason is one CamelCase word and has an object and a message")
  func complete() throws {
    for reason in ClusterEvent.Reason.allCases {
      let words = try words(reason)
      #expect(words.reason.wholeMatch(of: /([A-Z]+[a-z]+)+/) != nil)
      #expect(words.object.wholeMatch(of: /[a-z]+\/[a-z0-9-]+/) != nil)
      #expect(!words.message.isEmpty && !words.message.hasSuffix("."))
    }
  }

  @Test(
    "who is spoken of, how loudly, in which words",
    arguments: [
      (.failedScheduling, true, "pod/backend-6f7-abcde", "0/2 nodes are available"),
      (
        .unready, true, "pod/backend-6f7-abcde", "Readiness probe failed, pod is no longer ready"
      ),
      (.killing, false, "pod/backend-6f7-abcde", "Stopping container"),
      (
        .taintManagerEviction, false, "pod/backend-6f7-abcde",
        "Marking for deletion Pod shop/backend-6f7-abcde"
      ),
      (.nodeReady, false, "node/node-1", "Node node-1 status is now: NodeReady"),
      (.successfulDelete, false, "replicaset/backend-6f7", "Deleted pod: backend-6f7-abcde"),
    ] as [(ClusterEvent.Reason, Bool, String, String)]
  )
  func examples(
    reason: ClusterEvent.Reason,
    isWarning: Bool,
    object: String,
    message: String
  ) throws {
    let words = try words(reason)
    #expect(words.isWarning == isWarning)
    #expect(words.object == object)
    #expect(words.message == message)
  }

  @Test("numbers stand in the message")
  func numbers() throws {
    let backOff = try words(.backOff, value: 10_000)
    #expect(backOff.message == "Back-off 10s restarting failed container")
    #expect(
      try words(.scalingReplicaSet, object: 1, value: 2, previous: 5).message.wholeMatch(
        of: /Scaled down replica set backend-[a-z0-9]{10} from 5 to 2/
      ) != nil
    )
    let rescale = try words(.successfulRescale, value: 3, previous: 6)
    #expect(rescale.message == "New size: 3; reason: All metrics below target")
  }
}
