import SimKernel

/// Everything that can happen, one case each, grouped by the file that owns it.
///
/// The queue moves 16 bytes: a key and, in its low bits, one of these kinds with the index of the
/// row it concerns. Facts are named in the past, timers end in `Due`, deadlines in `Expired`.
/// To add one: a case here and the arm that `dispatch` will not compile without.
enum EventKind: UInt8 {
  // DataPlane/Server
  case ownWorkCompleted
  // DataPlane/DatabasePool
  case transactionCompleted
  case acquisitionExpired
  case deadPeerExpired
  // DataPlane/Caller
  case attemptExpired
  case backoffElapsed
  // DataPlane/Network
  case connectStepDue
  case hostUnreachableDue
  case configurationCaptureDue
  // DataPlane/Discovery
  case lookupAnswered
  case queryTimedOut
  case rulesTraversed
  case externalAnswered
  // DataPlane/NodeEntry
  case loadBalancerCheckDue
  // Controllers/IngressControllers
  case ingressSyncDue
  case ingressSyncFinished
  case ingressCheckDue
  // DataPlane/ArrivalProcess
  case arrivalDue
  // Controllers/Scheduler
  case schedulingDue
  // Controllers/Kubelet
  case sandboxReady
  case containerStarted
  case applicationListening
  case startNoticed
  case statusPublished
  case terminationSignalDue
  case gracePeriodExpired
  case exitNoticed
  case restartDue
  case podObjectRemoved
  // Controllers/Kubelet+Containers
  case containerStepDue
  // DataPlane/MemoryMeter
  case memoryDue
  // Controllers/EvictionManager
  case evictionCheckDue
  // Controllers/ProbeWorker
  case readinessProbeDue
  case livenessProbeDue
  case startupProbeDue
  // Controllers/ReplicaSetController
  case replicaSetSyncDue
  case podCreationDue
  case podDeletionDue
  // Controllers/DeploymentController
  case deploymentSyncDue
  case progressDeadlineDue
  // Controllers/StatefulSetController, DaemonSetController, CronJobController
  case workloadSyncDue
  // Controllers/JobController
  case jobSyncDue
  case jobPodCreationDue
  // Controllers/Kubelet+Completion
  case runCompleted
  // Controllers/ClusterAutoscaler
  case clusterAutoscalerDue
  case nodeProvisioned
  // Controllers/EndpointSliceController
  case endpointSliceSyncDue
  // Controllers/CoreDNS
  case serviceOperationDue
  // Controllers/KubeProxy
  case proxyRoundDue
  case proxyRoundFinished
  // Controllers/MetricsServer, HorizontalPodAutoscaler
  case scrapeDue
  case autoscalerSyncDue
  // Controllers/NodeLifecycleController
  case nodeUnknownDue
  case taintDue
  case evictionDue
  case nodeReadyDue
  // Faults
  case faultDue
  case faultHealed
  // Operations
  case operationDue
  case drainDue
  // Metrics
  case windowClosed
  case podWindowClosed
}

/// The order of events at one instant: `model.md` of the contract, see docs/MODEL.md "Time".
enum EventClass {
  static let completion: UInt8 = 0
  static let timeout: UInt8 = 1
  static let cluster: UInt8 = 2
  static let arrival: UInt8 = 3
}

extension Simulation {
  /// Hands an event to its owner; each owner rejects a stale one in its first line.
  @inline(__always)
  mutating func dispatch(_ key: EventKey) {
    let index = key.index
    switch unsafeBitCast(key.kind, to: EventKind.self) {
    case .arrivalDue: arrive(client: Int(index))
    case .ownWorkCompleted: ownWorkCompleted(index)
    case .transactionCompleted: transactionCompleted(index)
    case .attemptExpired: attemptExpired(index)
    case .backoffElapsed: backoffElapsed(index)
    case .acquisitionExpired: acquisitionExpired(index)
    case .connectStepDue: connectStepDue(index)
    case .hostUnreachableDue: hostUnreachableDue(index)
    default: dispatchClusterEvent(key)
    }
  }

