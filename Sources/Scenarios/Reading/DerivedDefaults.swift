import ClusterSimulator
import KubernetesManifests
import SimKernel

/// Defaults that other fields decide, filled in before lowering so that both it and the resolved
/// scenario see them.
enum DerivedDefaults {
  static func fill(_ spec: inout Setting) {
    spec.update("cluster") { cluster in
      cluster.update("kubeProxy") { proxy in
        let mode = proxy["mode"].text.flatMap(KubeProxyPlan.Mode.init) ?? .iptables
        proxy.fill("minSyncPeriod", with: .duration(ClusterLowering.minSyncPeriod(of: mode)))
      }
    }
    spec.update("workloads") { $0.updateAll(fillWorkload) }
    spec.update("output") { output in
      let tables = ScenarioReference.tables.enumerated().map { index, name in
        Setting(.text(name), at: output.mark, path: "\(output.path).tables[\(index)]")
      }
      output.fill("tables", with: .list(tables))
    }
  }

  private static func fillWorkload(_ workload: inout Setting) {
    if workload["database"]["maxConnections"].isPresent {
      // A database answers connections, not our requests; its probes see it alive while it runs.
      workload.fill("concurrency", with: .integer(1))
      workload.update("probes") { $0.fill("separatePort", with: .boolean(true)) }
      workload.update("database") {
        $0.fill("deadPeerTimeout", with: .duration(DatabasePlan(maxConnections: 1).deadPeerTimeout))
      }
    } else if workload["database"].isPresent {
      workload.update("database") { database in
        database.fill("pool", with: .integer(10))
        database.fill("acquireTimeout", with: .duration(.seconds(30)))
      }
    }
  }
}
