/// An image without a fixed tag.
package enum ImageTagLatest: Rule {
  package static let code = "PS1801"
  package static let severity = Finding.Severity.warning
  package static let title = "the image has no fixed tag"
  package static let cause = """
    An image's tag is latest or absent, and no digest is given. For Jobs, whose pods nobody \
    calls, nothing is said.
    """
  package static let effect = """
    The image is asked for anew at every start (imagePullPolicy Always): replicas started on \
    different days run different programs behind one Service, a rollback changes nothing, and no \
    pod starts while the registry is away.
    """
  package static let fix = "Write a version's tag or a digest."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.filter(\.isLasting).flatMap { workload in
      workload.containers.compactMap { container in
        guard let image = container.image, let text = image.text, isLoose(text) else { return nil }
        let name = text.hasSuffix(":latest") ? String(text.dropLast(7)) : text
        return finding(
          workload.object,
          at: image.span,
          "image \(text) of container \(container.name) means whatever is newest at each start",
          fix: "write `image: \(name):VERSION`"
        )
      }
    }
  }

  /// Whether the tag is `latest`, written or implied; text of templates is left alone.
  private static func isLoose(_ image: String) -> Bool {
    if image.contains("@") || image.contains("{") || image.contains("$") { return false }
    let name = image.split(separator: "/").last ?? ""
    guard let colon = name.lastIndex(of: ":") else { return true }
    return name[name.index(after: colon)...] == "latest"
  }
}
