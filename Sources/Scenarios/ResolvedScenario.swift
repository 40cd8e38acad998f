import ClusterSimulator
import KubernetesManifests

/// The scenario with nothing left unsaid, as YAML that reads back as the same scenario.
struct ResolvedScenario {
  /// The top of the file, read and with derived defaults.
  var top: Setting
  /// The lowering of the base arm, which knows ports and full names.
  var lowering: Lowering
  /// Overrides that reach into manifests, which no field of the scenario shows.
  var manifestOverrides: [Override]

  var text: String {
    var top = top
    top.update("spec") { spec in
      spec.update("workloads") { $0.value = .group(self.workloads()) }
      spec.update("overrides") { $0.value = .group(self.overrides($0)) }
    }
    return top.yaml.map(YAMLEmitter.text) ?? ""
  }

  /// Workloads by full name, in manifest order, with their ports.
  private func workloads() -> [Setting.Entry] {
    lowering.behaviors.enumerated().compactMap { index, behavior in
      guard var behavior else { return nil }
      behavior.fill("port", with: .integer(lowering.listeningPort(of: index)))
      behavior.update("probes") { $0.fill("separatePort", with: .boolean(false)) }
      let key = lowering.facts.workloads[index].key
      return Setting.Entry(key: key, mark: behavior.mark, setting: behavior)
    }
  }

  private func overrides(_ setting: Setting) -> [Setting.Entry] {
    manifestOverrides.map { override in
      Setting.Entry(
        key: override.text,
        mark: override.mark,
        setting: Setting(.raw(override.value), at: override.mark, path: setting.path)
      )
    }
  }
}
