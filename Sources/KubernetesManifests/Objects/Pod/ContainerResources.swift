/// The requests and limits of a container that the simulator uses.
package struct ContainerResources: Hashable, Sendable {
  /// `nil` when neither a request nor a limit is given.
  package var cpuRequest: Quantity?
  package var cpuLimit: Quantity?
  package var memoryRequest: Quantity?
  package var memoryLimit: Quantity?

  /// Reads `resources`; a missing request takes the value of its limit, as in the API.
  static func read(_ container: inout FieldReader) -> ContainerResources {
    var resources = ContainerResources()
    guard var fields = container.mapping("resources") else { return resources }
    let limits = readList(&fields, "limits")
    let requests = readList(&fields, "requests")
    fields.accept(["claims"])
    fields.finish()
    for request in requests {
      guard let limit = limits.first(where: { $0.name == request.name }),
        request.amount > limit.amount
      else { continue }
      fields.reader.report(
        "Invalid value: '\(request.text)': must be less than or equal to the \(request.name) "
          + "limit '\(limit.text)'",
        at: request.mark,
        path: fields.path(of: "requests.\(request.name)")
      )
    }
    func amount(_ list: [Entry], _ name: String) -> Quantity? {
      list.first { $0.name == name }?.amount
    }
    resources.cpuLimit = amount(limits, "cpu")
    resources.memoryLimit = amount(limits, "memory")
    resources.cpuRequest = amount(requests, "cpu") ?? resources.cpuLimit
    resources.memoryRequest = amount(requests, "memory") ?? resources.memoryLimit
    return resources
  }

  /// One resource of a list, with its text for messages.
  private struct Entry {
    var name: String
    var amount: Quantity
    var text: String
    var mark: SourceMark
  }

  private static func readList(_ fields: inout FieldReader, _ name: String) -> [Entry] {
    let standard = ["cpu", "memory", "ephemeral-storage"]
    var list: [Entry] = []
    for entry in fields.mappingEntries(name) {
      let isKnown =
        standard.contains(entry.key) || entry.key.hasPrefix("hugepages-")
        || entry.key.contains("/")
      if !isKnown {
        fields.reader.report(
          "Invalid value: '\(entry.key)': must be a standard resource for containers",
          at: entry.keyMark,
          path: entry.path,
          hint: EditDistance.hint(for: entry.key, in: standard)
        )
      }
      if let amount = fields.reader.quantity(entry.value, path: entry.path) {
        let text = entry.value.scalar?.excerpt ?? ""
        list.append(Entry(name: entry.key, amount: amount, text: text, mark: entry.value.mark))
      }
    }
    return list
  }
}
