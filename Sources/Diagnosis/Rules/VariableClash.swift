/// `REDIS_PORT` is `tcp://10.96.12.7:6379` where a Service is called `redis`.
package enum VariableClash: Rule {
  package static let code = "PS1307"
  package static let severity = Finding.Severity.warning
  package static let title = "NAME_PORT is a URL, not a number"
  package static let cause = """
    A container uses NAME_PORT without defining it, or defines NAME_HOST and leaves NAME_PORT to \
    the application's default, and its namespace has a Service of that name: Kubernetes sets \
    NAME_PORT to tcp://ADDRESS:PORT. The second case is a note, as the application may not read \
    it.
    """
  package static let effect = """
    An application that reads NAME_PORT as a number fails at start or ignores it, and only in \
    clusters in which the Service exists before the pod.
    """
  package static let fix = """
    Define NAME_PORT in env, use NAME_SERVICE_PORT, or set enableServiceLinks: false.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.filter(\.hasServiceLinks).flatMap { workload in
      uses(workload, inventory) + leftToDefault(workload, inventory)
    }
  }

  private static func uses(_ workload: WorkloadView, _ inventory: Inventory) -> [Finding] {
    ServiceVariable.all(in: workload).compactMap { use in
      guard !use.name.hasSuffix("_SERVICE_PORT"), use.name.hasSuffix("_PORT"),
        let (service, port) = service(use.prefix, workload, inventory)
      else { return nil }
      return finding(
        workload.object,
        at: use.span,
        "\(use.name) is tcp://ADDRESS:\(port), because there is a Service "
          + service.object.name,
        fix: "use \(use.prefix)_SERVICE_PORT, or write \(port)"
      )
    }
  }

  private static func leftToDefault(
    _ workload: WorkloadView,
    _ inventory: Inventory
  ) -> [Finding] {
    workload.containers.flatMap { container -> [Finding] in
      let names = container.variables.map(\.name)
      let isOpen = container.tree.at("envFrom") != nil
      return container.variables.compactMap { name, value in
        guard name.hasSuffix("_HOST"), !name.hasSuffix("_SERVICE_HOST"), !isOpen, let value,
          let (service, port) = service(String(name.dropLast(5)), workload, inventory),
          !names.contains(service.variablePrefix + "_PORT")
        else { return nil }
        return finding(
          workload.object,
          at: value.span,
          "\(service.variablePrefix)_PORT is not defined here, so Service "
            + "\(service.object.name) makes it tcp://ADDRESS:\(port)",
          severity: .note,
          fix: "define \(service.variablePrefix)_PORT as \"\(port)\", if the application reads it"
        )
      }
    }
  }

  private static func service(
    _ prefix: String,
    _ workload: WorkloadView,
    _ inventory: Inventory
  ) -> (ServiceView, Int)? {
    let found = inventory.services(withPrefix: prefix).first { service in
      !service.isHeadless && !service.isExternalName
        && service.object.namespace == workload.object.namespace
    }
    return found.flatMap { service in service.ports.first.map { (service, $0.number) } }
  }
}
