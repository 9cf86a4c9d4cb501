#!/usr/bin/env bash
# Prints the last summary line of the test runner from a log of `swift test`.
set -euo pipefail

grep -E 'Test run with [0-9]+ tests?' "$1" | tail -n 1
