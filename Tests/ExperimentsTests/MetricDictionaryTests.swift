import Experiments
import Scenarios
import Testing

@Suite struct MetricDictionaryTests {
  @Test(arguments: [
    ("availability", "availability_ratio"), ("availability_ratio", "availability_ratio"),
    ("latency_p99", "latency_p99_ms"), ("latency_p999", "latency_p999_ms"),
    ("outage", "outage_s"), ("outage_s", "outage_s"), ("outages", "outages_total"),
    ("lost_revenue", "lost_revenue"), ("idle_pods", "idle_pods_total"),
  ])
  func thresholdMayLeaveTheUnitOut(name: String, expected: String) {
    #expect(MetricDictionary.metric(named: name)?.name == expected)
  }

  @Test(arguments: ["", "latency", "availabilty", "_s"])
  func otherNamesAreUnknown(name: String) {
    #expect(MetricDictionary.metric(named: name) == nil)
  }

  @Test func namesAreUnique() {
    #expect(Set(MetricDictionary.names).count == MetricDictionary.names.count)
  }

  @Test(arguments: MetricDictionary.all.map(\.name))
  func nameEndsInItsUnit(name: String) throws {
    let metric = try #require(MetricDictionary.metric(named: name))
    let suffixes = ["ratio": "_ratio", "s": "_s", "ms": "_ms", "currency": ""]
    #expect(name.hasSuffix(suffixes[metric.unit] ?? "_total"))
    #expect(metric.summary.hasSuffix(".") && !metric.formula.isEmpty)
  }

  @Test func thresholdsOfAScenarioKnowEveryMetric() {
    let readable = ThresholdMetric.all.map { $0.name + $0.suffix }
    #expect(readable.sorted() == MetricDictionary.names.sorted())
    #expect(
      ThresholdMetric.all.allSatisfy { known in
        MetricDictionary.metric(named: known.name)?.name == known.name + known.suffix
      }
    )
  }
}
