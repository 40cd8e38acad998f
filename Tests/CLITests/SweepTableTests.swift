import Experiments
import PodstormCLI
import Reports
import Scenarios
import Statistics
import Testing

@Suite struct SweepTableTests {
  private func estimate(client: String?, mean: Double, count: Int) -> MetricEstimate {
    MetricEstimate(
      client: client,
      metric: "outage_s",
      values: [],
      interval: ConfidenceInterval(
        mean: mean,
        low: mean - 1,
        high: mean + 1,
        confidence: 0.95,
        count: count,
        standardDeviation: 1
      ),
      difference: nil
    )
  }

  @Test func oneRowPerPointVariantClientAndMetric() {
    var table = SweepTable(axes: [
      SweepAxis(path: "hpa.maxReplicas", values: ["20"]), SweepAxis(path: "x", values: ["a,b"]),
    ])
    let estimates = [
      estimate(client: "users", mean: 2.5, count: 10), estimate(client: nil, mean: 7, count: 1),
    ]
    table.append(
      SweepPoint(
        coordinates: ["20", "a,b"],
        variants: [SweepPoint.Variant(name: "service", estimates: estimates)]
      )
    )
    #expect(table.points == 1)
    #expect(
      String(decoding: table.csv.bytes, as: UTF8.self) == """
        hpa.maxReplicas,x,variant,client,metric,mean,ci_low,ci_high,replications
        20,"a,b",service,users,outage_s,2.5,1.5,3.5,10
        20,"a,b",service,,outage_s,7,,,1

        """
    )
  }
}
