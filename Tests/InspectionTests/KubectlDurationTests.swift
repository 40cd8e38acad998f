import Inspection
import SimKernel
import Testing

/// Ages as kubectl prints them, after the table in apimachinery's duration_test.go.
@Suite struct KubectlDurationTests {
  @Test(
    arguments: [
      (-1, "0s"), (0, "0s"), (70, "70s"), (119, "119s"), (120, "2m"), (190, "3m10s"),
      (599, "9m59s"),
      (600, "10m"), (2 * 3_600 + 59, "120m"), (10_799, "179m"), (10_800, "3h"), (11_400, "3h10m"),
      (28_799, "7h59m"), (28_800, "8h"), (172_799, "47h"), (172_800, "2d"), (176_400, "2d1h"),
      (691_199, "7d23h"), (691_200, "8d"), (8_640_000, "100d"),
    ] as [(Int64, String)]
  )
  func ages(seconds: Int64, expected: String) {
    #expect(KubectlDuration.text(.seconds(seconds)) == expected)
  }
}
