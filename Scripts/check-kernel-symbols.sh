#!/usr/bin/env bash
# No object of a kernel target may hold a weak function. The linker keeps one copy of each weak function for the whole
# program, whichever instruction set it was compiled for, and an older processor would then die in it.
#
#   Scripts/check-kernel-symbols.sh BUILD-FOLDER...
set -euo pipefail

count=0
for folder in "$@"; do
  for object in "$folder"/NumeralKernels*.build/*.o; do
    [ -e "$object" ] || continue
    count=$((count + 1))
    # "W" and "w" are weak functions; the one weak data word of every Swift object is a "V".
    weak=$(nm "$object" | awk '$(NF - 1) == "W" { print "  " $NF }')
    if [ -n "$weak" ]; then
      echo "kernel symbols: $object has weak functions, expected none:" >&2
      echo "$weak" >&2
      exit 1
    fi
  done
done
if [ "$count" = 0 ]; then
  echo "kernel symbols: there are no kernel objects in $*; build first" >&2
  exit 1
fi
echo "kernel symbols: no weak function in $count objects"
