import ClusterSimulator
import KubernetesManifests
import SimKernel

/// `spec.cluster` → `ClusterPlan`.
struct ClusterLowering {
  let cluster: Setting
  /// The Nodes of the manifests.
  let machines: [Node]
  let reader: YAMLReader

  func plan() -> ClusterPlan {
    var plan = ClusterPlan(nodes: nodes())
    plan.autoscaler = autoscaler(plan.nodes)
    plan.reusesAddresses = cluster["reusesAddresses"].isTrue
    plan.kubeProxy = kubeProxy(cluster["kubeProxy"])
    plan.kubeProxy.otherServices = cluster["services"].integer ?? 0
    plan.dns = dns(cluster["dns"])
    plan.loadBalancer = loadBalancer(cluster["cloudProvider"].text)
    checkScheduler(plan)
    plan.ingress = ingress(cluster["ingress"], plan.loadBalancer)
    plan.controlPlane = controlPlane(cluster["controlPlane"])
    plan.kubelet = kubelet(cluster["kubelet"])
    return plan
  }

  private func nodes() -> [NodePlan] {
    let written = cluster["nodes"]
    let isListed = !written.items.isEmpty
    // A number gives way to the nodes that are there.
    let count = isListed ? written.items.count : machineCount ?? written.integer ?? 0
    let groups = cluster["autoscaler"]["groups"].items
    checkNames(written.items)
    checkNames(groups)
    checkMachines(written)
    let total = groups.reduce(count) { $0 + ($1["max"].integer ?? 0) }
    guard checkCount(total, count > 5_000 ? written : cluster["autoscaler"]["groups"]) else {
      return []
    }
    guard case .cidr(let range) = cluster["podCIDR"].value,
      let mask = cluster["nodeCIDRMaskSize"].integer, mask >= range.prefixLength,
      total <= 1 << (mask - range.prefixLength)
    else {
      reportRange(total)
      return []
    }
    var nodes: [NodePlan] = []
    func add(_ setting: Setting?, _ index: Int, ofGroup group: String? = nil) {
      var plan = node(
        setting,
        index,
        podCIDR: range.base + UInt32(nodes.count) << UInt32(32 - mask),
        addresses: 1 << (32 - mask)
      )
      if let group { plan.name = "\(group)-\(index + 1)" }
      nodes.append(plan)
    }
    for index in 0..<count { add(isListed ? written.items[index] : nil, index) }
    for group in groups {
      for index in 0..<(group["max"].integer ?? 0) {
        add(group, index, ofGroup: group["name"].text ?? "")
      }
    }
    checkDoubles(nodes)
    return nodes
  }

