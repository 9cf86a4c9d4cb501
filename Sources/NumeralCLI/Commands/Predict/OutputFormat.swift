/// How `predict` prints what it reads.
enum OutputFormat: String, CaseIterable {
  case text
  case json
  case csv
  case kaggle
}
