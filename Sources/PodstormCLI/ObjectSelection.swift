import ArgumentParser
import Inspection
import KubernetesManifests

/// Which objects of a picture are meant.
struct ObjectSelection: ParsableArguments {
  @Option(name: .shortAndLong, help: "Only objects of this namespace.")
  var namespace: String?

  @Flag(
    name: [.customShort("A"), .long],
    help: "Objects of all namespaces, and always the column NAMESPACE."
  )
  var allNamespaces = false

  @Option(
    name: [.customShort("l"), .customLong("selector")],
    help: ArgumentHelp("Only objects with these labels, as kubectl spells it: app=web,tier!=db.")
  )
  var selectorText: String?

  mutating func validate() throws {
    if let selectorText, LabelSelector(parsing: selectorText) == nil {
      throw ValidationError(
        "--selector wants labels such as app=web,tier!=db,"
          + " not '\(PrintableText.of(selectorText))'"
      )
    }
  }

  /// Whether an object is one of those.
  func includes(
    namespace ofObject: String,
    _ labels: Labels,
    of resource: any ResourceTable.Type
  ) -> Bool {
    let isInNamespace =
      namespace == nil || allNamespaces || !resource.isNamespaced || ofObject == namespace
    guard let selectorText, let selector = LabelSelector(parsing: selectorText) else {
      return isInNamespace
    }
    return isInNamespace && selector.matches(labels)
  }
}