  private func node(
    _ written: Setting?,
    _ index: Int,
    podCIDR: UInt32,
    addresses: Int
  ) -> NodePlan {
    let zones = cluster["zones"].integer ?? 1
    let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % zones)))
    let name =
      written?["name"].text ?? (written == nil ? machineName(index) : nil) ?? "node-\(index + 1)"
    let machine = machines.first { $0.metadata.name.value == name }
    var node = NodePlan(
      name: name,
      zone: written?["zone"].text ?? machine?.zone ?? "zone-\(letter)",
      allocatableMilliCPU: written?["cpu"].cpu ?? machine?.milliCPU ?? cluster["nodeCPU"].cpu ?? 0,
      allocatableMemory: written?["memory"].memory ?? machine?.memory
        ?? cluster["nodeMemory"].memory ?? 0,
      // Network, gateway and broadcast address are not for pods.
      podCIDR: podCIDR,
      podAddresses: addresses - 3
    )
    node.maxPods =
      written?["pods"].integer ?? machine?.pods ?? cluster["maxPods"].integer ?? 110
    node.isCordoned = machine?.isUnschedulable ?? false
    node.addLabels(written, machine, reader)
    node.addTaints(written, machine, reader)
    return node
  }

  private func checkCount(_ count: Int, _ written: Setting) -> Bool {
    if count > 5_000 {
      reader.report(
        "\(count) nodes are too many",
        at: written.mark,
        path: written.path,
        hint: "at most 5000 nodes"
      )
    }
    return count <= 5_000
  }

  private func checkNames(_ nodes: [Setting]) {
    var seen: Set<String> = []
    for node in nodes {
      guard let name = node["name"].text else { continue }
      if !seen.insert(name).inserted {
        reader.report(
          "there are two nodes named '\(name)'",
          at: node["name"].mark,
          path: node["name"].path
        )
      }
    }
  }

  private func reportRange(_ count: Int) {
    guard case .cidr(let range) = cluster["podCIDR"].value,
      let mask = cluster["nodeCIDRMaskSize"].integer
    else { return }
    reader.report(
      "\(range.text) has no room for \(count) slices of /\(mask)",
      at: cluster["podCIDR"].mark,
      path: cluster["podCIDR"].path,
      hint: "give cluster.podCIDR a shorter prefix or cluster.nodeCIDRMaskSize a longer one"
    )
  }

  private func kubeProxy(_ written: Setting) -> KubeProxyPlan {
    var plan = KubeProxyPlan()
    plan.mode = written["mode"].text.flatMap(KubeProxyPlan.Mode.init) ?? plan.mode
    plan.minSyncPeriod = written["minSyncPeriod"].duration ?? Self.minSyncPeriod(of: plan.mode)
    plan.round = written["round"].delay ?? plan.round
    plan.scheduler =
      written["scheduler"].text.flatMap(KubeProxyPlan.Scheduler.init) ?? plan.scheduler
    plan.rewritesAll = written["rewritesAll"].isTrue
    plan.roundPerThousand = written["roundPerThousand"].delay ?? plan.roundPerThousand
    plan.connectPerThousand = written["connectPerThousand"].delay ?? plan.connectPerThousand
    return plan
  }

  /// Schedulers that count connections do so for each pair of a node and an address.
  private func checkScheduler(_ plan: ClusterPlan) {
    let proxy = plan.kubeProxy
    guard proxy.mode == .ipvs, proxy.countsConnections else { return }
    let nodes = plan.nodes.count
    let addresses = plan.nodes.reduce(0) { $0 + $1.podAddresses + 3 }
    guard nodes * addresses > 1 << 27 else { return }
    let written = cluster["kubeProxy"]["scheduler"]
    reader.report(
      "scheduler '\(proxy.scheduler.rawValue)' has too many connections to count on \(nodes) nodes",
      at: written.mark,
      path: written.path,
      hint: "use rr, or fewer nodes"
    )
  }

  private func dns(_ written: Setting) -> DNSPlan {
    var plan = DNSPlan()
    plan.latency = written["latency"].delay ?? plan.latency
    plan.hasNodeLocalCache = written["nodeLocalCache"].isTrue
    plan.cacheTTL = written["cacheTTL"].duration ?? plan.cacheTTL
    plan.denialTTL = written["denialTTL"].duration ?? plan.denialTTL
    plan.queryTimeout = written["queryTimeout"].duration ?? plan.queryTimeout
    plan.attempts = written["attempts"].integer ?? plan.attempts
    return plan
  }

  /// The clouds' own defaults, or MetalLB's speakers; without either nobody provides.
  private func loadBalancer(_ provider: String?) -> LoadBalancerPlan? {
    var plan = LoadBalancerPlan()
    switch provider {
    case "aws": return plan
    case "gcp":
      plan.checkInterval = .seconds(60)
      plan.healthyThreshold = 1
      plan.unhealthyThreshold = 10
      return plan
    case "metallb":
      plan.isLayer2 = true
      plan.provisioning = UniformDelay(.zero, .seconds(1))
      plan.checkInterval = .seconds(1)
      plan.healthyThreshold = 1
      let silence = cluster["metalLB"]["failover"].duration ?? .seconds(10)
      plan.unhealthyThreshold = max(1, Int(silence.nanoseconds / 1_000_000_000))
      return plan
    default: return nil
    }
  }

  /// The names of all nodes, for those who speak of one.
  var nodeNames: [String] {
    let written = cluster["nodes"]
    let isListed = !written.items.isEmpty
    let count = isListed ? written.items.count : machineCount ?? written.integer ?? 0
    let fixed = (0..<max(min(count, 5_000), 0)).map { index in
      let name = isListed ? written.items[index]["name"].text : machineName(index)
      return name ?? "node-\(index + 1)"
    }
    let groups = cluster["autoscaler"]["groups"].items.flatMap { group in
      (0..<min(group["max"].integer ?? 0, 5_000)).map {
        "\(group["name"].text ?? "")-\($0 + 1)"
      }
    }
    return fixed + groups
  }

  /// kube-proxy's default depends on its mode.
  static func minSyncPeriod(of mode: KubeProxyPlan.Mode) -> SimDuration {
    mode == .ipvs ? .zero : .seconds(1)
  }

  private func ingress(_ written: Setting, _ provider: LoadBalancerPlan?) -> IngressPlan {
    var plan = IngressPlan()
    plan.minSyncPeriod = written["minSyncPeriod"].duration ?? plan.minSyncPeriod
    plan.round = written["round"].delay ?? plan.round
    plan.connectTries = written["connectTries"].integer ?? plan.connectTries
    plan.instances = written["instances"].integer ?? plan.instances
    switch written["exposure"].text {
    case "hostPort": plan.exposure = .hostPort
    case "loadBalancer": plan.exposure = .loadBalancer(provider)
    default: plan.exposure = provider.map { .loadBalancer($0) } ?? .hostPort
    }
    return plan
  }

  private func controlPlane(_ written: Setting) -> ControlPlanePlan {
    var plan = ControlPlanePlan()
    plan.endpointSliceDelay = written["endpointSliceDelay"].delay ?? plan.endpointSliceDelay
    plan.schedulingDelay = written["schedulingDelay"].delay ?? plan.schedulingDelay
    plan.replicaSetQPS = written["kubeAPIQPS"].integer ?? plan.replicaSetQPS
    plan.replicaSetBurst = written["kubeAPIBurst"].integer ?? plan.replicaSetBurst
    plan.hpaSyncPeriod = written["hpaSyncPeriod"].duration ?? plan.hpaSyncPeriod
    plan.metricsResolution = written["metricResolution"].duration ?? plan.metricsResolution
    plan.nodeMonitorPeriod = written["nodeMonitorPeriod"].duration ?? plan.nodeMonitorPeriod
    plan.nodeMonitorGracePeriod =
      written["nodeMonitorGracePeriod"].duration ?? plan.nodeMonitorGracePeriod
    plan.leaseRenewInterval = written["leaseRenewInterval"].duration ?? plan.leaseRenewInterval
    plan.unreachableToleration =
      written["unreachableToleration"].duration ?? plan.unreachableToleration
    return plan
  }

  private func kubelet(_ written: Setting) -> KubeletPlan {
    var plan = KubeletPlan()
    plan.watchDelay = written["watchDelay"].delay ?? plan.watchDelay
    plan.imagePull = written["imagePull"].delay ?? plan.imagePull
    plan.serializesImagePulls = written["serializeImagePulls"].isTrue
    plan.sandbox = written["sandbox"].delay ?? plan.sandbox
    plan.containerStart = written["containerStart"].delay ?? plan.containerStart
    plan.relistPeriod = written["relistPeriod"].duration ?? plan.relistPeriod
    plan.statusDelay = written["statusDelay"].delay ?? plan.statusDelay
    plan.immediateReprobe = written["immediateReprobe"].isTrue
    return plan
  }
}
