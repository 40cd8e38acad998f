/// How an L7 proxy chooses among the endpoints it knows, once for each request.
package enum Balancer: Hashable, Sendable {
  /// One after the other, as ingress-nginx does unless told otherwise.
  case roundRobin
  /// Uniformly, without memory.
  case random
  /// The one with the fewest requests of this proxy in flight among `choices` drawn at random.
  ///
  /// Envoy's `LEAST_REQUEST` with equal weights: the draws are with replacement, and of equals the
  /// first drawn wins. Two choices are the power of two choices (Mitzenmacher 2001).
  case leastRequest(choices: Int)
}
