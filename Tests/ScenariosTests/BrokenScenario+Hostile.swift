extension BrokenScenario {
  /// Scenarios of which each number is honest and all together would never end.
  static let hostile: [BrokenScenario] = [
    // 3.6 · 10^9 users of a hundred tries with a call behind each, in 2 · 10 runs.
    BrokenScenario(
      "{poisson: {rate: 50/s}}",
      "{poisson: {rate: 1000000/s}}\n      retry: {attempts: 100}",
      at: "- name: users",
      "about 1.4e13 attempts are too many",
      hint: "at most 1e10 over all variants and replications: lower rates, run.duration, "
        + "run.replications or retries"
    ),
    // 2.52 · 10^9 scrapes in each of 20 runs.
    BrokenScenario(
      "run: {duration: 1h}\n  cluster: {nodes: 3}",
      "run: {duration: 700h}\n  cluster: {nodes: 3, controlPlane: {metricResolution: 1ms}}",
      at: "{duration",
      "about 5e10 probes and rounds of controllers are too many",
      hint: "at most 1e10 over all variants and replications: lower run.duration or "
        + "run.replications, or raise periods"
    ),
    // 60,000 a second who wait for ten minutes.
    BrokenScenario(
      "rate: 50/s}}\n      target: http://web.shop/\n      timeout: 5s",
      "rate: 60000/s}}\n      target: http://web.shop/\n      timeout: 10m",
      at: "- name: users",
      "about 3.6e7 users at a time are too many",
      hint: "at most 2e7: lower rates, timeouts or retries"
    ),
  ]
}
