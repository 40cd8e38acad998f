/// What the parser reports, in file order.
enum YAMLEvent {
  case documentStart
  case documentEnd
  case streamEnd
  case alias(String)
  case scalar(YAMLScalar, anchor: String?, tag: String?)
  case sequenceStart(anchor: String?, tag: String?)
  case mappingStart(anchor: String?, tag: String?)
  case collectionEnd
}

/// An event with the place where it begins; lines and columns from 1.
struct LocatedEvent {
  var event: YAMLEvent
  var line: Int
  var column: Int
}
