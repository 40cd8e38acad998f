/// What a pod whose serving container does not run waits for.
package enum WaitingReason: UInt8, Sendable, BitwiseCopyable {
  /// Its sandbox, an image, or the container itself.
  case creating
  case errImagePull
  case imagePullBackOff
  case errImageNeverPull
  case initRunning
  case initError
  case initBackOff
}

/// How a container ended last.
package enum TerminationReason: UInt8, Sendable, BitwiseCopyable {
  case none
  case error
  /// Exit code 137.
  case outOfMemory
}
