import ClusterSimulator
import Experiments
import Scenarios
import SimKernel
import Statistics

extension Page {
  /// One sentence per variant, about the group of users that fared worst.
  func verdicts() -> [String] {
    var lines = [heading(title)]
    for arm in arms {
      let indent = nameWidth + 4
      let sentence = wrap(parts(of: arm), from: indent)
      for (index, line) in sentence.enumerated() {
        let lead =
          index == 0
          ? mark(of: arm) + " " + style.bold(label(arm.name)) + "  "
          : String(repeating: " ", count: indent)
        lines.append(lead + line)
      }
    }
    return lines
  }

  private var title: String {
    let horizon = arms.first.map { Human.span($0.plan.horizon.seconds) } ?? "nothing"
    return "\(result.scenario.name): \(horizon) simulated"
  }

  /// The client with the lowest availability.
  private func worstClient(of arm: Arm) -> String? {
    let names = arm.plan.clients.map(\.name)
    return names.min { availability(of: arm, $0) < availability(of: arm, $1) }
  }

  private func availability(of arm: Arm, _ client: String) -> Double {
    arm.estimate("availability_ratio", client: client)?.interval.mean ?? .infinity
  }

  private func parts(of arm: Arm) -> [String] {
    guard let client = worstClient(of: arm) else { return ["no users"] }
    var parts: [String] = []
    if let outage = arm.estimate("outage_s", client: client)?.interval.mean {
      parts.append(outage > 0 ? "down " + Human.span(outage) : "no outage")
    }
    if let lost = arm.estimate("lost_revenue", client: client)?.interval, lost.mean != 0 {
      parts.append("lost " + Human.money(lost, currency: currency(of: client, in: arm)))
    }
    if let share = arm.estimate("availability_ratio", client: client)?.interval.mean {
      let who = arm.plan.clients.count > 1 ? " (\(Display.clean(client)))" : ""
      parts.append(Human.percent(share) + " answered" + who)
    }
    return parts.isEmpty ? ["no requests"] : parts
  }

  /// The currency that a client's money is in.
  func currency(of client: String, in arm: Arm) -> String {
    arm.plan.clients.first { $0.name == client }?.currency ?? ""
  }

  /// By the variant's thresholds where it has any, else by the objective.
  private func mark(of arm: Arm) -> String {
    let results = result.verdicts.filter { $0.variant == arm.name }.map(\.result)
    if results.contains(.fail) { return style.red("✗") }
    if results.contains(.notEnoughRuns) { return style.yellow("?") }
    if !results.isEmpty { return style.green("✓") }
    let objective = Double(arm.plan.objectivePPM) / 1e6
    let isMet = arm.plan.clients.allSatisfy { availability(of: arm, $0.name) >= objective }
    return isMet ? style.green("✓") : style.red("✗")
  }

  /// Availability over time, one line of blocks per variant, and the time below them.
  func course() -> [String] {
    let room = width - nameWidth - 2
    let lines = arms.compactMap { arm -> String? in
      let blocks = Sparkline.text(of: arm, width: room, style: style)
      return blocks.isEmpty ? nil : label(arm.name) + "  " + blocks
    }
    guard let arm = arms.first, !lines.isEmpty else { return [] }
    let length = Sparkline.cells(of: arm, width: room).count
    let end = Human.shortSpan(arm.plan.horizon.seconds)
    let isNarrow = length < Display.width(end) + 2
    let axis =
      isNarrow ? "0 – \(end)" : "0" + Display.pad(end, to: length - 1, alignsRight: true)
    return [heading("Requests answered over time (█ objective met)")] + lines
      + [label("") + "  " + style.dim(Display.truncate(axis, to: room))]
  }
}
