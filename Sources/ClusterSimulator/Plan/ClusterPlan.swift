package import SimKernel

/// Nodes and the delays between the cluster's components.
package struct ClusterPlan: Sendable {
  package var nodes: [NodePlan]
  package var kubeProxy = KubeProxyPlan()
  package var ingress = IngressPlan()
  package var dns = DNSPlan()
  /// The cloud that provides load balancers; `nil`: they stay pending for ever.
  package var loadBalancer: LoadBalancerPlan?
  package var controlPlane = ControlPlanePlan()
  package var kubelet = KubeletPlan()
  /// Who adds and removes nodes; `nil`: nobody.
  package var autoscaler: ClusterAutoscalerPlan?
  /// The node labels by which pods are spread or held together; the first two always.
  package var topologyKeys = [NodePlan.hostnameLabel, NodePlan.zoneLabel]
  /// Whether a pod's address returns to its node's pool once the pod is gone.
  ///
  /// `false` is an ablation: no real CNI plugin does that.
  package var reusesAddresses = true

  package init(nodes: [NodePlan]) { self.nodes = nodes }
}

/// One machine.
package struct NodePlan: Sendable {
  package var name: String
  package var zone: String
  /// CPU that pods may request, in thousandths of a core.
  package var allocatableMilliCPU: Int
  /// Memory that pods may request, in bytes.
  package var allocatableMemory: Int
  package var maxPods = 110
  /// Labels besides the host name and the zone, in order of their keys.
  package var labels: [NodeLabel] = []
  package var taints: [NodeTaint] = []
  /// `spec.unschedulable` at the start.
  package var isCordoned = false
  /// The first address of the node's pod CIDR as a 32-bit IPv4 number.
  package var podCIDR: UInt32
  /// Addresses that pods can get: the CIDR without network, gateway and broadcast address.
  package var podAddresses: Int

  package init(
    name: String,
    zone: String,
    allocatableMilliCPU: Int,
    allocatableMemory: Int,
    podCIDR: UInt32,
    podAddresses: Int = 253
  ) {
    self.name = name
    self.zone = zone
    self.allocatableMilliCPU = allocatableMilliCPU
    self.allocatableMemory = allocatableMemory
    self.podCIDR = podCIDR
    self.podAddresses = podAddresses
  }
}

