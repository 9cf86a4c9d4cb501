#!/usr/bin/env bash
# Trains the built-in models again and compares them with those in the sources, byte for byte. `--write` replaces them.
#
#   Scripts/model.sh .build/release/numeral [--write]
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:?"the program is missing: Scripts/model.sh .build/release/numeral [--write]"}
files=Sources/CNumeralAssets/files
limit=500000

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
total=0
differ=0

# make NAME RECIPE...: trains a built-in model. The recipe and the seed determine all of it.
make() {
  local file=$files/$1.safetensors made
  "$program" train "${@:2}" --quiet --output "$scratch/$1" >"$scratch/log"
  made=$(echo "$scratch/$1"/*/model.safetensors)
  total=$((total + $(wc -c <"$made")))
  if cmp -s "$made" "$file"; then
    echo "model: numeral train ${*:2} gives $1 again, $(wc -c <"$made") bytes"
  elif [ "$write" = --write ]; then
    cp "$made" "$file"
    echo "model: $file is replaced; build again"
  else
    # Baseline kernels differ in the last bits, see Documentation/Architecture.md.
    echo "model: numeral train ${*:2} gives other bytes than $file; 'Scripts/model.sh $program --write' replaces it" >&2
    differ=1
  fi
}

write=${2:-}
# Both need MNIST.
make model small-cnn --data mnist --seed 1
make detector digit-or-not --seed 1
if [ "$total" -gt "$limit" ]; then
  echo "model: the models have $total bytes, expected at most $limit" >&2
  exit 65
fi
[ "$differ" = 0 ] || exit 65
