/// The fields of a Service that only a LoadBalancer may have.
struct BalancerFields {
  var allocatesNodePorts = true
  var className: String?
  var sourceRanges: [String] = []

  /// Reads them from the spec.
  mutating func read(_ spec: inout FieldReader, type: Service.Kind) {
    let isBalancer = type == .loadBalancer
    let misplaced = "may only be used when `type` is 'LoadBalancer'"
    for name in ["allocateLoadBalancerNodePorts", "loadBalancerClass"]
    where !isBalancer && spec.has(name) {
      spec.forbidden(misplaced, field: name)
    }
    allocatesNodePorts = spec.bool("allocateLoadBalancerNodePorts", default: true)
    let problem = isBalancer ? DNSName.qualifiedNameProblem : { _ in nil }
    className = spec.located("loadBalancerClass", without: problem)?.value
    // The API server's own path has a capital letter here.
    let path = "LoadBalancerSourceRanges"
    let ranges = spec.strings("loadBalancerSourceRanges")
    if !isBalancer, !ranges.isEmpty {
      spec.forbidden(misplaced, field: "loadBalancerSourceRanges", reportedAs: path)
    }
    for (index, range) in ranges.enumerated() {
      // Blanks around it are allowed for the sake of old manifests.
      let text = String(range.value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      guard let problem = DNSName.rangeProblem(text) else { continue }
      spec.reader.invalid(range, problem, path: spec.path(of: "\(path)[\(index)]"))
    }
    sourceRanges = ranges.map(\.value)
    spec.accept(["loadBalancerIP"])
  }
}
