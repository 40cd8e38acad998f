/// A first-in, first-out queue of trivial elements in one buffer that is used round and round.
@usableFromInline package struct RingBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The buffer; its size is a power of two.
  @usableFromInline var elements: UnsafeMutablePointer<Element>
  /// Size of the buffer - 1.
  @usableFromInline var mask: Int
  /// Elements ever removed; the first present is at `head & mask`.
  @usableFromInline var head: Int
  /// Elements ever added.
  @usableFromInline var tail: Int

  /// An empty ring.
  @inlinable package init() {
    mask = 7
    elements = .allocate(capacity: 8)
    head = 0
    tail = 0
  }

  deinit { elements.deallocate() }

  /// How many elements wait.
  @inlinable @inline(__always) package var count: Int { tail &- head }

  /// Whether no element waits.
  @inlinable @inline(__always) package var isEmpty: Bool { tail == head }

  /// Adds an element at the end.
  @inlinable @inline(__always) package mutating func append(_ element: Element) {
    if tail &- head > mask { grow() }
    (elements + (tail & mask)).initialize(to: element)
    tail &+= 1
  }

  /// Removes the element that has waited longest, or returns nil when there is none.
  @inlinable @inline(__always) package mutating func popFirst() -> Element? {
    guard tail != head else { return nil }
    let first = elements[head & mask]
    head &+= 1
    return first
  }

  /// Removes the element that was added last, or returns nil when there is none.
  @inlinable @inline(__always) package mutating func popLast() -> Element? {
    guard tail != head else { return nil }
    tail &-= 1
    return elements[tail & mask]
  }

  /// Removes all elements and keeps the buffer.
  @inlinable @inline(__always) package mutating func removeAll() { head = tail }

  /// The element at a place in the queue, 0 being the next to leave.
  @inlinable package subscript(_ place: Int) -> Element {
    @inline(__always) unsafeAddress {
      assert(place >= 0 && place < count, "place out of range")
      return UnsafePointer(elements + ((head &+ place) & mask))
    }
    @inline(__always) unsafeMutableAddress {
      assert(place >= 0 && place < count, "place out of range")
      return elements + ((head &+ place) & mask)
    }
  }

  /// Doubles the buffer.
  @inlinable @inline(never) mutating func grow() {
    let waiting = count
    let size = (mask + 1) * 2
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: size)
    for place in 0..<waiting {
      (larger + place).initialize(to: elements[(head &+ place) & mask])
    }
    elements.deallocate()
    elements = larger
    mask = size - 1
    head = 0
    tail = waiting
  }
}
