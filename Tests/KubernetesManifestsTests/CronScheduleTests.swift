import KubernetesManifests
import Testing

@Suite struct CronScheduleTests {
  /// The numbers whose bits are set.
  private func numbers(_ bits: UInt64) -> [Int] {
    (0..<64).filter { bits & 1 << UInt64($0) != 0 }
  }

  @Test(arguments: [
    ("*/15 * * * *", [0, 15, 30, 45]), ("5 * * * *", [5]), ("5/20 * * * *", [5, 25, 45]),
    ("1-3,7 * * * *", [1, 2, 3, 7]), ("10-20/5 * * * *", [10, 15, 20]), ("@hourly", [0]),
  ])
  func minutes(_ text: String, _ expected: [Int]) throws {
    #expect(numbers(try CronSchedule(parsing: text).minutes) == expected)
  }

  @Test func namesAndWholeFields() throws {
    let schedule = try CronSchedule(parsing: "0 9-17 ? JAN,mar mon-fri")
    #expect(numbers(schedule.hours) == Array(9...17))
    #expect(numbers(schedule.daysOfMonth) == Array(1...31))
    #expect(numbers(schedule.months) == [1, 3])
    #expect(numbers(schedule.daysOfWeek) == Array(1...5))
  }

  @Test func words() throws {
    let yearly = try CronSchedule(parsing: "@yearly")
    #expect([yearly.minutes, yearly.hours].map(numbers) == [[0], [0]])
    #expect([yearly.daysOfMonth, yearly.months].map(numbers) == [[1], [1]])
    #expect(numbers(yearly.daysOfWeek) == Array(0...6))
    #expect(try CronSchedule(parsing: "@every 90s").interval == 90_000_000_000)
    #expect(yearly.interval == nil)
  }

  @Test(arguments: [
    "", "* * * *", "* * * * * *", "60 * * * *", "-1 * * * *", "* 24 * * *", "* * 0 * *",
    "* * 32 * *", "* * * 13 * ", "* * * * 7", "*/0 * * * *", "5-1 * * * *", "a * * * *",
    "1,, * * * *", "1/2/3 * * * *", "1-2-3 * * * *", "@noon", "@every", "@every soon",
    "@every 0s", "TZ=UTC * * * * *", "99999999999999999999 * * * *", "*/99999999999 * * * *",
  ])
  func othersAreRefused(_ text: String) {
    #expect(throws: CronSchedule.Problem.self) { try CronSchedule(parsing: text) }
  }
}
