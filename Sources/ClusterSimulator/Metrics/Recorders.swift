import SimKernel

/// A fixed number of histogram recorders side by side.
struct Recorders: ~Copyable {
  private let base: UnsafeMutablePointer<HistogramRecorder>
  let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
    for index in 0..<count { (base + index).initialize(to: HistogramRecorder()) }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  mutating func record(_ nanoseconds: Int64, in index: Int) { base[index].record(nanoseconds) }

  func quantile(_ q: Double, of index: Int) -> Int64 { base[index].quantile(q) }
  func snapshot(of index: Int) -> LogLinearHistogram { base[index].snapshot() }
  mutating func reset(_ index: Int) {
    if base[index].count > 0 { base[index].reset() }
  }
}
