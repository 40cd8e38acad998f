import SimKernel

/// Which pods a Service's selector matches, where not all pods of a workload have the same labels.
///
/// Labels differ after `kubectl label pod` and between templates. Most runs have neither, and then
/// nothing here is looked at.
struct Relabeling {
  /// For each Service the templates, by their rows, that its selector does not match although it
  /// matches others of the same workload.
  var excluded: [[Int]]
  /// Pods with labels of their own.
  var pods: [Int] = []

  init(plan: SimulationPlan, replicaSets: ReplicaSetController) {
    excluded = plan.services.map { service in
      service.excluded.map { replicaSets.firstTemplate[$0.workload] + $0.template }
    }
  }
}

extension Simulation {
  /// `kubectl label pod`: the first ready pods of the workload, in order of creation.
  ///
  /// A ReplicaSet whose selector no longer matches a pod lets go of it and makes another; nobody
  /// deletes the pod from then on. Services see the new labels at once, as far as slices go.
  /// Left out: that labels are changed back and the pod is adopted again.
  mutating func relabelPods(_ count: Int, ofWorkload workload: Int, as labels: Int) {
    let change = plan.relabelings[labels]
    let chosen = replicaSets.members[workload].filter { pods[$0].isActive && pods[$0].isReady }
    for pod in chosen.prefix(count) {
      pods[pod].labels = Int32(labels)
      relabeling.pods.append(pod)
      for service in change.services { endpointSlices.watch(workload, service: service) }
      endpointsChanged(ofWorkload: workload)
      metrics.record(.relabeled, object: pod, at: now)
      guard change.isOrphaning else { continue }
      podDeparts(pod)
      pods[pod].isOrphan = true
      planReplacement(of: pod)
      podChanged(pod)
    }
  }

  /// Whether a pod of a workload that the Service matches is matched itself.
  func isSelected(_ pod: Int, by service: Int) -> Bool {
    let labels = Int(pods[pod].labels)
    if labels >= 0 { return plan.relabelings[labels].services.contains(service) }
    return !relabeling.excluded[service].contains(Int(pods[pod].template))
  }

  /// Pods that the Service matches for labels of their own, though not for their workload's.
  func strangers(selectedBy service: Int) -> [Int] {
    relabeling.pods.filter { pod in
      !pods[pod].isRemoved && isSelected(pod, by: service)
        && !endpointSlices.selects(service: service, workload: Int(pods[pod].workload))
    }
  }

  /// The selector was edited: these templates of the workloads it matches have other labels.
  mutating func exclude(_ places: [TemplatePlace], fromService service: Int) {
    relabeling.excluded[service] = places.map {
      replicaSets.firstTemplate[$0.workload] + $0.template
    }
    endpointsChanged(ofService: service)
  }
}
