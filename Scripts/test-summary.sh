#!/usr/bin/env bash
# Prints the test runner's own closing line from a log of `swift test`.
set -euo pipefail

grep -E 'Test run with [0-9]+ tests?' "$1" | tail -n 1
