import Inspection
import KubernetesManifests
import Testing

/// `-l` as kubectl takes it.
@Suite struct SelectorTests {
  private static let web = Labels([("app", "web"), ("tier", "front"), ("canary", "")])

  @Test(arguments: [
    ("app=web", true), ("app==web", true), ("app=Web", false), ("app!=web", false),
    ("app!=db", true), ("zone!=a", true), ("app=web,tier=front", true),
    ("app=web,tier=back", false), ("app in (db, web)", true), ("app in (db)", false),
    ("app notin (db,api)", true), ("zone notin (a)", true), ("app notin (web)", false),
    ("canary", true), ("zone", false), ("!zone", true), ("!canary", false),
    ("app in (web),!zone, tier = front", true), ("app in(web)", true), ("canary=", true),
  ])
  func selects(text: String, matches: Bool) throws {
    let selector = try #require(LabelSelector(parsing: text))
    #expect(selector.matches(Self.web) == matches)
  }

  @Test(arguments: ["", ",", "a b", "app in web", "app in ()", "=web", "app=a=b", "in (a)", "a,"])
  func refusesWhatIsNoSelector(text: String) {
    #expect(LabelSelector(parsing: text) == nil)
  }
}
