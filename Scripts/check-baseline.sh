#!/usr/bin/env bash
# Runs the program on an emulated processor of 2008, which has no AVX. The program must choose its baseline kernels, and
# code that runs on every processor must not be compiled for a newer one.
#
#   Scripts/check-baseline.sh PROGRAM
set -euo pipefail

program=$1
if [ "$(uname -m)" != x86_64 ] || ! command -v qemu-x86_64 >/dev/null; then
  echo "baseline: skipped, because it needs qemu-x86_64 on an x86-64 machine"
  exit 0
fi
# The emulator warns about instructions that it does not support. These warnings do not concern our program.
emulate() { qemu-x86_64 -cpu Nehalem "$program" "$@" 2> >(grep -v 'TCG doesn.t support' >&2); }

emulate --version
if emulate train digits --epochs 2 --no-save --quiet; then
  echo "baseline: trained on an emulated Nehalem"
else
  echo "baseline: training failed on an emulated Nehalem, expected success" >&2
  exit 1
fi
