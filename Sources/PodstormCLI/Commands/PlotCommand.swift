import ArgumentParser
import Foundation

/// `podstorm plot`: charts of a folder of results, drawn by `plots/render.py`.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the charts of a folder of results."
  )

  @Argument(help: "The folder that run has written.", completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Folder for the charts. (default: charts inside the results)",
      valueName: "folder"
    )
  )
  var out: String?

  mutating func run() throws {
    guard FileManager.default.fileExists(atPath: folder + "/run.json") else {
      Console.standardError.write(
        "podstorm: error: '\(folder)' holds no results (there is no run.json in it)\n"
          + "  hint: podstorm run SCENARIO --output \(ReproductionCommand.quoted(folder))\n"
      )
      throw ExitCode.noInput
    }
    guard let renderer = Renderer.find() else {
      Console.standardError.write(
        "podstorm: error: plots/render.py was not found here or above the program's own folder\n"
          + "  hint: run it from a checkout of podstorm\n"
      )
      throw ExitCode.unavailable
    }
    let charts = try OutputFolder(preparing: out ?? folder + "/charts")
    defer { charts.removeIfEmpty() }
    let status = try renderer.draw(folder, into: out ?? folder + "/charts")
    // The script has said what is wrong; its codes for input and output are ours, too.
    guard status == 0 else {
      throw [65, 66, 74].contains(status) ? ExitCode(status) : .internalError
    }
  }
}

/// The drawing script and the Python that has what it needs.
private struct Renderer {
  var script: String
  var python: String

  /// Looks in the working folder and in those above it, then above the program itself.
  static func find() -> Renderer? {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let starts = [
      URL(fileURLWithPath: FileManager.default.currentDirectoryPath),
      (Bundle.main.executableURL ?? program).resolvingSymlinksInPath().deletingLastPathComponent(),
    ]
    for start in starts {
      var folder = start.standardizedFileURL
      while true {
        let script = folder.appendingPathComponent("plots/render.py").path
        if FileManager.default.fileExists(atPath: script) {
          return Renderer(
            script: script,
            python: folder.appendingPathComponent(".venv/bin/python").path
          )
        }
        guard folder.path != "/" else { break }
        folder = folder.deletingLastPathComponent()
      }
    }
    return nil
  }

  /// Runs the script and waits for it.
  func draw(_ folder: String, into charts: String) throws -> Int32 {
    guard FileManager.default.isExecutableFile(atPath: python), try canDraw() else {
      Console.standardError.write(
        "podstorm: error: the chart renderer is not installed\n"
          + "  hint: run 'make setup' once; it makes .venv with vl-convert\n"
      )
      throw ExitCode.unavailable
    }
    return try status(of: [script, folder, charts])
  }

  private func canDraw() throws -> Bool { try status(of: ["-c", "import vl_convert"]) == 0 }

  private func status(of arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    if arguments.first == "-c" { process.standardError = FileHandle.nullDevice }
    try process.run()
    Interruption.shared.pass(to: process.processIdentifier)
    process.waitUntilExit()
    Interruption.shared.pass(to: 0)
    return process.terminationStatus
  }
}
