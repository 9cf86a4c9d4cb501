#!/usr/bin/env bash
# Checks that the objects of the kernel targets share no weak functions. The linker keeps only one copy of each weak
# function for the whole program, for whichever instruction set it was compiled. On an older processor the program could
# then crash in it. A weak function whose name begins with its own module ($s, the length of the module's name, the
# name) exists in that module only, so it is allowed.
#
#   Scripts/check-kernel-symbols.sh BUILD-FOLDER...
set -euo pipefail

count=0
for folder in "$@"; do
  for object in "$folder"/NumeralKernels*.build/*.o; do
    [ -e "$object" ] || continue
    count=$((count + 1))
    # nm marks weak functions with "W". Each Swift object also has one weak data word, marked with "V".
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
  echo "kernel symbols: found no kernel objects in $*; build first" >&2
  exit 1
fi
echo "kernel symbols: $count objects share no weak function"
