/// What one load balancer of the cluster costs, whether or not users come by it.
package struct BillItem: Hashable, Sendable {
  /// `namespace/name` of the Service that has it, `ingress-nginx` for that of ingress controllers.
  package var service: String
  /// A month's base price in millionths of the currency unit.
  package var monthlyMicros: Int64
  /// ISO 4217 code.
  package var currency: String

  package init(service: String, monthlyMicros: Int64, currency: String) {
    self.service = service
    self.monthlyMicros = monthlyMicros
    self.currency = currency
  }
}
