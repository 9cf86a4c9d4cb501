#!/usr/bin/env bash
# No object of a kernel target may hold a weak function that another instruction set's object may hold too. The linker
# keeps one copy of each weak function for the whole program, whichever machine it was compiled for, and an older
# processor would then die in it. A weak function named for its own module ($s, the length of the module's name, the
# name) has no twin elsewhere.
#
#   Scripts/check-kernel-symbols.sh BUILD-FOLDER...
set -euo pipefail

count=0
for folder in "$@"; do
  for object in "$folder"/NumeralKernels*.build/*.o; do
    [ -e "$object" ] || continue
    count=$((count + 1))
    # "W" and "w" are weak functions; the one weak data word of every Swift object is a "V".
    module=$(basename "$(dirname "$object")" .build)
    own="\$s${#module}$module"
    weak=$(nm "$object" | awk -v own="$own" '$(NF - 1) == "W" && index($NF, own) != 1 { print "  " $NF }')
    if [ -n "$weak" ]; then
      echo "kernel symbols: $object has weak functions of other modules, expected none:" >&2
      echo "$weak" >&2
      exit 1
    fi
  done
done
if [ "$count" = 0 ]; then
  echo "kernel symbols: there are no kernel objects in $*; build first" >&2
  exit 1
fi
echo "kernel symbols: no shared weak function in $count objects"
