import SimKernel

extension ScenarioReference {
  /// In thousandths of a core.
  static let largestNodeCPU = 1_024_000
  /// In bytes.
  static let largestNodeMemory = 1 << 45

  static let cluster: [ScenarioField] = [
    ScenarioField(
      "nodes",
      .either(.integer(1...5_000), .list(of: .group(node), minimum: 1)),
      .preset("3"),
      "A number of equal nodes, named node-1, node-2 …, or a list of them."
    ),
    ScenarioField(
      "zones",
      .integer(1...26),
      .preset("1"),
      "Zones zone-a, zone-b … that nodes are spread over in turn."
    ),
    ScenarioField(
      "nodeCPU",
      .cpu(1...largestNodeCPU),
      .preset("4"),
      "Allocatable CPU of a node."
    ),
    ScenarioField(
      "nodeMemory",
      .memory(1...largestNodeMemory),
      .preset("16Gi"),
      "Allocatable memory of a node."
    ),
    ScenarioField("maxPods", .integer(1...1_000), .preset("110"), "Pods that fit on a node."),
    ScenarioField(
      "podCIDR",
      .cidr,
      .preset("10.244.0.0/16"),
      "The range pod addresses come from."
    ),
    ScenarioField(
      "nodeCIDRMaskSize",
      .integer(16...30),
      .preset("24"),
      "Prefix length of each node's slice of that range; nodes get slices in order."
    ),
    ScenarioField(
      "reusesAddresses",
      .boolean,
      .preset("true"),
      "Whether a gone pod's address may be given to another; `false` is an ablation."
    ),
    ScenarioField("kubeProxy", .group(kubeProxy), .filled, "How Service rules reach the nodes."),
    ScenarioField("ingress", .group(ingress), .filled, "The L7 proxy in front of the cluster."),
    ScenarioField("controlPlane", .group(controlPlane), .filled, "API server and controllers."),
    ScenarioField("kubelet", .group(kubelet), .filled, "Delays on a node."),
    ScenarioField(
      "autoscaler",
      .group(autoscaler),
      .optional,
      "The cluster autoscaler, which adds nodes to groups and takes them away."
    ),
    ScenarioField("dns", .group(dns), .filled, "CoreDNS and the caches in front of it."),
    ScenarioField(
      "services",
      .integer(0...100_000),
      .preset("0"),
      "Services of the cluster besides those of the manifests; they only lengthen rules."
    ),
    ScenarioField(
      "cloudProvider",
      .word(["none", "aws", "gcp", "metallb"]),
      .preset("none"),
      "Who provides load balancers; with `none` they stay pending for ever."
    ),
    ScenarioField("metalLB", .group(metalLB), .filled, "MetalLB in layer 2 mode."),
    ScenarioField(
      "loadBalancerPrice",
      .money,
      .derived(
        "aws 16.425 USD; gcp 18.25 USD for each of the first five, 7.30 USD for further ones; "
          + "metallb nothing"
      ),
      "Base price of one load balancer a month, traffic not included; for table `costs` only."
    ),
  ]

  private static let metalLB: [ScenarioField] = [
    ScenarioField(
      "addresses",
      .integer(0...65_536),
      .preset("256"),
      "Addresses of its pool; Services beyond them stay pending."
    ),
    ScenarioField(
      "failover",
      .duration(.seconds(1) ... .hours(1)),
      .preset("10s"),
      "How long a silent node goes on answering for an address, in whole seconds."
    ),
  ]

  static let node: [ScenarioField] = [
    ScenarioField("name", .name, .required, "The node's name."),
    ScenarioField("zone", .text, .derived("by `zones`, in turn"), "The zone it stands in."),
    ScenarioField("cpu", .cpu(1...largestNodeCPU), .derived("`nodeCPU`"), "Allocatable CPU."),
    ScenarioField(
      "memory",
      .memory(1...largestNodeMemory),
      .derived("`nodeMemory`"),
      "Allocatable memory."
    ),
    ScenarioField("pods", .integer(1...1_000), .derived("`maxPods`"), "Pods that fit on it."),
    ScenarioField("labels", .map(key: "label", of: .text), .filled, "Its further labels."),
    ScenarioField(
      "taints",
      .list(of: .text, minimum: 0),
      .filled,
      "Taints as kubectl writes them, such as `dedicated=batch:NoSchedule`."
    ),
  ]

  static let kubeProxy: [ScenarioField] = [
    ScenarioField(
      "mode",
      .word(["iptables", "nftables", "ipvs"]),
      .preset("iptables"),
      "How rules are written and how a connection picks its endpoint."
    ),
    ScenarioField(
      "minSyncPeriod",
      .duration(delays),
      .derived("1s; 0s with mode ipvs"),
      "Shortest time between two rounds of programming."
    ),
    ScenarioField(
      "round",
      .delay(delays),
      .preset("[30ms, 90ms]"),
      "From the start of a round until its rules are live."
    ),
    ScenarioField(
      "scheduler",
      .word(["rr", "lc", "sed", "nq", "sh"]),
      .preset("rr"),
      "How mode ipvs picks: round robin, fewest connections (lc, sed, nq) or by source address."
    ),
    ScenarioField(
      "rewritesAll",
      .boolean,
      .preset("false"),
      "Whether each round of mode iptables rewrites all rules, as before Kubernetes 1.28."
    ),
    ScenarioField(
      "roundPerThousand",
      .delay(delays),
      .preset("[20ms, 100ms]"),
      "What a thousand of `services` add to a round in mode iptables."
    ),
    ScenarioField(
      "connectPerThousand",
      .delay(delays),
      .preset("[3.25us, 14.5us]"),
      "What a thousand of `services` add to a new connection in mode iptables."
    ),
  ]

