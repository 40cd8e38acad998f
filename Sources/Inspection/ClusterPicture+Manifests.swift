import ClusterState
package import KubernetesManifests
package import SimKernel

extension ClusterPicture {
  /// The cluster that manifests describe, once everything has settled.
  package init(of manifests: ManifestSet, nodes: Int, draws: StreamFactory) {
    let steady = SteadyState(manifests, nodes: nodes, draws: draws)
    self.init(snapshot: steady.snapshot, age: Self.settledAge)
    let templates = Templates(manifests)
    pods = steady.snapshot.pods.map { state in
      Pod(
        state: state,
        status: state.phase.rawValue,
        containers: templates.containers(ofPod: state).count,
        restarts: 0,
        age: Self.settledAge
      )
    }
    for workload in templates.all {
      let own = pods.filter {
        $0.state.key.namespace == workload.key.namespace
          && $0.state.workload == workload.key.name
      }
      add(workload, desired: workload.replicas, pods: own, updated: own.count)
    }
    self.nodes = steady.snapshot.nodes.map { Node(state: $0, isReady: true, isCordoned: false) }
    ingresses = manifests.ingresses
    for autoscaler in manifests.autoscalers {
      add(autoscaler, utilization: nil, replicas: replicas(of: autoscaler))
    }
  }

  /// Adds a Deployment or StatefulSet; a Deployment's ReplicaSet is found by its pods' names.
  mutating func add(_ workload: Templates.Workload, desired: Int, pods: [Pod], updated: Int) {
    let active = pods.filter { !$0.state.isTerminating && !$0.state.phase.isTerminal }
    workloads.append(
      Workload(
        kind: workload.isStateful ? .statefulSet : .deployment,
        key: workload.key,
        desired: desired,
        current: active.count,
        updated: updated,
        ready: active.count { $0.state.isReady },
        labels: workload.labels,
        selector: workload.selector,
        containers: workload.containers,
        age: age
      )
    )
  }

  mutating func add(_ autoscaler: HorizontalPodAutoscaler, utilization: Int?, replicas: Int) {
    var target = 80
    for case .cpuUtilization(let percent, _) in autoscaler.metrics { target = percent }
    autoscalers.append(
      Autoscaler(
        key: ObjectKey(autoscaler.metadata.namespace, autoscaler.metadata.name.value),
        reference: autoscaler.scaleTargetRef.kind + "/" + autoscaler.scaleTargetRef.name,
        target: target,
        utilization: utilization,
        minReplicas: autoscaler.minReplicas.value,
        maxReplicas: autoscaler.maxReplicas.value,
        replicas: replicas
      )
    )
  }

  /// The present size of an autoscaler's target.
  func replicas(of autoscaler: HorizontalPodAutoscaler) -> Int {
    workloads.first {
      $0.kind.rawValue == autoscaler.scaleTargetRef.kind
        && $0.key.namespace == autoscaler.metadata.namespace
        && $0.key.name == autoscaler.scaleTargetRef.name
    }?.desired ?? 0
  }
}