/// A label of a node.
package struct NodeLabel: Hashable, Sendable {
  package var key: String
  package var value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A taint of a node, which keeps pods away that do not tolerate it.
package struct NodeTaint: Hashable, Sendable {
  package enum Effect: String, CaseIterable, Sendable {
    case noSchedule = "NoSchedule"
    case preferNoSchedule = "PreferNoSchedule"
    case noExecute = "NoExecute"
  }
  package var key: String
  package var value: String
  package var effect: Effect

  package init(key: String, value: String, effect: Effect) {
    self.key = key
    self.value = value
    self.effect = effect
  }
}

extension NodePlan {
  package static var hostnameLabel: String { "kubernetes.io/hostname" }
  package static var zoneLabel: String { "topology.kubernetes.io/zone" }

  /// The value of a label, `nil` without it.
  package func label(_ key: String) -> String? {
    if let own = labels.first(where: { $0.key == key }) { return own.value }
    return key == Self.hostnameLabel ? name : key == Self.zoneLabel ? zone : nil
  }
}

/// How the rules of a node are programmed.
package struct KubeProxyPlan: Sendable {
  package enum Mode: String, CaseIterable, Sendable { case iptables, nftables, ipvs }
  /// How an IP virtual server chooses (`--ipvs-scheduler`).
  package enum Scheduler: String, CaseIterable, Sendable {
    case roundRobin = "rr"
    case leastConnection = "lc"
    case shortestExpectedDelay = "sed"
    case neverQueue = "nq"
    case sourceHashing = "sh"
  }
  package var mode = Mode.iptables
  /// With mode ipvs only.
  package var scheduler = Scheduler.roundRobin
  /// The floor from the end of one round to the start of the next.
  package var minSyncPeriod = SimDuration.seconds(1)
  /// From the start of a round to the moment the rules are live, drawn uniformly.
  package var round = UniformDelay(.milliseconds(30), .milliseconds(90))
  /// Services of the cluster besides those of the plan; they only lengthen rules.
  package var otherServices = 0
  /// What a thousand of them add to a round in mode iptables, where each has a line to be sent.
  package var roundPerThousand = UniformDelay(.milliseconds(20), .milliseconds(100))
  /// Whether every round rewrites all rules, as iptables mode did before Kubernetes 1.28.
  package var rewritesAll = false
  /// What a thousand of them add to a new connection in mode iptables, by its rule's place.
  package var connectPerThousand = UniformDelay(.nanoseconds(3_250), .nanoseconds(14_500))
  /// Whether the scheduler looks at numbers of connections.
  package var countsConnections: Bool {
    [.leastConnection, .shortestExpectedDelay, .neverQueue].contains(scheduler)
  }
  package init() {}
}

/// How an L7 ingress controller learns of endpoints; it talks to pod addresses directly.
package struct IngressPlan: Sendable {
  /// The floor between two configuration syncs (0.3 a second in ingress-nginx).
  package var minSyncPeriod = SimDuration.milliseconds(3_333)
  /// From a sync to the workers using it, drawn uniformly.
  package var round = UniformDelay(.zero, .seconds(1))
  /// How many endpoints are tried when a connection cannot be made.
  package var connectTries = 3
  /// Controllers that serve Ingress objects, each on a node of its own.
  package var instances = 2
  /// How users come to them.
  package var exposure = Exposure.hostPort

  /// The way from a host's name to a controller.
  package enum Exposure: Hashable, Sendable {
    /// The name leads to the controllers' nodes, dead or alive.
    case hostPort
    /// The controllers' own Service has a load balancer, which looks after them; `nil`: nobody
    /// provides one, and the name leads nowhere.
    case loadBalancer(LoadBalancerPlan?)
  }
  package init() {}
}

/// Delays of the API server and the controllers behind it.
package struct ControlPlanePlan: Sendable {
  /// Pod condition changed → EndpointSlice written.
  package var endpointSliceDelay = UniformDelay(.milliseconds(50), .milliseconds(90))
  /// Pod object created → bound to a node.
  package var schedulingDelay = UniformDelay(.milliseconds(10), .milliseconds(100))
  /// One client token bucket of the ReplicaSet controller.
  package var replicaSetQPS = 20
  package var replicaSetBurst = 30
  package var hpaSyncPeriod = SimDuration.seconds(15)
  package var metricsResolution = SimDuration.seconds(15)
  package var nodeMonitorPeriod = SimDuration.seconds(5)
  package var nodeMonitorGracePeriod = SimDuration.seconds(50)
  package var leaseRenewInterval = SimDuration.seconds(10)
  /// Toleration of `not-ready` and `unreachable` that admission adds to every pod.
  package var unreachableToleration = SimDuration.seconds(300)
  package init() {}
}

/// Delays on a node, from a pod bound to it to its container running.
package struct KubeletPlan: Sendable {
  /// Pod bound → seen by the kubelet.
  package var watchDelay = UniformDelay(.milliseconds(10), .milliseconds(50))
  /// What a pod's images take that are not among `SimulationPlan.images`.
  package var imagePull = UniformDelay(.zero, .zero)
  /// Whether a node pulls one image at a time (`serializeImagePulls`).
  package var serializesImagePulls = true
  /// Sandbox and network, where the pod gets its address.
  package var sandbox = UniformDelay(.milliseconds(300), .milliseconds(1_500))
  /// Container created → its process runs.
  package var containerStart = UniformDelay(.milliseconds(100), .milliseconds(500))
  /// How often the kubelet looks at container states (PLEG).
  package var relistPeriod = SimDuration.seconds(1)
  /// Condition changed on the node → written to the API.
  package var statusDelay = UniformDelay(.milliseconds(5), .milliseconds(50))
  /// Whether a pod that turns not ready is probed again at once (as Kubernetes 1.36 does).
  package var immediateReprobe = true
  package init() {}
}

/// A delay drawn uniformly between two bounds.
package struct UniformDelay: Hashable, Sendable {
  package var low: SimDuration
  package var high: SimDuration
  package init(_ low: SimDuration, _ high: SimDuration) {
    self.low = low
    self.high = high
  }
}
