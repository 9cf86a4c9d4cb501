#!/usr/bin/env bash
# Builds and runs a small package that depends on a tag of this package, as another developer's package would. SwiftPM
# refuses some settings in a dependency with a version, but accepts them in a local folder. Uses no network.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The files as they are now, committed and tagged in a temporary repository.
mkdir "$work/numeral"
while IFS= read -r -d '' file; do
  if [ -e "$file" ] || [ -L "$file" ]; then
    mkdir -p "$work/numeral/$(dirname "$file")"
    cp -P "$file" "$work/numeral/$file"
  fi
done < <(git ls-files -z --cached --others --exclude-standard)
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git -C "$work/numeral" init -q
git -C "$work/numeral" add -A
git -C "$work/numeral" -c user.name=check -c user.email=check@localhost commit -q -m "As it is"
git -C "$work/numeral" tag 0.0.1

mkdir -p "$work/consumer/Sources/Consumer"
cat >"$work/consumer/Package.swift" <<SWIFT
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Consumer", platforms: [.macOS(.v15)],
  dependencies: [.package(url: "file://$work/numeral", from: "0.0.1")],
  targets: [.executableTarget(name: "Consumer", dependencies: [.product(name: "Numeral", package: "numeral")])])
SWIFT
cat >"$work/consumer/Sources/Consumer/main.swift" <<'SWIFT'
import Numeral

let count = 200  // Images of one row of ten pixels; the class is the position of the bright pixel.
let labels = (0..<count).map { UInt8($0 * 7 % 10) }
let pixels = labels.flatMap { label in (0..<10).map { UInt8($0 == Int(label) ? 255 : 20) } }
let images = try LabeledImages(
  pixels: pixels, shape: .image(height: 1, width: 10), pixelMaximum: 255, labels: labels,
  classNames: (0..<10).map { "\($0)" })
let network = try Network(input: images.shape) { Dense(16, activation: .relu); Dense(10) }
let outcome = try Trainer(TrainingOptions(batchSize: .count(10), epochs: 20)).train(network, on: images)
let accuracy = try outcome.network.evaluate(images).accuracy ?? 0
print(accuracy == 1 ? "learnt" : "accuracy \(accuracy)")
SWIFT

said=$(swift run --package-path "$work/consumer" --cache-path "$work/cache" --quiet Consumer 2>"$work/log") || {
  cat "$work/log" >&2
  echo "package: a package that depends on a tag of this package does not build or run" >&2
  exit 1
}
if [ "$said" != learnt ]; then
  echo "package: the program of a package that depends on this package prints '$said', expected 'learnt'" >&2
  exit 1
fi
echo "package: a package that depends on a tag of this package builds and trains"
