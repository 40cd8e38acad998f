/// Discovery by environment variables of a Service that is created too late.
package enum ServiceAfterPods: Rule {
  package static let code = "PS1305"
  package static let severity = Finding.Severity.warning
  package static let title = "the Service is created after pods that read its variables"
  package static let cause = """
    A container uses NAME_SERVICE_HOST or NAME_SERVICE_PORT of a Service that stands behind the \
    workload in the order of the files.
    """
  package static let effect = """
    The variables are taken when a container is created. Those created before the Service have \
    none and fail or call an empty host, until a restart heals them; whether it happens is a \
    race, so it shows on some pods and some days only.
    """
  package static let fix = """
    Use the Service's DNS name, which needs no order; or put the Service in front.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.filter(\.hasServiceLinks).flatMap { workload in
      ServiceVariable.all(in: workload).compactMap { use in
        let service = inventory.services(withPrefix: use.prefix).first { service in
          !service.isHeadless && !service.isExternalName
            && service.object.namespace == workload.object.namespace
        }
        guard let service, service.object.order > workload.object.order,
          !use.name.hasSuffix("_PORT") || use.name.hasSuffix("_SERVICE_PORT")
        else { return nil }
        return finding(
          workload.object,
          at: use.span,
          "\(use.name) is set only in containers created after Service \(service.object.name), "
            + "which comes later (\(service.object.place))",
          fix: "use the name \(service.object.name) instead of the variable, or put the Service "
            + "in front of the \(workload.object.kind)"
        )
      }
    }
  }
}
