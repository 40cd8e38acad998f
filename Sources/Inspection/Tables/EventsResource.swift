import ClusterState
import Reports

/// `kubectl get events`: of the last hour, oldest first.
enum EventsResource: ResourceTable {
  static let name = "events"
  static let shortNames = ["ev", "event"]
  static let apiVersion = "v1"
  static let kind = "Event"
  static let isNamespaced = true
  static let columns = [
    "LAST SEEN", "TYPE", "REASON", "OBJECT", "SUBOBJECT", "SOURCE", "MESSAGE", "FIRST SEEN",
    "COUNT", "NAME",
  ]
  static let wideColumns = ["SUBOBJECT", "SOURCE", "FIRST SEEN", "COUNT", "NAME"]

  static func rows(of picture: ClusterPicture) -> [ResourceRow] {
    picture.events.enumerated().map { index, event in
      let age = KubectlDuration.text(event.age)
      return ResourceRow(
        event.namespace,
        event.object,
        [
          age, event.type, event.reason, event.object, "", event.source, event.message, age, "1",
          name(event, index),
        ]
      )
    }
  }

  /// The object's name and a number, where Kubernetes has the time in hexadecimal.
  private static func name(_ event: ClusterPicture.Event, _ index: Int) -> String {
    let object = event.object.split(separator: "/").last ?? ""
    let digits = String(index, radix: 16)
    return "\(object)." + String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }

  static func objects(of picture: ClusterPicture) -> [JSON] {
    picture.events.enumerated().map { index, event in
      let time = JSON.string(picture.timestamp(ago: event.age))
      let parts = event.object.split(separator: "/", maxSplits: 1).map(String.init)
      let kinds = resourceTables.first { $0.kind.lowercased() == parts.first }
      return .fields([
        "apiVersion": .string(apiVersion), "kind": .string(kind),
        "metadata": KubernetesObject.metadata(
          ObjectKey(event.namespace, name(event, index)),
          created: event.age,
          in: picture
        ),
        "type": .string(event.type), "reason": .string(event.reason),
        "message": .string(event.message), "count": .integer(1), "firstTimestamp": time,
        "lastTimestamp": time, "source": .fields(["component": .string(event.source)]),
        "involvedObject": .fields([
          "apiVersion": .text(kinds?.apiVersion), "kind": .text(kinds?.kind),
          "name": .text(parts.last), "namespace": .string(event.namespace),
        ]),
      ])
    }
  }
}

extension ClusterPicture.Event {
  var type: String { isWarning ? "Warning" : "Normal" }

  /// The component that reports such things.
  var source: String {
    switch reason {
    case "Scheduled", "FailedScheduling": "default-scheduler"
    case "ScalingReplicaSet", "ProgressDeadlineExceeded": "deployment-controller"
    case "SuccessfulRescale": "horizontal-pod-autoscaler"
    case "NodeNotReady", "TaintManagerEviction": "node-controller"
    case "SuccessfulCreate", "SuccessfulDelete":
      object.hasPrefix("replicaset/") ? "replicaset-controller" : "statefulset-controller"
    default: "kubelet"
    }
  }
}
