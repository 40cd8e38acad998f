/// A table of short texts: names on the left, figures aligned right, never wider than the screen.
struct TextTable {
  private let header: [String]
  private let leastNameWidth: Int
  private var rows: [[String]] = []

  /// The first cell heads the column of names, which gets `nameWidth` cells or more if it can.
  init(header: [String], nameWidth: Int = 0) {
    self.header = header
    leastNameWidth = nameWidth
  }

  /// Adds a row with as many cells as the header.
  mutating func add(_ row: [String]) {
    precondition(row.count == header.count, "a row has as many cells as the header")
    rows.append(row)
  }

  /// The lines, the header first.
  ///
  /// Where names would be cut, columns move together first. Figures keep their width as long as a
  /// name keeps eight cells; then whole columns go to a second table below, because half a figure
  /// is worse than none.
  func lines(width: Int, style: Style) -> [String] {
    let gap = totalWidth(gap: 2) <= width ? 2 : 1
    var lines: [String] = []
    var next = 1
    repeat {
      let (columns, nameWidth) = fit(from: next, width: width, gap: gap)
      let layout = Layout(columns: columns, nameWidth: nameWidth, gap: gap)
      lines += render(layout, width: width, style: style)
      next = columns.upperBound
    } while next < header.count
    return lines
  }

  private struct Layout {
    var columns: Range<Int>
    var nameWidth: Int
    var gap: Int
  }

  private func columnWidth(_ column: Int) -> Int {
    rows.reduce(Display.width(header[column])) { max($0, Display.width($1[column])) }
  }

  private var wantedNameWidth: Int { max(columnWidth(0), leastNameWidth) }

  private func totalWidth(gap: Int) -> Int {
    (1..<header.count).reduce(wantedNameWidth) { $0 + gap + columnWidth($1) }
  }

  /// As many columns from `start` on as fit beside the names, one at least.
  private func fit(
    from start: Int,
    width: Int,
    gap: Int
  ) -> (columns: Range<Int>, nameWidth: Int) {
    let wanted = wantedNameWidth
    let least = min(wanted, 8)
    var used = 0
    var end = start
    while end < header.count {
      let next = used + gap + columnWidth(end)
      if end > start && least + next > width { break }
      used = next
      end += 1
    }
    return (start..<end, max(min(wanted, width - used), least))
  }

  private func render(_ layout: Layout, width: Int, style: Style) -> [String] {
    let widths = layout.columns.map(columnWidth)
    return ([header] + rows).enumerated().map { index, row in
      let name = Display.truncate(row[0], to: layout.nameWidth)
      var line = Display.pad(name, to: layout.nameWidth)
      for (column, columnWidth) in zip(layout.columns, widths) {
        line += String(repeating: " ", count: layout.gap)
        line += Display.pad(row[column], to: columnWidth, alignsRight: true)
      }
      let fitted = Display.truncate(line, to: width)
      return index == 0 ? style.dim(fitted) : fitted
    }
  }
}
