#!/usr/bin/env bash
# Installs into an empty prefix, moves the build folder away, checks what was installed, and uninstalls it again.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

fail() { echo "install: $1" >&2; exit 1; }

work=$(mktemp -d)
prefix=$work/prefix
# The paths are absolute, so that the build folder can be moved back from any working directory.
build=$root/.build
aside=$root/.build-aside
[ ! -e "$aside" ] || fail "$aside exists: an earlier check moved the build folder there; move it back to .build"

# The build folder is moved back in any case. Nothing builds in the meantime, so a folder in its place can only be
# empty.
restore() {
  if [ -e "$aside" ]; then
    [ ! -e "$build" ] || rmdir "$build" || fail "$build exists and is not empty; remove it and move $aside there"
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
  fail "the installed program needs the Swift libraries listed above, expected none"
fi

page=$prefix/share/man/man1/numeral.1
mandoc -Tlint -Wwarning "$page" || fail "the manual page has faults"
[[ $(mandoc -Tascii "$page" | col -b) == *--learning-rate* ]] || fail "the manual page does not contain --learning-rate"

# Each shell must complete "numeral tra" to "train".
bash=$prefix/share/bash-completion/completions/numeral
offered=$(bash --norc -c '
  set -u
  source "$1"
  complete -p numeral >/dev/null
  COMP_WORDS=(numeral tra) COMP_CWORD=1
  _numeral
  echo "${COMPREPLY[*]}"' bash "$bash")
[ "$offered" = train ] || fail "bash offers '$offered' for 'tra', expected 'train'"
zsh -n "$prefix/share/zsh/site-functions/_numeral" || fail "zsh reports an error in its completions"
fish=$prefix/share/fish/vendor_completions.d/numeral.fish
offered=$(HOME=$work fish --no-config -c "source '$fish'; complete -C 'numeral tra'" | cut -f 1)
[ "$offered" = train ] || fail "fish offers '$offered' for 'tra', expected 'train'"
cd "$root"

restore
make --no-print-directory uninstall PREFIX="$prefix"
left=$(find "$prefix" ! -type d)
[ -z "$left" ] || fail "uninstalling left these files: $left"

# Makers of packages install below DESTDIR.
make --no-print-directory install PREFIX=/usr DESTDIR="$work/stage" >/dev/null
[ -x "$work/stage/usr/bin/numeral" ] || fail "'make install' did not install below DESTDIR"
make --no-print-directory uninstall PREFIX=/usr DESTDIR="$work/stage" >/dev/null
[ -z "$(find "$work/stage" ! -type d)" ] || fail "uninstalling below DESTDIR left files"
echo "install: program, manual page and completions work without the build folder, and are removed completely"
