package import KubernetesManifests

/// What the control plane knows of a pod at one instant.
package struct PodState: Hashable, Sendable {
  /// `status.phase`.
  package enum Phase: String, CaseIterable, Sendable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"

    /// Whether the pod has run its course and never runs again.
    package var isTerminal: Bool { self == .succeeded || self == .failed }
  }
  /// A port that a container of the pod declares, sidecars included.
  package struct Port: Hashable, Sendable {
    package var name: String?
    package var `protocol`: PortProtocol
    package var number: Int

    package init(_ number: Int, name: String? = nil, protocol transport: PortProtocol = .tcp) {
      self.number = number
      self.name = name
      self.protocol = transport
    }
  }
  package var key: ObjectKey
  package var labels: Labels
  /// The workload that owns it, such as `frontend`; `nil` for a bare pod.
  package var workload: String?
  /// `nil` until the sandbox has one.
  package var ip: String?
  /// `nil` until the pod is scheduled.
  package var node: String?
  package var zone: String?
  package var phase: Phase
  /// The condition `Ready`.
  package var isReady: Bool
  /// Whether `metadata.deletionTimestamp` is set.
  package var isTerminating: Bool
  package var ports: [Port]
  package var hostname: String?
  package var subdomain: String?

  /// A pod that runs and is ready unless said otherwise.
  package init(
    _ key: ObjectKey,
    labels: Labels = Labels(),
    workload: String? = nil,
    ip: String? = nil,
    node: String? = nil,
    zone: String? = nil,
    phase: Phase = .running,
    isReady: Bool = true,
    isTerminating: Bool = false,
    ports: [Port] = [],
    hostname: String? = nil,
    subdomain: String? = nil
  ) {
    self.key = key
    self.labels = labels
    self.workload = workload
    self.ip = ip
    self.node = node
    self.zone = zone
    self.phase = phase
    self.isReady = isReady
    self.isTerminating = isTerminating
    self.ports = ports
    self.hostname = hostname
    self.subdomain = subdomain
  }

  /// Whether a container declares the port, or none declares any, so that nobody can tell.
  package func mayListen(on number: Int, protocol transport: PortProtocol = .tcp) -> Bool {
    ports.isEmpty || ports.contains { $0.number == number && $0.protocol == transport }
  }

  /// The number that a `targetPort` means in this pod; `nil` when no container names it.
  ///
  /// A number needs no declaration: `containerPort` is documentation for it.
  package func number(of target: PortReference, protocol transport: PortProtocol) -> Int? {
    switch target {
    case .number(let number): number
    case .name(let name):
      ports.first { $0.name == name && $0.protocol == transport }?.number
    }
  }
}