  /// The rare ones, kept out of the request path's code.
  @inline(never)
  private mutating func dispatchClusterEvent(_ key: EventKey) {
    let index = key.index
    let pod = ID<Pod>(index)
    switch unsafeBitCast(key.kind, to: EventKind.self) {
    case .arrivalDue, .ownWorkCompleted, .transactionCompleted, .attemptExpired,
      .backoffElapsed, .acquisitionExpired, .connectStepDue, .hostUnreachableDue:
      preconditionFailure("request events are dispatched above")
    case .deadPeerExpired: deadPeerExpired(Int(index))
    case .queryTimedOut: queryTimedOut(index)
    case .lookupAnswered: lookupAnswered(index)
    case .rulesTraversed: rulesTraversed(index)
    case .externalAnswered: externalAnswered(index)
    case .loadBalancerCheckDue: loadBalancerCheckDue(Int(index))
    case .ingressSyncDue, .ingressSyncFinished, .ingressCheckDue: ingressDue(key)
    case .serviceOperationDue: serviceOperationDue(Int(index))
    case .configurationCaptureDue: captureConfiguration(call: Int(index))
    case .schedulingDue: schedulePod(pod)
    case .sandboxReady: sandboxReady(pod)
    case .containerStarted: containerStarted(pod)
    case .applicationListening: applicationListening(pod)
    case .startNoticed: startNoticed(pod)
    case .statusPublished: statusPublished(pod)
    case .terminationSignalDue: terminationSignalDue(pod)
    case .gracePeriodExpired: gracePeriodExpired(pod)
    case .exitNoticed: exitNoticed(pod)
    case .restartDue: restartDue(pod)
    case .podObjectRemoved: podObjectRemoved(pod)
    case .containerStepDue: containerStepDue(pod)
    case .memoryDue: memoryDue(pod)
    case .evictionCheckDue: evictionCheckDue(Int(index))
    case .readinessProbeDue, .livenessProbeDue, .startupProbeDue: probeDue(key)
    case .replicaSetSyncDue: syncReplicaSet(Int(index))
    case .podCreationDue: podCreationDue(template: Int(index))
    case .podDeletionDue: podDeletionDue(pod)
    case .deploymentSyncDue: syncDeployment(Int(index))
    case .progressDeadlineDue: progressDeadlineDue(Int(index))
    case .workloadSyncDue: syncWorkload(Int(index))
    case .jobSyncDue: syncJob(Int(index))
    case .jobPodCreationDue: jobPodCreationDue(Int(index))
    case .runCompleted: runCompleted(pod)
    case .clusterAutoscalerDue: clusterAutoscalerDue()
    case .nodeProvisioned: nodeProvisioned(Int(index))
    case .endpointSliceSyncDue: syncEndpointSlices(service: Int(index))
    case .proxyRoundDue: proxyRoundDue(viewer: Int(index))
    case .proxyRoundFinished: proxyRoundFinished(viewer: Int(index))
    case .scrapeDue: scrapeDue()
    case .autoscalerSyncDue: syncAutoscaler(Int(index))
    case .nodeUnknownDue: nodeUnknownDue(Int(index))
    case .taintDue: taintDue(Int(index))
    case .evictionDue: evictionDue(Int(index))
    case .nodeReadyDue: nodeReadyDue(Int(index))
    case .faultDue: inject(fault: Int(index))
    case .faultHealed: heal(fault: Int(index))
    case .operationDue: operationDue(Int(index))
    case .drainDue: drainDue(Int(index))
    case .windowClosed: windowClosed()
    case .podWindowClosed: podWindowClosed()
    }
  }

  private mutating func probeDue(_ key: EventKey) {
    let pod = ID<Pod>(key.index)
    switch unsafeBitCast(key.kind, to: EventKind.self) {
    case .readinessProbeDue: probeDue(pod, .readiness)
    case .livenessProbeDue: probeDue(pod, .liveness)
    default: probeDue(pod, .startup)
    }
  }

  private mutating func ingressDue(_ key: EventKey) {
    switch unsafeBitCast(key.kind, to: EventKind.self) {
    case .ingressSyncDue: ingressSyncDue(Int(key.index))
    case .ingressSyncFinished: ingressSyncFinished(Int(key.index))
    default: ingressCheckDue()
    }
  }

  /// Puts a cluster event into the queue; `entity` orders it among others of the same instant.
  mutating func schedule(_ kind: EventKind, _ index: Int, at time: SimTime, entity: Int? = nil) {
    queue.push(
      EventKey(
        time: time,
        eventClass: EventClass.cluster,
        entity: UInt32(entity ?? index),
        ordinal: 0,
        payload: EventKey.payload(kind: kind.rawValue, index: UInt32(index))
      )
    )
  }
}
