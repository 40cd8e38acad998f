// The kernel alone, for Benchmarks/bench.py.
//
//     kernel-bench hold <pending> <holds>
//     kernel-bench pods <servers> <requests> <choices>
//
// Prints the CPU time as JSON, beside a figure that shows that the work was done.
import SimKernel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// CPU time of this process in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Holds on a warm queue; with n events of rate 1 the time moves on by 1/n a hold.
func measureHolds(pending: Int, holds: Int) -> String {
  var model = HoldModel(pending: pending)
  let start = model.hold(max(2 * pending, 200_000))
  let before = cpuSeconds()
  let end = model.hold(holds)
  let seconds = cpuSeconds() - before
  let advance = Double((end - start).nanoseconds) / HoldModel.mean * Double(pending) / Double(holds)
  return #"{"ops": \#(holds), "cpu_s": \#(seconds), "advance": \#(advance)}"#
}

/// Requests to a pool that starts empty.
func measurePods(servers: Int, requests: Int, choices: Int) -> String {
  let before = cpuSeconds()
  var pool = ServerPool(servers: servers, choices: choices)
  pool.run(answers: requests)
  let seconds = cpuSeconds() - before
  return #"{"ops": \#(requests), "cpu_s": \#(seconds), "meanMs": \#(pool.meanLatency)}"#
}

let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }.filter { $0 > 0 }
switch (CommandLine.arguments.dropFirst().first, numbers.count) {
case ("hold", 2): print(measureHolds(pending: numbers[0], holds: numbers[1]))
case ("pods", 3):
  print(measurePods(servers: numbers[0], requests: numbers[1], choices: numbers[2]))
default:
  let usage = "usage: kernel-bench hold <pending> <holds> | pods <servers> <requests> <choices>\n"
  _ = usage.withCString { write(2, $0, strlen($0)) }
  exit(64)
}
