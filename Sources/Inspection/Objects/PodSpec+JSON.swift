import KubernetesManifests
import Reports

extension PodSpec {
  /// `spec` of a pod or template, with the API's defaults.
  func json(node: String? = nil, hostname: String? = nil, subdomain: String? = nil) -> JSON {
    .fields([
      "containers": .array(containers.map(\.json)),
      "initContainers": .list(initContainers.map(\.json)),
      "restartPolicy": .string(restartPolicy.rawValue),
      "terminationGracePeriodSeconds": .integer(terminationGracePeriodSeconds),
      "activeDeadlineSeconds": .count(activeDeadlineSeconds),
      "nodeName": .text(node ?? scheduling.nodeName?.value),
      "nodeSelector": .labels(scheduling.nodeSelector),
      "priorityClassName": .text(scheduling.priorityClassName),
      "priority": .count(scheduling.priority),
      "tolerations": .list(scheduling.tolerations.map(Self.json)),
      "hostname": .text(hostname ?? network.hostname?.value),
      "subdomain": .text(subdomain ?? network.subdomain?.value),
      "hostNetwork": .flag(network.isHostNetwork),
      "enableServiceLinks": .bool(network.enableServiceLinks),
      "dnsPolicy": .string(network.dnsPolicy.rawValue),
      "readinessGates": .list(
        readinessGates.map { .fields(["conditionType": .string($0)]) }
      ),
    ])
  }

  private static func json(_ toleration: Toleration) -> JSON {
    .fields([
      "key": .text(toleration.key.isEmpty ? nil : toleration.key),
      "operator": .string(toleration.operator.rawValue),
      "value": .text(toleration.value.isEmpty ? nil : toleration.value),
      "effect": .text(toleration.effect?.rawValue),
      "tolerationSeconds": .count(toleration.tolerationSeconds),
    ])
  }
}

extension PodTemplate {
  /// `spec.template` of a workload.
  var json: JSON {
    .fields([
      "metadata": .fields(["labels": .labels(labels), "annotations": .labels(annotations)]),
      "spec": spec.json(),
    ])
  }
}

extension Container {
  fileprivate var json: JSON {
    .fields([
      "name": .string(name.value), "image": .string(image),
      "imagePullPolicy": .string(imagePullPolicy.rawValue),
      "restartPolicy": .text(restartPolicy?.rawValue),
      "command": .texts(command.map(\.value)), "args": .texts(arguments.map(\.value)),
      "env": .list(environment.map(Self.json)), "ports": .list(ports.map(Self.json)),
      "resources": resources.json, "readinessProbe": readinessProbe?.json,
      "livenessProbe": livenessProbe?.json, "startupProbe": startupProbe?.json,
      "lifecycle": preStop.flatMap(Self.lifecycle),
    ])
  }

  /// What comes from elsewhere keeps its name only.
  private static func json(_ variable: EnvironmentVariable) -> JSON {
    .fields([
      "name": .string(variable.name.value),
      "value": .text(variable.source == nil ? variable.value.value : nil),
      "valueFrom": variable.source.map { .fields([$0.rawValue: .fields([:])]) },
    ])
  }

  private static func json(_ port: ContainerPort) -> JSON {
    .fields([
      "name": .text(port.name), "containerPort": .integer(port.containerPort),
      "protocol": .string(port.protocol.rawValue), "hostPort": .count(port.hostPort),
      "hostIP": .text(port.hostIP.isEmpty ? nil : port.hostIP),
    ])
  }

  private static func lifecycle(_ hook: PreStopHook) -> JSON? {
    guard case .sleep(let seconds) = hook else { return nil }
    return .fields([
      "preStop": .fields(["sleep": .fields(["seconds": .integer(seconds)])])
    ])
  }
}

extension ContainerResources {
  fileprivate var json: JSON {
    .fields([
      "requests": Self.list(cpuRequest, memoryRequest), "limits": Self.list(cpuLimit, memoryLimit),
    ])
  }

  private static func list(_ cpu: Quantity?, _ memory: Quantity?) -> JSON? {
    if cpu == nil, memory == nil { return nil }
    return .fields(["cpu": .text(cpu?.cpuText), "memory": .text(memory?.memoryText)])
  }
}

extension Quantity {
  /// Cores, or thousandths of one.
  var cpuText: String { milliValue % 1_000 == 0 ? String(value) : "\(milliValue)m" }

  /// Bytes, by the largest binary unit that gives a whole number.
  var memoryText: String {
    var amount = value
    var unit = ""
    for next in ["Ki", "Mi", "Gi", "Ti"] where amount > 0 && amount % 1_024 == 0 {
      amount /= 1_024
      unit = next
    }
    return "\(amount)\(unit)"
  }
}

extension Probe {
  fileprivate var json: JSON {
    var exec: JSON?
    var http: JSON?
    var tcp: JSON?
    var grpc: JSON?
    switch handler {
    case .httpGet(let path, let port):
      http = .fields(["path": .string(path), "port": .port(port), "scheme": .string("HTTP")])
    case .tcpSocket(let port): tcp = .fields(["port": .port(port)])
    case .grpc(let port): grpc = .fields(["port": .integer(port)])
    case .exec(let command): exec = .fields(["command": .texts(command)])
    }
    return .fields([
      "exec": exec, "httpGet": http, "tcpSocket": tcp, "grpc": grpc,
      "initialDelaySeconds": .count(initialDelaySeconds == 0 ? nil : initialDelaySeconds),
      "periodSeconds": .integer(periodSeconds), "timeoutSeconds": .integer(timeoutSeconds),
      "successThreshold": .integer(successThreshold),
      "failureThreshold": .integer(failureThreshold),
      "terminationGracePeriodSeconds": .count(terminationGracePeriodSeconds),
    ])
  }
}
