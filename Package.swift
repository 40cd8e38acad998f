// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies,
    exclude: excluded[name] ?? [],
    swiftSettings: strict
  )
}

// Data beside the tests, read by path.
let excluded = [
  "CLITests": ["Fixtures", "Transcripts"], "DiagnosisTests": ["Fixtures"],
  "KubernetesManifestsTests": ["Manifests"],
]

// The layers, lowest first; a target imports only from targets above it in this list.
let package = Package(
  name: "podstorm",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CGSL",
      pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]
    ),
    .target(name: "SimKernel", swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["SimKernel", "CGSL"], swiftSettings: strict),
    .target(
      name: "KubernetesManifests",
      dependencies: [.product(name: "Yams", package: "Yams")],
      swiftSettings: strict
    ),
    .target(
      name: "ClusterState",
      dependencies: ["KubernetesManifests", "SimKernel"],
      swiftSettings: strict
    ),
    .target(name: "ClusterSimulator", dependencies: ["SimKernel"], swiftSettings: strict),
    .target(
      name: "Scenarios",
      dependencies: [
        "ClusterState", "KubernetesManifests", "ClusterSimulator", "Statistics", "SimKernel",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Diagnosis",
      dependencies: ["Scenarios", "ClusterState", "KubernetesManifests", "SimKernel"],
      swiftSettings: strict
    ),
    .target(
      name: "Experiments",
      dependencies: [
        "Scenarios", "KubernetesManifests", "ClusterSimulator", "Statistics", "SimKernel",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Reports",
      dependencies: [
        "Experiments", "Scenarios", "KubernetesManifests", "ClusterSimulator", "Statistics",
        "SimKernel",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "Inspection",
      dependencies: [
        "Reports", "Diagnosis", "Scenarios", "ClusterState", "KubernetesManifests",
        "ClusterSimulator", "SimKernel",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "PodstormCLI",
      dependencies: [
        "Inspection", "Reports", "Experiments", "Diagnosis", "Scenarios", "ClusterState",
        "KubernetesManifests", "ClusterSimulator", "Statistics", "SimKernel", argumentParser,
      ],
      swiftSettings: strict
    ),
    .executableTarget(name: "podstorm", dependencies: ["PodstormCLI"], swiftSettings: strict),
    .executableTarget(
      name: "random-bits",
      dependencies: ["SimKernel"],
      path: "Benchmarks/RandomBits",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "kernel-bench",
      dependencies: ["SimKernel"],
      path: "Benchmarks/KernelBench",
      swiftSettings: strict
    ),
    .target(
      name: "FuzzSupport",
      dependencies: ["Scenarios", "KubernetesManifests", "ClusterSimulator", "SimKernel"],
      path: "Tests/Fuzz/Support",
      swiftSettings: strict
    ),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["FuzzSupport"],
      path: "Tests/Fuzz/Tests",
      swiftSettings: strict
    ),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("SimKernelTests", ["SimKernel", "CGSL"]),
    tests("StatisticsTests", ["Statistics", "SimKernel", "CGSL"]),
    tests("KubernetesManifestsTests", ["KubernetesManifests"]),
    tests(
      "InspectionTests",
      [
        "Inspection", "Reports", "Diagnosis", "Scenarios", "ClusterState",
        "KubernetesManifests", "SimKernel", "TestSupport",
      ]
    ),
    tests(
      "ClusterStateTests",
      ["ClusterState", "ClusterSimulator", "KubernetesManifests", "SimKernel"]
    ),
    tests("ClusterSimulatorTests", ["ClusterSimulator", "SimKernel"]),
    tests(
      "ScenariosTests",
      [
        "Scenarios", "KubernetesManifests", "ClusterSimulator", "SimKernel", "TestSupport",
        "podstorm",
      ]
    ),
    tests("DiagnosisTests", ["Diagnosis", "KubernetesManifests", "TestSupport"]),
    tests(
      "ExperimentsTests",
      [
        "Experiments", "Scenarios", "KubernetesManifests", "ClusterSimulator", "Statistics",
        "SimKernel", "TestSupport",
      ]
    ),
    tests(
      "ReportsTests",
      [
        "Reports", "Experiments", "Scenarios", "KubernetesManifests", "ClusterSimulator",
        "Statistics", "SimKernel",
      ]
    ),
    tests(
      "CLITests",
      [
        "PodstormCLI", "Reports", "Experiments", "Diagnosis", "Scenarios", "KubernetesManifests",
        "Statistics", "TestSupport", "podstorm",
      ]
    ),
    tests("TheoryTests", ["Statistics", "SimKernel", "TestSupport", "podstorm"]),
    tests(
      "GoldenTests",
      ["Inspection", "Reports", "Diagnosis", "Scenarios", "TestSupport", "podstorm"]
    ),
    tests("BudgetTests", ["TestSupport", "podstorm"]),
    tests("TidyTests", ["TestSupport"]),
  ]
)
