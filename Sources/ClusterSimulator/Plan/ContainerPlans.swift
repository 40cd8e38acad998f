package import SimKernel

/// A container image and the registry that has it.
package struct ImagePlan: Hashable, Sendable {
  /// As containers name it.
  package var name: String
  /// From the start of a pull to the image on the node, drawn uniformly.
  package var pull = UniformDelay(.zero, .zero)
  /// Whether the registry has it.
  package var exists = true
  /// Whether every node has it from the start, as part of its own image.
  package var isPreloaded = false

  package init(name: String) { self.name = name }
}

/// That a container runs an image, and when it asks the registry.
package struct ImageUse: Hashable, Sendable, BitwiseCopyable {
  /// `imagePullPolicy`.
  package enum Policy: UInt8, Sendable, BitwiseCopyable {
    /// At every start of the container; only what is not there is downloaded.
    case always
    case ifNotPresent
    case never
  }
  /// Index into `SimulationPlan.images`.
  package var image: Int
  package var policy: Policy

  package init(image: Int, policy: Policy) {
    self.image = image
    self.policy = policy
  }
}

/// A container that starts before the others: one that ends, or a sidecar that stays.
package struct InitContainerPlan: Hashable, Sendable {
  package var name: String
  /// `nil` when its image needs no pull.
  package var image: ImageUse?
  /// From its start to its end; for a sidecar until it counts as started.
  package var duration: Distribution = .deterministic(0)
  /// Whether it keeps running beside the others (`restartPolicy: Always`).
  package var isSidecar = false
  /// So many of its runs in a pod end with an error before one succeeds.
  package var failures = 0

  package init(name: String) { self.name = name }
}

/// What memory a process takes, in bytes.
package struct MemoryPlan: Hashable, Sendable, BitwiseCopyable {
  /// Without any request.
  package var base: Int
  /// For each request it holds, waiting ones included.
  package var perRequest = 0
  /// What it loses a minute, from its start or that of the run on.
  package var growthPerMinute = 0

  package init(base: Int) { self.base = base }
}
