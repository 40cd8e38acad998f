import ClusterSimulator
package import Experiments
import Scenarios

/// The verdict on a terminal: what happened to whom, how sure that is, and why.
package enum TerminalSummary {
  /// The text, no line wider than `width` cells (40 at least), ended by a line feed.
  package static func render(
    _ result: ExperimentResult,
    width: Int = 80,
    color: Bool = false
  ) -> String {
    let page = Page(result: result, width: max(width, 40), style: Style(isColored: color))
    let sections = [
      page.verdicts(), page.course(), page.users(), page.cluster(), page.differences(),
      page.failures(), page.thresholds(), page.footer(),
    ]
    return sections.filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }
}

/// The parts of the summary; each gives lines, none when it has nothing to say.
struct Page {
  let result: ExperimentResult
  let arms: [Arm]
  let width: Int
  let style: Style
  /// Names of all clients, in the order of the first variant's plan.
  let clients: [String]

  init(result: ExperimentResult, width: Int, style: Style) {
    self.result = result
    self.width = width
    self.style = style
    arms = result.arms
    clients = arms.first?.plan.clients.map(\.name) ?? []
  }

  /// Room for the names of variants at the start of a line.
  var nameWidth: Int {
    min(arms.map { Display.width(Display.clean($0.name)) }.max() ?? 0, width * 3 / 10)
  }

  /// A variant's name as it starts a line.
  func label(_ name: String, to target: Int? = nil) -> String {
    let room = target ?? nameWidth
    return Display.pad(Display.truncate(Display.clean(name), to: room), to: room)
  }

  /// A heading, cut to the width.
  func heading(_ text: String) -> String {
    style.bold(Display.truncate(Display.clean(text), to: width))
  }

  /// Parts joined by commas, broken between them where a line is full.
  func wrap(_ parts: [String], from indent: Int) -> [String] {
    let room = width - indent
    var lines: [String] = []
    var line = ""
    for part in parts {
      let piece = Display.truncate(part, to: room - 1)
      let joined = line.isEmpty ? piece : line + ", " + piece
      if Display.width(joined) < room || line.isEmpty {
        line = joined
      } else {
        lines.append(line + ",")
        line = piece
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
