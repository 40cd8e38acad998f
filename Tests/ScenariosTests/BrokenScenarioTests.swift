import KubernetesManifests
import Scenarios
import Testing

@Suite("A broken scenario is refused with its place and a way out")
struct BrokenScenarioTests {
  @Test("the scenario that the others are made from is whole")
  func shopIsValid() throws {
    #expect(try Shop.errors() == [])
    #expect(try Shop.warnings(Shop.scenario) == [])
  }

  @Test("one fault, one message", arguments: BrokenScenario.all)
  func oneFault(_ broken: BrokenScenario) throws {
    #expect(broken.text != Shop.scenario)
    let found = try Shop.errors(broken.text)
    #expect(found == [broken.expected])
  }
}
