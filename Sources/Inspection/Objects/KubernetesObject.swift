import ClusterState
import KubernetesManifests
package import Reports
import SimKernel

/// An object as `-o json` and `-o yaml` print it, as far as the picture knows it.
///
/// Times count from 1970: what was there before a run was made at its beginning, and a run starts
/// an hour later.
enum KubernetesObject {
  /// An object of a kind.
  static func json(
    _ kind: any ResourceTable.Type,
    _ metadata: JSON,
    spec: JSON? = nil,
    status: JSON? = nil
  ) -> JSON {
    .fields([
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "metadata": metadata,
      "spec": spec, "status": status,
    ])
  }

  /// `metadata`.
  static func metadata(
    _ key: ObjectKey,
    labels: Labels = Labels(),
    annotations: Labels = Labels(),
    owner: JSON? = nil,
    created age: SimDuration,
    in picture: ClusterPicture
  ) -> JSON {
    .fields([
      "name": .string(key.name),
      "namespace": .text(key.namespace.isEmpty ? nil : key.namespace),
      "labels": .labels(labels), "annotations": .labels(annotations),
      "ownerReferences": .list(owner.map { [$0] } ?? []),
      "creationTimestamp": .string(picture.timestamp(ago: age)),
    ])
  }

  /// The controller that made an object.
  static func owner(_ apiVersion: String, _ kind: String, _ name: String) -> JSON {
    .fields([
      "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(name),
      "controller": .bool(true), "blockOwnerDeletion": .bool(true),
    ])
  }

  /// A condition of a status.
  static func condition(_ type: String, _ holds: Bool, otherwise: String = "False") -> JSON {
    .fields(["type": .string(type), "status": .string(holds ? "True" : otherwise)])
  }

  /// Many objects in one document.
  package static func list(_ items: [JSON]) -> JSON {
    .fields([
      "apiVersion": .string("v1"), "items": .array(items), "kind": .string("List"),
      "metadata": .fields(["resourceVersion": .string("")]),
    ])
  }
}

extension ResourceTable {
  /// One object by itself, several or a listing as a List, as kubectl does.
  package static func document(_ objects: [JSON], isListing: Bool) -> JSON {
    if !isListing, objects.count == 1 { return objects[0] }
    return KubernetesObject.list(objects)
  }
}

extension ClusterPicture {
  /// The time of something that happened so long ago.
  func timestamp(ago span: SimDuration) -> String {
    RFC3339.text(seconds: max(0, (age - span).nanoseconds) / 1_000_000_000)
  }
}

/// Times as the API writes them, in UTC.
package enum RFC3339 {
  /// Seconds from the beginning of 1970 on.
  package static func text(seconds: Int64) -> String {
    let (year, month, day) = date(days: seconds / 86_400)
    let rest = seconds % 86_400
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
      + "\(padded(rest / 3_600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  /// The Gregorian date of a day, counted in eras of 400 years that begin in March, so that the
  /// leap day comes last.
  private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
