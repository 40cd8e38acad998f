/// `kubectl get events`: of the last hour, oldest first.
enum EventsResource: ResourceTable {
  static let name = "events"
  static let shortNames = ["ev", "event"]
  static let isNamespaced = true
  static let columns = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
  static let wideColumns: [String] = []

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.events.map { event in
      ResourceRow(
        event.namespace,
        event.object,
        [
          KubectlDuration.text(event.age), event.isWarning ? "Warning" : "Normal", event.reason,
          event.object, event.message,
        ]
      )
    }
  }
}
