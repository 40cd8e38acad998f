import KubernetesManifests
import SimKernel
import Statistics

extension Setting {
  /// The law that a distribution field holds, in seconds; zero when it is absent or invalid.
  var distribution: Distribution {
    guard let (name, law) = choice else { return .deterministic(0) }
    func seconds(_ key: String) -> Double { law[key].duration?.seconds ?? 0 }
    func number(_ key: String) -> Double { law[key].number ?? 1 }
    return switch name {
    case "exponential": .exponential(mean: seconds("mean"))
    case "normal": .normal(mean: seconds("mean"), standardDeviation: seconds("sd"))
    case "lognormal": .lognormal(mean: seconds("mean"), sigma: number("sigma"))
    case "gamma": .gamma(mean: seconds("mean"), shape: number("shape"))
    case "weibull": .weibull(shape: number("shape"), scale: seconds("scale"))
    case "pareto": .pareto(minimum: seconds("minimum"), alpha: number("alpha"))
    case "uniform": .uniform(low: seconds("low"), high: seconds("high"))
    case "beta":
      InverseTable.beta(
        alpha: number("alpha"),
        beta: number("beta"),
        maximum: seconds("max")
      )
    case "gumbel": InverseTable.gumbel(mode: seconds("mode"), scale: seconds("scale"))
    case "empirical": .empirical(law.items.map { $0.duration?.seconds ?? 0 })
    default: .deterministic(law.duration?.seconds ?? 0)
    }
  }

  /// Reports what no single field shows: a uniform law with its bounds the wrong way round.
  func checkDistribution(_ reader: YAMLReader) {
    guard let (name, law) = choice, name == "uniform", let low = law["low"].duration,
      let high = law["high"].duration, low > high
    else { return }
    reader.report("the lower bound is above the upper one", at: law.mark, path: law.path)
  }
}
