package import Experiments
import Scenarios

/// The folder that a run leaves behind: CSV tables, `datapackage.json` and `run.json`.
package enum ResultFolder {
  /// Writes the tables that the scenario asks for, and the two descriptions.
  ///
  /// All files are written under temporary names first and renamed when every one of them is
  /// complete; on any failure the temporaries are removed and files of an earlier run stay.
  package static func write(
    _ result: ExperimentResult,
    to folder: String,
    version: String
  ) throws(WriteError) {
    let chosen = tables.filter { result.scenario.tables.contains($0.name) }
    var files = try AtomicFiles(folder: folder)
    for table in chosen { try files.stage(table.name + ".csv", table.csv(of: result)) }
    try files.stage(
      DataPackage.fileName,
      DataPackage.json(of: result, tables: chosen).bytes()
    )
    try files.stage(
      RunRecord.fileName,
      RunRecord.json(of: result, version: version).bytes()
    )
    try files.commit()
  }

  /// Writes one file atomically: for `--timings` and other single outputs.
  package static func writeFile(_ bytes: [UInt8], to path: String) throws(WriteError) {
    try AtomicFiles.write(bytes, to: path)
  }
}
