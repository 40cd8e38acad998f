import ClusterSimulator
import KubernetesManifests
import SimKernel

/// What a pod's containers need before the serving one runs, and the memory that one takes.
extension Lowering {
  /// `spec.images`, in file order.
  func images() -> [ImagePlan] {
    var plans: [ImagePlan] = []
    for setting in spec["images"].items {
      var plan = ImagePlan(name: setting["image"].text ?? "")
      if plans.contains(where: { $0.name == plan.name }) {
        reader.report(
          "image '\(plan.name)' is described twice",
          at: setting["image"].mark,
          path: setting["image"].path
        )
      }
      plan.pull = setting["pull"].delay ?? plan.pull
      plan.exists = setting["exists"].isTrue
      plan.isPreloaded = setting["preloaded"].isTrue
      warnIfUnused(setting["image"])
      plans.append(plan)
    }
    return plans
  }

  private func warnIfUnused(_ setting: Setting) {
    guard let name = setting.text else { return }
    let used = facts.workloads.flatMap { $0.template.spec.initContainers + $0.template.containers }
      .map(\.image)
    let later = spec["operations"].items.compactMap { $0["setImage"]["image"].text }
    guard !used.contains(name), !later.contains(name) else { return }
    reader.warn(
      "no container runs image '\(name)'",
      at: setting.mark,
      path: setting.path,
      hint: EditDistance.hint(for: name, in: used + later)
    )
  }

  /// Fills in images, init containers and memory; `serving` is the container that serves.
  func addContainers(to plan: inout WorkloadPlan, _ index: Int, serving: Container?) {
    let template = facts.workloads[index].template
    plan.initContainers = template.spec.initContainers.map { container in
      var initial = InitContainerPlan(name: container.name.value)
      let setting = behaviors[index]?["initContainers"][container.name.value]
      initial.image = use(of: container.image, by: container)
      initial.isSidecar = container.isSidecar
      setting?["duration"].checkDistribution(reader)
      initial.duration = setting?["duration"].distribution ?? initial.duration
      initial.failures = setting?["failures"].integer ?? 0
      return initial
    }
    plan.images = uses(index, serving: serving, image: serving?.image)
    checkInitContainerNames(template, index)
    let running = template.containers + template.spec.initContainers.filter(\.isSidecar)
    plan.running = ask(running)
    guard let serving else { return }
    plan.serving = ask([serving])
    plan.memoryLimit = memory(serving.resources.memoryLimit, serving)
  }

  /// What containers ask for together; what no node can have has been reported already.
  private func ask(_ containers: [Container]) -> PodTemplatePlan.ResourceRequest {
    var sum = PodTemplatePlan.ResourceRequest(milliCPU: 0, memory: 0)
    for container in containers {
      let (cpu, memory) = (container.resources.cpuRequest, container.resources.memoryRequest)
      sum.milliCPU += min(Int(cpu?.milliValue ?? 0), ScenarioReference.largestNodeCPU)
      sum.memory += min(Int(memory?.value ?? 0), ScenarioReference.largestNodeMemory)
    }
    return sum
  }

  /// The other containers' images that are described, the serving one's last.
  func uses(_ index: Int, serving: Container?, image: String?) -> [ImageUse] {
    let others = facts.workloads[index].template.containers
      .filter { $0.name.value != serving?.name.value }
    let last = serving.flatMap { container in image.flatMap { use(of: $0, by: container) } }
    return others.compactMap { use(of: $0.image, by: $0) } + (last.map { [$0] } ?? [])
  }

  private func use(of image: String, by container: Container) -> ImageUse? {
    let names = spec["images"].items.map { $0["image"].text }
    guard let place = names.firstIndex(of: image) else { return nil }
    let policy: ImageUse.Policy =
      switch container.imagePullPolicy {
      case .always: .always
      case .ifNotPresent: .ifNotPresent
      case .never: .never
      }
    return ImageUse(image: place, policy: policy)
  }

  private func checkInitContainerNames(_ template: PodTemplate, _ index: Int) {
    let names = template.spec.initContainers.map(\.name.value)
    for entry in behaviors[index]?["initContainers"].entries ?? []
    where !names.contains(entry.key) {
      reader.report(
        "'\(facts.workloads[index].key)' has no init container '\(entry.key)'",
        at: entry.mark,
        path: entry.setting.path,
        hint: EditDistance.hint(for: entry.key, in: names)
      )
    }
  }

  /// What a pod asks for: the largest of its init containers, or all that run together, sidecars
  /// included, whichever is more.
  func request(_ spec: PodSpec, _ amount: (Container) -> Int) -> Int {
    var sidecars = 0
    var most = 0
    for container in spec.initContainers {
      if container.isSidecar {
        sidecars += amount(container)
        most = max(most, sidecars)
      } else {
        most = max(most, sidecars + amount(container))
      }
    }
    return max(most, sidecars + spec.containers.reduce(0) { $0 + amount($1) })
  }
}

extension MemoryPlan {
  /// `workloads.NAME.memory`; `nil` when it is not written.
  init?(_ setting: Setting) {
    guard setting.isPresent else { return nil }
    self.init(base: setting["base"].memory ?? 0)
    perRequest = setting["perRequest"].memory ?? 0
    growthPerMinute = setting["growthPerMinute"].memory ?? 0
  }
}
