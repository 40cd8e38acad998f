/// Reads the addresses of a Service and checks them against each other.
///
/// The API server copies `clusterIP` into `clusterIPs` and speaks of the latter.
enum ServiceAddresses {
  private enum Family: String, CaseIterable {
    case four = "IPv4"
    case six = "IPv6"
  }
  private enum FamilyPolicy: String, CaseIterable {
    case single = "SingleStack"
    case prefer = "PreferDualStack"
    case require = "RequireDualStack"
  }

  /// The chosen address, `None`, or `nil` for one that is allocated.
  static func read(_ spec: inout FieldReader, type: Service.Kind) -> Located<String>? {
    let single = spec.located("clusterIP")
    let several = spec.strings("clusterIPs")
    if type == .externalName {
      forbidAll(&spec, single)
      return nil
    }
    let families = readFamilies(&spec)
    _ = spec.word("ipFamilyPolicy", as: FamilyPolicy.self)
    if let single, let first = several.first, first.value != single.value {
      spec.invalid(first.value, "first value must match `clusterIP`", field: "clusterIPs")
    } else if single == nil, let first = several.first, !spec.has("clusterIP") {
      spec.invalid(
        first.value,
        "must be empty when `clusterIP` is not specified",
        field: "clusterIPs"
      )
    }
    let all = several.isEmpty ? single.map { [$0] } ?? [] : several
    check(all, families, type, spec)
    return single ?? several.first
  }

  private static func forbidAll(_ spec: inout FieldReader, _ single: Located<String>?) {
    let reason = "may not be set for ExternalName services"
    if single != nil { spec.forbidden(reason, field: "clusterIP", reportedAs: "clusterIPs") }
    for name in ["clusterIPs", "ipFamilies", "ipFamilyPolicy"] {
      spec.accept([name])
      let isSaid = name == "clusterIPs" && single != nil
      if spec.has(name), !spec.isEmptyList(name), !isSaid {
        spec.forbidden(reason, field: name)
      }
    }
  }

  private static func readFamilies(_ spec: inout FieldReader) -> [String] {
    let families = spec.strings("ipFamilies")
    for (index, family) in families.enumerated() {
      let field = "ipFamilies[\(index)]"
      if Family(rawValue: family.value) == nil {
        spec.reader.report(
          "Unsupported value: '\(YAMLScalar(text: family.value, style: .quoted).excerpt)': "
            + "supported values: 'IPv4', 'IPv6'",
          at: family.mark,
          path: spec.path(of: field)
        )
      } else if families[..<index].contains(where: { $0.value == family.value }) {
        spec.reader.report(
          "Duplicate value: '\(family.value)'",
          at: family.mark,
          path: spec.path(of: field)
        )
      }
    }
    return families.map(\.value)
  }

  private static func check(
    _ all: [Located<String>],
    _ families: [String],
    _ type: Service.Kind,
    _ spec: FieldReader
  ) {
    let path = spec.path(of: "clusterIPs")
    if let first = all.first, first.value == "None" {
      if type != .clusterIP {
        let reason = "may not be set to 'None' for \(type.rawValue) services"
        spec.reader.invalid(first, reason, path: path + "[0]")
      }
      if all.count > 1 {
        spec.reader.invalid(first, "'None' must be the first and only value", path: path)
      }
      return
    }
    var isReadable = true
    for (index, address) in all.enumerated() where IPAddress(address.value) == nil {
      isReadable = false
      let reason = "must be empty, 'None', or a valid IP address"
      spec.reader.invalid(address, reason, path: "\(path)[\(index)]")
    }
    if all.count > 2, let third = all.last {
      spec.reader.invalid(third, "may only hold up to 2 values", path: path)
    }
    guard isReadable else { return }
    let isFour = all.compactMap { IPAddress($0.value)?.isIPv4 }
    if all.count == 2, isFour[0] == isFour[1] {
      let reason = "may specify no more than one IP for each IP family"
      spec.reader.invalid(all[1], reason, path: path)
    }
    for (index, family) in families.enumerated()
    where index < all.count && Family(rawValue: family) != nil {
      if isFour[index] == (family == "IPv4") { continue }
      let reason = "expected an \(family) value as indicated by `ipFamilies[\(index)]`"
      spec.reader.invalid(all[index], reason, path: "\(path)[\(index)]")
    }
  }

  /// Addresses outside the cluster that nodes also answer for.
  static func readExternal(_ spec: inout FieldReader) -> [String] {
    let addresses = spec.strings("externalIPs")
    spec.warnNotSimulated("externalIPs", unless: false)
    for (index, address) in addresses.enumerated() {
      let problem =
        IPAddress(address.value).map(\.endpointProblem) ?? DNSName.addressProblem(address.value)
      guard let problem else { continue }
      spec.reader.invalid(address, problem, path: spec.path(of: "externalIPs[\(index)]"))
    }
    return addresses.map(\.value)
  }
}
