import ClusterSimulator
import Testing

/// Endpoints in slices of a hundred, by the rules of `reconcileByPortMapping`.
@Suite struct SlicePackingTests {
  private static func endpoints(
    _ pods: [Int],
    port: Int = 80,
    unready: Set<Int> = []
  ) -> [SlicePacking.Endpoint] {
    pods.map {
      SlicePacking.Endpoint(
        pod: UInt32($0),
        port: port,
        isReady: !unready.contains($0),
        isServing: !unready.contains($0),
        isTerminating: false
      )
    }
  }

  struct Step: Sendable {
    var pods: [Int]
    var unready: Set<Int> = []
    /// Sizes of the slices afterwards, and how many were written for it.
    var sizes: [Int]
    var writes: Int
  }

  static let cases: [[Step]] = [
    [Step(pods: [], sizes: [0], writes: 0)],
    [Step(pods: Array(0..<250), sizes: [100, 100, 50], writes: 3)],
    // A new pod goes into the fullest slice that takes it.
    [
      Step(pods: Array(0..<150), sizes: [100, 50], writes: 2),
      Step(pods: Array(0..<151), sizes: [100, 51], writes: 1),
    ],
    // One condition changed: one slice written.
    [
      Step(pods: Array(0..<250), sizes: [100, 100, 50], writes: 3),
      Step(pods: Array(0..<250), unready: [120], sizes: [100, 100, 50], writes: 1),
    ],
    // A replaced pod pours into the slice that is written anyway.
    [
      Step(pods: Array(0..<250), sizes: [100, 100, 50], writes: 3),
      Step(pods: Array(0..<250).filter { $0 != 7 } + [250], sizes: [100, 100, 50], writes: 1),
    ],
    // Never rebalanced: ten of each hundred are left in ten slices.
    [
      Step(
        pods: Array(0..<1_000),
        sizes: Array(repeating: 100, count: 10),
        writes: 10
      ),
      Step(
        pods: Array(0..<1_000).filter { $0 % 10 == 0 },
        sizes: Array(repeating: 10, count: 10),
        writes: 10
      ),
    ],
    // Emptied slices are deleted.
    [
      Step(pods: Array(0..<250), sizes: [100, 100, 50], writes: 3),
      Step(pods: Array(100..<250), sizes: [100, 50], writes: 1),
    ],
  ]

  @Test(arguments: cases)
  func fillsAndRewritesSlices(steps: [Step]) {
    var packing = SlicePacking()
    var writes = 0
    for step in steps {
      packing.update(to: Self.endpoints(step.pods, unready: step.unready))
      #expect(packing.sizes == step.sizes)
      #expect(packing.writes - writes == step.writes)
      writes = packing.writes
    }
  }

  @Test func portsAreKeptApart() {
    var packing = SlicePacking()
    let first = Self.endpoints(Array(0..<30), port: 80)
    packing.update(to: first + Self.endpoints(Array(30..<60), port: 81))
    #expect(packing.sizes == [30, 30])
  }
}
