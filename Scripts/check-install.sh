#!/usr/bin/env bash
# Installs into an empty prefix, moves the build folder away, uses what was installed, and uninstalls it again.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

fail() { echo "install: $1" >&2; exit 1; }

work=$(mktemp -d)
prefix=$work/prefix
# Only absolute paths from here on: the build folder must find its way back from wherever this fails.
build=$root/.build
aside=$root/.build-aside
[ ! -e "$aside" ] || fail "$aside exists; it is a build folder that an earlier check moved away: move it back to .build"

# Whatever happens, the build folder comes back. Nothing builds meanwhile, so what may stand in its place is empty.
restore() {
  if [ -e "$aside" ]; then
    [ ! -e "$build" ] || rmdir "$build" || fail "$build is in the way; move $aside back to it"
    mv "$aside" "$build"
  fi
}
cleanup() {
  local status=$?
  cd "$root"
  rm -rf "$work"
  restore
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

make --no-print-directory install PREFIX="$prefix"
version=$("$build/release/numeral" --version)
mv "$build" "$aside"

program=$prefix/bin/numeral
cd "$work"
export PATH="$prefix/bin:$PATH"
[ "$(numeral --version)" = "$version" ] || fail "the installed program says '$(numeral --version)', expected '$version'"
numeral help train >/dev/null
if ldd "$program" 2>/dev/null | grep -E 'not found|libswift|libFoundation'; then
  fail "the installed program needs libraries of the compiler, expected none"
fi

page=$prefix/share/man/man1/numeral.1
mandoc -Tlint -Wwarning "$page" || fail "the manual page has faults"
[[ $(mandoc -Tascii "$page" | col -b) == *--learning-rate* ]] || fail "the manual page lacks --learning-rate"

# A shell that completes "numeral tra" must offer "train".
bash=$prefix/share/bash-completion/completions/numeral
offered=$(bash --norc -c '
  set -u
  source "$1"
  complete -p numeral >/dev/null
  COMP_WORDS=(numeral tra) COMP_CWORD=1
  _numeral
  echo "${COMPREPLY[*]}"' bash "$bash")
[ "$offered" = train ] || fail "bash offers '$offered' for 'tra', expected 'train'"
zsh -n "$prefix/share/zsh/site-functions/_numeral" || fail "zsh refuses its completions"
fish=$prefix/share/fish/vendor_completions.d/numeral.fish
offered=$(HOME=$work fish --no-config -c "source '$fish'; complete -C 'numeral tra'" | cut -f 1)
[ "$offered" = train ] || fail "fish offers '$offered' for 'tra', expected 'train'"
cd "$root"

restore
make --no-print-directory uninstall PREFIX="$prefix"
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || fail "uninstalling left $left"

# A package is built by installing below DESTDIR.
make --no-print-directory install PREFIX=/usr DESTDIR="$work/stage" >/dev/null
[ -x "$work/stage/usr/bin/numeral" ] || fail "DESTDIR is not honoured"
make --no-print-directory uninstall PREFIX=/usr DESTDIR="$work/stage" >/dev/null
[ -z "$(find "$work/stage" ! -type d)" ] || fail "uninstalling below DESTDIR left files"
echo "install: program, manual page and completions work with the build folder moved away, and go without a trace"