  static let dns: [ScenarioField] = [
    ScenarioField(
      "latency",
      .delay(delays),
      .preset("0s"),
      "Time of one query; a name may take several, see MODEL.md."
    ),
    ScenarioField(
      "nodeLocalCache",
      .boolean,
      .preset("false"),
      "Whether each node runs NodeLocal DNSCache."
    ),
    ScenarioField("cacheTTL", .duration(delays), .preset("30s"), "How long it keeps an answer."),
    ScenarioField(
      "denialTTL",
      .duration(delays),
      .preset("5s"),
      "How long it keeps the answer that there is no such name."
    ),
    ScenarioField(
      "queryTimeout",
      .duration(periods),
      .preset("5s"),
      "How long a resolver waits for an answer before it asks again (`timeout`)."
    ),
    ScenarioField(
      "attempts",
      .integer(1...5),
      .preset("2"),
      "How often it asks in all before it gives up (`attempts`)."
    ),
  ]

  static let ingress: [ScenarioField] = [
    ScenarioField(
      "minSyncPeriod",
      .duration(delays),
      .preset("3333ms"),
      "Shortest time between two configuration syncs."
    ),
    ScenarioField(
      "round",
      .delay(delays),
      .preset("[0s, 1s]"),
      "From a sync until the workers use it."
    ),
    ScenarioField(
      "connectTries",
      .integer(1...10),
      .preset("3"),
      "Endpoints tried when a connection cannot be made."
    ),
    ScenarioField(
      "instances",
      .integer(1...100),
      .preset("2"),
      "Controllers that serve Ingress objects, one on each of the first nodes."
    ),
    ScenarioField(
      "exposure",
      .word(["loadBalancer", "hostPort"]),
      .derived("loadBalancer with a cloudProvider, else hostPort"),
      "How users come to those controllers: by a load balancer, or straight to their nodes."
    ),
  ]

  static let controlPlane: [ScenarioField] = [
    ScenarioField(
      "endpointSliceDelay",
      .delay(delays),
      .preset("[50ms, 90ms]"),
      "From a changed pod condition to the written EndpointSlice."
    ),
    ScenarioField(
      "schedulingDelay",
      .delay(delays),
      .preset("[10ms, 100ms]"),
      "From a created pod to its binding."
    ),
    ScenarioField(
      "kubeAPIQPS",
      .integer(1...10_000),
      .preset("20"),
      "Sustained request rate of the controller manager's client."
    ),
    ScenarioField(
      "kubeAPIBurst",
      .integer(1...10_000),
      .preset("30"),
      "Burst of that client."
    ),
    ScenarioField(
      "hpaSyncPeriod",
      .duration(periods),
      .preset("15s"),
      "How often the autoscaler looks."
    ),
    ScenarioField(
      "hpaTolerance",
      .number(0...0.9),
      .preset("0.1"),
      "Distance of the usage ratio from 1 that is ignored."
    ),
    ScenarioField(
      "hpaDownscaleStabilization",
      .duration(delays),
      .preset("5m"),
      "How far back the highest recommendation counts when an HPA has no behavior."
    ),
    ScenarioField(
      "hpaCPUInitializationPeriod",
      .duration(delays),
      .preset("5m"),
      "After its start, how long a pod's CPU samples are held in doubt."
    ),
    ScenarioField(
      "hpaInitialReadinessDelay",
      .duration(delays),
      .preset("30s"),
      "How long a pod that was never ready counts as not yet ready."
    ),
    ScenarioField(
      "metricResolution",
      .duration(periods),
      .preset("15s"),
      "How often metrics are scraped."
    ),
    ScenarioField(
      "nodeMonitorPeriod",
      .duration(periods),
      .preset("5s"),
      "How often leases are checked."
    ),
    ScenarioField(
      "nodeMonitorGracePeriod",
      .duration(delays),
      .preset("50s"),
      "Silence after which a node is marked Unknown."
    ),
    ScenarioField(
      "leaseRenewInterval",
      .duration(periods),
      .preset("10s"),
      "How often a kubelet renews its lease."
    ),
    ScenarioField(
      "unreachableToleration",
      .duration(delays),
      .preset("5m"),
      "How long pods stay on an unreachable node before they are evicted."
    ),
  ]

  static let kubelet: [ScenarioField] = [
    ScenarioField(
      "watchDelay",
      .delay(delays),
      .preset("[10ms, 50ms]"),
      "From bound to seen by the kubelet."
    ),
    ScenarioField(
      "imagePull",
      .delay(delays),
      .preset("0s"),
      "Pull of images that `spec.images` does not list, for each new pod."
    ),
    ScenarioField(
      "serializeImagePulls",
      .boolean,
      .preset("true"),
      "Whether a node pulls one image at a time."
    ),
    ScenarioField(
      "sandbox",
      .delay(delays),
      .preset("[300ms, 1500ms]"),
      "Sandbox and network set-up."
    ),
    ScenarioField(
      "containerStart",
      .delay(delays),
      .preset("[100ms, 500ms]"),
      "From a created container to its running process."
    ),
    ScenarioField(
      "relistPeriod",
      .duration(periods),
      .preset("1s"),
      "How often the kubelet looks at container states."
    ),
    ScenarioField(
      "statusDelay",
      .delay(delays),
      .preset("[5ms, 50ms]"),
      "From a changed condition on the node to the API."
    ),
    ScenarioField(
      "immediateReprobe",
      .boolean,
      .preset("true"),
      "Whether a pod that turns not ready is probed again at once."
    ),
  ]
}
