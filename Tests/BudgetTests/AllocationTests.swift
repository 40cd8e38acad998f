import Foundation
import TestSupport
import Testing

/// Neither simulating a request nor reporting it allocates, and a request that has ended leaves
/// nothing behind.
@Suite(.enabled(if: AllocationCounter.isAvailable, "clang is missing, or nothing can be preloaded"))
struct AllocationTests {
  /// Twice the arrivals on servers twice as fast: as many windows, and as much in flight.
  ///
  /// A table may still double once, when more requests are in flight than ever before.
  @Test(arguments: ["pods.yaml", "pods-least-request.yaml"])
  func requestsAllocateNothing(scenario: String) throws {
    try withTemporaryDirectory { folder in
      let counter = try AllocationCounter(in: folder)
      let once = try counter.run(scenario, rate: 2_900, duration: 60, service: 24)
      let twice = try counter.run(scenario, rate: 5_800, duration: 60, service: 12)
      #expect(twice.requests > once.requests * 19 / 10)
      #expect(once.beforeReports > 0)
      #expect(abs(twice.beforeReports - once.beforeReports) < 10)
      #expect(abs(twice.all - once.all) < 10)
    }
  }

  @Test func memoryDoesNotGrowWithRequests() throws {
    try withTemporaryDirectory { folder in
      let counter = try AllocationCounter(in: folder)
      let short = try counter.run("pods.yaml", rate: 2_900, duration: 40, service: 24)
      let long = try counter.run("pods.yaml", rate: 2_900, duration: 440, service: 24)
      #expect(long.requests > short.requests * 10)
      #expect(Double(long.peak) < 1.2 * Double(short.peak))
      #expect(long.peak * 1_024 < 64_000_000)
    }
  }
}

/// Counts what `podstorm` allocates, by the library that the benchmarks preload.
struct AllocationCounter {
  let folder: URL

  /// What a run has cost.
  struct Count {
    var requests: Int
    /// Allocations of the whole program; a longer percentile curve costs none.
    var all: Int
    /// Allocations until the output folder is made: to read the scenario and to simulate it.
    var beforeReports: Int
    /// Greatest resident set in kB of 1,024 bytes.
    var peak: Int
  }

  struct Failed: Error {
    let message: String
  }

  #if os(Linux)
  static let isAvailable = (try? runCommand(named: "clang", ["--version"]))?.status == 0
  #else
  static let isAvailable = false
  #endif

  private var library: URL { folder.appending(path: "allocations.so") }

  /// Compiles the library.
  init(in folder: URL) throws {
    self.folder = folder
    let source = Repository.url("Benchmarks/allocations.c").path
    let clang = try runCommand(
      named: "clang",
      ["-O2", "-shared", "-fPIC", source, "-o", library.path]
    )
    guard clang.status == 0 else { throw Failed(message: clang.summary) }
  }

  /// Runs one replication with so many requests and windows, and a mean service time in ms.
  func run(_ scenario: String, rate: Int, duration: Int, service: Int) throws -> Count {
    let (output, counts) = (folder.appending(path: "out"), folder.appending(path: "counts"))
    let settings = [
      "traffic.customers.arrivals.poisson.rate=\(rate)/s", "run.duration=\(duration)s",
      "workloads.server.serviceTime.lognormal.mean=\(service)ms",
    ]
    let result = try Podstorm.run(
      ["run", "Benchmarks/scenarios/\(scenario)", "-j", "1", "--quiet", "--output", output.path]
        + settings.flatMap { ["--set", $0] },
      environment: [
        "LD_PRELOAD": library.path, "PODSTORM_ALLOCATIONS": counts.path,
        "SWIFT_DETERMINISTIC_HASHING": "1",
      ]
    )
    guard result.status == 0 else { throw Failed(message: result.summary) }
    let summary = try CSVTable(
      parsing: String(contentsOf: output.appending(path: "summary.csv"), encoding: .utf8)
    )
    let offered = summary.rows(where: ["metric": "offered_total"]).first?["mean"].flatMap(Int.init)
    let numbers = try String(contentsOf: counts, encoding: .utf8).split(
      whereSeparator: \.isWhitespace
    )
    .compactMap { Int($0) }
    guard let offered, numbers.count == 3 else { throw Failed(message: result.summary) }
    return Count(
      requests: offered,
      all: numbers[0],
      beforeReports: numbers[1],
      peak: numbers[2]
    )
  }
}
