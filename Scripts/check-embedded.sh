#!/usr/bin/env bash
# Compiles the library and its baseline kernels as Embedded Swift for WebAssembly, so that the network can run inside a
# web page. Nothing is linked.
set -euo pipefail
cd "$(dirname "$0")/.."

out=.build/embedded
rm -rf "$out"
mkdir -p "$out"

compile() {
  local module=$1
  shift
  local sources=() file
  while read -r file; do sources+=("$file"); done < <(find -L "Sources/$module" -name '*.swift' | sort)
  swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -O -parse-as-library \
    -swift-version 6 -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility -Xcc -msimd128 -I "$out" -Xcc -ISources/CNumeralCPU/include \
    -module-name "$module" -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -c -o "$out/$module.o" "$@" "${sources[@]}"
}

compile NumeralKernels -D KERNELS_BASELINE -Ounchecked
compile Numeral
echo "embedded: NumeralKernels and Numeral compile for wasm32"
