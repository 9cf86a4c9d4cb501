#!/usr/bin/env bash
# Trains the built-in model again and compares it with the one in the sources, byte for byte. `--write` replaces it.
#
#   Scripts/model.sh .build/release/numeral [--write]
set -euo pipefail
cd "$(dirname "$0")/.."

program=${1:?"the program is missing: Scripts/model.sh .build/release/numeral [--write]"}
file=Sources/CNumeralAssets/files/model.safetensors
limit=500000

# The recipe and the seed: the whole record of how the built-in model is made. MNIST must be at hand.
recipe=(small-cnn --data mnist --seed 1)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" train "${recipe[@]}" --quiet --output "$scratch" >"$scratch/log"
made=$(echo "$scratch"/*/model.safetensors)
size=$(wc -c <"$made")
if [ "$size" -gt "$limit" ]; then
  echo "model: the model has $size bytes, expected at most $limit" >&2
  exit 65
fi
if cmp -s "$made" "$file"; then
  echo "model: numeral train ${recipe[*]} gives the built-in model again, $size bytes"
elif [ "${2:-}" = --write ]; then
  cp "$made" "$file"
  echo "model: $file is replaced; build again"
else
  # Baseline kernels differ in the last bits, see Documentation/Architecture.md.
  echo "model: numeral train ${recipe[*]} gives other bytes than $file; 'Scripts/model.sh $program --write' replaces it" >&2
  exit 65
fi
