internal import CGSL

/// The one door to the GNU Scientific Library.
enum GSL {
  /// Switches off GSL's default error handler, which would abort the process, once.
  ///
  /// Every caller states its domain itself, so that GSL never meets an argument it would refuse.
  static let ready: Void = {
    _ = gsl_set_error_handler_off()
  }()
}
