import KubernetesManifests

/// `strategy: Recreate` behind a Service.
package enum RecreateBehindService: Rule {
  package static let code = "PS1602"
  package static let severity = Finding.Severity.warning
  package static let title = "Recreate takes the Service down in every rollout"
  package static let cause = """
    A Deployment with strategy Recreate is behind a Service; with a volume claim, which may not \
    allow two pods at a time, a note.
    """
  package static let effect = """
    All old pods end before the first new one is created: from the end of the last old pod until \
    the first new one is ready, every connection is refused.
    """
  package static let fix = """
    Use RollingUpdate; keep Recreate only where two versions must never run together.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.workloads.compactMap { workload in
      guard workload.object.kind == "Deployment",
        let type = workload.object.tree.at("spec", "strategy", "type"), type.text == "Recreate",
        let service = inventory.services(before: workload).first
      else { return nil }
      return finding(
        workload.object,
        at: type.span,
        "each rollout leaves Service \(service.object.name) without any pod for a while",
        severity: hasOwnDisk(workload) ? .note : severity,
        fix: "write `type: RollingUpdate`"
      )
    }
  }

  /// Whether the pods mount a claim, which two of them often cannot do at once.
  private static func hasOwnDisk(_ workload: WorkloadView) -> Bool {
    (workload.podSpec["volumes"]?.elements ?? []).contains { $0.at("persistentVolumeClaim") != nil }
  }
}
