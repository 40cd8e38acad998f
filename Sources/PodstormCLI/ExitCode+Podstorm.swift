import ArgumentParser

/// The process's exit codes: those of sysexits.h where they fit, k6's for thresholds.
extension ExitCode {
  /// `diagnose` found errors.
  static let findings = ExitCode(2)
  /// Wrong usage; the parser's own code, too.
  static let usage = ExitCode(64)
  /// The scenario or a manifest is invalid.
  static let invalidInput = ExitCode(65)
  /// A file named on the command line cannot be read.
  static let noInput = ExitCode(66)
  /// A program that is needed is not installed.
  static let unavailable = ExitCode(69)
  /// A defect of podstorm itself.
  static let internalError = ExitCode(70)
  /// Results cannot be written.
  static let cannotWrite = ExitCode(74)
  /// A threshold lies within an interval: more replications are needed.
  static let inconclusive = ExitCode(98)
  /// A threshold is broken.
  static let thresholdsCrossed = ExitCode(99)

  /// A signal ended the work: 130 for an interrupt, 143 for termination.
  static func interrupted(by signal: Int32) -> ExitCode { ExitCode(128 + signal) }
}
