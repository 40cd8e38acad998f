/// Why an address or a port cannot be had, in the API server's words.
package enum AllocationProblem: Error, Hashable, Sendable, CustomStringConvertible {
  case addressNotInRange(String, range: IPv4Range)
  case addressTaken
  case portNotInRange(ClosedRange<Int>)
  case portTaken
  case full

  package var description: String {
    switch self {
    case .addressNotInRange(let address, let range):
      "the provided IP (\(address)) is not in the valid range. The range of valid IPs is \(range)"
    case .addressTaken: "provided IP is already allocated"
    case .portNotInRange(let range):
      "provided port is not in the valid range. The range of valid ports is "
        + "\(range.lowerBound)-\(range.upperBound)"
    case .portTaken: "provided port is already allocated"
    case .full: "range is full"
    }
  }
}
