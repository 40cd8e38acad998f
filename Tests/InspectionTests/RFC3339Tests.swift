import Inspection
import Testing

/// Times as `date -u -d @SECONDS +%FT%TZ` prints them.
@Suite struct RFC3339Tests {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (86_399, "1970-01-01T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (1_709_210_096, "2024-02-29T12:34:56Z"),
      (1_740_700_800, "2025-02-28T00:00:00Z"), (4_102_444_800, "2100-01-01T00:00:00Z"),
    ] as [(Int64, String)]
  )
  func times(seconds: Int64, expected: String) {
    #expect(RFC3339.text(seconds: seconds) == expected)
  }
}
