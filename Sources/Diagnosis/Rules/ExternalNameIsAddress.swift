/// An ExternalName that is an address.
package enum ExternalNameIsAddress: Rule {
  package static let code = "PS1405"
  package static let severity = Finding.Severity.error
  package static let title = "externalName is an address"
  package static let cause = """
    externalName is an IPv4 address. The API server accepts it as a name made of digits.
    """
  package static let effect = """
    A CNAME cannot point at an address: CoreDNS serves nothing for the Service, and clients get \
    "no such host".
    """
  package static let fix = """
    Use a Service without selector and an EndpointSlice with the address, or a DNS name.
    """

  package static func findings(in inventory: Inventory) -> [Finding] {
    inventory.services.compactMap { service in
      guard service.isExternalName, let value = service.spec.at("externalName"),
        let text = value.text, IPv4.isAddress(text)
      else { return nil }
      return finding(
        service.object,
        at: value.span,
        "externalName \(text) is an address, not a DNS name",
        fix: "remove type and externalName, and add an EndpointSlice with the label "
          + "`kubernetes.io/service-name: \(service.object.name)` and the address \(text)"
      )
    }
  }
}
