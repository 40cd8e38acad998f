/// Discovery by environment variables that never come into being.
package enum ServiceVariableNeverSet: Rule {
  package static let code = "PS1306"
  package static let severity = Finding.Severity.error
  package static let title = "the Service never becomes a variable"
  package static let cause = """
    A container uses NAME_SERVICE_HOST or NAME_SERVICE_PORT of a Service that is headless, an \
    ExternalName or in another namespace, or its pod refuses them (enableServiceLinks: false).
    """
  package static let effect = """
    The variable is never set: `$(NAME)` stays as it is in the container's text, and a shell \
    puts nothing in its place.
    """
  package static let fix = "Use the Service's DNS name."

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.flatMap { workload in
      ServiceVariable.all(in: workload).compactMap { use in
        guard use.name.contains("_SERVICE_"), use.prefix != "KUBERNETES",
          let (reason, host) = reason(use, workload, inventory)
        else { return nil }
        return finding(
          workload.object,
          at: use.span,
          "\(use.name) is never set: \(reason)",
          fix: "use the name \(host) instead of the variable"
        )
      }
    }
  }

  private static func reason(
    _ use: ServiceVariable,
    _ workload: WorkloadView,
    _ inventory: Inventory
  ) -> (String, host: String)? {
    let named = inventory.services(withPrefix: use.prefix)
    let namespace = workload.object.namespace
    if let own = named.first(where: { $0.object.namespace == namespace }) {
      let name = own.object.name
      if !workload.hasServiceLinks { return ("the pod has enableServiceLinks: false", name) }
      if own.isHeadless { return ("Service \(name) is headless", name) }
      if own.isExternalName { return ("Service \(name) is an ExternalName", name) }
      return nil
    }
    return named.first.map { service in
      let other = service.object.namespace
      return (
        "\(service.object.title) is in another namespace than \(namespace)",
        "\(service.object.name).\(other)"
      )
    }
  }
}
