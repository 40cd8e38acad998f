import ClusterSimulator
import KubernetesManifests

/// Nodes of the manifests beside those of `cluster.nodes`.
extension ClusterLowering {
  /// How many Nodes the manifests hold; `nil` for none.
  var machineCount: Int? { machines.isEmpty ? nil : machines.count }

  /// The name of a Node of the manifests.
  func machineName(_ index: Int) -> String? {
    machines.indices.contains(index) ? machines[index].metadata.name.value : nil
  }

  /// A list of nodes is the whole cluster: Nodes of the manifests only say more of them.
  func checkMachines(_ written: Setting) {
    guard !written.items.isEmpty else { return }
    let names = written.items.compactMap { $0["name"].text }
    for machine in machines where !names.contains(machine.metadata.name.value) {
      let name = machine.metadata.name
      reader.report(
        "node '\(name.value)' is not among cluster.nodes",
        at: name.mark,
        path: "metadata.name",
        hint: EditDistance.hint(for: name.value, in: names)
      )
    }
  }
}

extension Node {
  /// What pods may take up, kept within what a node can have.
  var milliCPU: Int? {
    allocatableCPU.map {
      Int(clamping: min($0.milliValue, Int64(ScenarioReference.largestNodeCPU)))
    }
  }

  var memory: Int? {
    allocatableMemory.map {
      Int(clamping: min($0.value, Int64(ScenarioReference.largestNodeMemory)))
    }
  }

  var pods: Int? { allocatablePods.map { Int(clamping: min($0.value, 1_000)) } }
}

extension NodePlan {
  /// Labels of the manifest and of the scenario, which says more.
  mutating func addLabels(_ written: Setting?, _ machine: Node?, _ reader: YAMLReader) {
    var pairs = machine?.metadata.labels.entries.map { ($0.key, $0.value) } ?? []
    for entry in written?["labels"].entries ?? [] {
      let value = entry.setting.text ?? ""
      let problem = DNSName.qualifiedNameProblem(entry.key) ?? DNSName.labelValueProblem(value)
      if let problem {
        reader.report(
          "'\(entry.key): \(value)' is no label: \(problem)",
          at: entry.mark,
          path: entry.setting.path
        )
      }
      pairs.removeAll { $0.0 == entry.key }
      pairs.append((entry.key, value))
    }
    labels = Labels(pairs.map { (key: $0.0, value: $0.1) }).entries
      .map { NodeLabel(key: $0.key, value: $0.value) }
  }

  /// Taints of the manifest, and those of the scenario.
  mutating func addTaints(_ written: Setting?, _ machine: Node?, _ reader: YAMLReader) {
    taints = (machine?.taints ?? []).compactMap { taint in
      NodeTaint.Effect(rawValue: taint.effect.rawValue).map {
        NodeTaint(key: taint.key, value: taint.value, effect: $0)
      }
    }
    for setting in written?["taints"].items ?? [] {
      guard let text = setting.text else { continue }
      do throws(InputProblem) {
        taints.append(try NodeTaint(parsing: text))
      } catch {
        reader.report(error.message, at: setting.mark, path: setting.path, hint: error.hint)
      }
    }
  }
}

extension NodeTaint {
  /// Reads `key=value:Effect` or `key:Effect`.
  init(parsing text: String) throws(InputProblem) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let shape = "write it as key=value:Effect, such as dedicated=batch:NoSchedule"
    let shown = YAMLScalar(text: text, style: .quoted).excerpt
    guard parts.count == 2 else {
      throw InputProblem("'\(shown)' is no taint", hint: shape)
    }
    let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let value = pair.count == 2 ? pair[1] : ""
    if let problem = DNSName.qualifiedNameProblem(pair[0]) ?? DNSName.labelValueProblem(value) {
      throw InputProblem("'\(shown)' is no taint: \(problem)", hint: shape)
    }
    guard let effect = Effect(rawValue: parts[1]) else {
      let known = Effect.allCases.map(\.rawValue)
      throw InputProblem(
        "'\(shown)' has no effect that is known",
        hint: EditDistance.hint(for: parts[1], in: known)
      )
    }
    self.init(key: pair[0], value: value, effect: effect)
  }
}
