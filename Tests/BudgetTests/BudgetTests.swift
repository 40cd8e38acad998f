import Foundation
import TestSupport
import Testing

/// The request path keeps to its budget of instructions.
@Suite(.enabled(if: InstructionCount.isAvailable, "valgrind is not installed"))
struct BudgetTests {
  /// What a change may cost without being noticed; more needs a new budget and a reason.
  static let tolerance = 0.03

  /// A path that got cheaper by more than this should lower its budget, or the gain is soon lost.
  static let slack = 0.10

  @Test func requestsKeepToTheirBudget() async throws {
    let found = try await withThrowingTaskGroup(of: (Int, Double).self) { group in
      for (index, budget) in try InstructionBudget.all().enumerated() {
        group.addTask {
          let count = try withTemporaryDirectory { folder in
            try InstructionCount(in: folder).perRequest(budget)
          }
          return (index, count)
        }
      }
      return try await group.reduce(into: [Int: Double]()) { $0[$1.0] = $1.1 }
    }
    if Golden.isUpdating { return try update(found) }
    for (index, budget) in try InstructionBudget.all().enumerated() {
      let count = try #require(found[index])
      let excess = count / budget.instructionsPerRequest - 1
      #expect(
        (-Self.slack...Self.tolerance).contains(excess),
        """
        \(budget): \(Int(count)) instructions per request, budget \
        \(Int(budget.instructionsPerRequest)); if that is meant, run `make budget` and give the \
        figures before and after in the commit
        """
      )
    }
  }

  private func update(_ found: [Int: Double]) throws {
    var budgets = try InstructionBudget.all()
    for (index, count) in found { budgets[index].instructionsPerRequest = count.rounded() }
    try InstructionBudget.write(budgets)
  }
}
