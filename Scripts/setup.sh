#!/usr/bin/env bash
# Installs the system packages that are missing, and says which and why. Asks nothing.
#
#   Scripts/setup.sh build    what it takes to build and run
#   Scripts/setup.sh test     and to run every test
#   Scripts/setup.sh check    and to pass `make check`
#   Scripts/setup.sh bench    what it takes to build, and to run `make bench`
set -euo pipefail

scope=${1:-build}
case $scope in
  build) wanted="build" ;;
  test) wanted="build test" ;;
  check) wanted="build test check" ;;
  bench) wanted="build bench" ;;
  *) echo "setup: expected build, test, check or bench, found '$scope'" >&2; exit 64 ;;
esac

# One package a line: from which scope on | Debian's name | Homebrew's name or - | what shows that it is there | why.
# "package" asks the package manager; anything else is a command that succeeds if the need is met in any way.
packages='
build | libdeflate-dev  | libdeflate | package                               | reads gzipped datasets
build | libssl-dev      | openssl@3  | package                               | SHA-256 of data and weights
build | librsvg2-2      | librsvg    | package                               | draws plots as PNG and PDF
build | libgdk-pixbuf-2.0-0 | gdk-pixbuf | package                            | decodes the pictures that digits are read from
build | fonts-dejavu-core | -        | package                               | letters for them, where a machine has no fonts
build | pkg-config      | pkgconf    | command -v pkg-config                 | tells the build where the two libraries are
test  | python3         | python     | command -v python3                    | reads our model files with the safetensors package, as users do
test  | python3-venv    | -          | python3 -c "import ensurepip, venv"   | keeps that package inside .build
check | binutils        | -          | command -v nm                         | looks for functions that would mix instruction sets
check | qemu-user       | -          | command -v qemu-x86_64                | runs the program on an old processor
check | mandoc          | -          | command -v mandoc                     | checks the manual page
check | zsh             | -          | command -v zsh                        | checks the completions for zsh
check | fish            | fish       | command -v fish                       | checks the completions for fish
check | chromium        | -          | command -v chromium                   | loads our pages as a reader does
bench | libopenblas-dev | openblas   | package                               | what our kernels are measured against
bench | python3         | python     | command -v python3                    | runs the peers, and the driver that alternates them
bench | python3-venv    | -          | python3 -c "import ensurepip, venv"   | keeps their packages inside Benchmarks/.venv
bench | g++             | -          | command -v g++                        | what PyTorch compiles with
'

# Swift itself comes from swift.org, not from a package manager.
if ! command -v swift >/dev/null; then
  echo "setup: there is no 'swift' on the PATH; expected version 6.2 or later, see https://www.swift.org/install" >&2
  exit 69
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n6.2\n' "${version:-0.0}" | sort -V | head -n 1)" != "6.2" ]; then
  echo "setup: Swift is version ${version:-unknown}, expected 6.2 or later, see https://www.swift.org/install" >&2
  exit 69
fi

if [ "$(uname)" = Darwin ]; then
  manager=brew
elif command -v apt-get >/dev/null; then
  manager=apt
else
  manager=none
fi

is_installed() {
  case $manager in
    apt) [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
    brew) brew list --versions "$1" >/dev/null 2>&1 ;;
    none) return 1 ;;
  esac
}

trim() { sed 's/^ *//; s/ *$//' <<<"$1"; }

missing=()
while IFS='|' read -r from debian brew probe why; do
  from=$(trim "${from:-}")
  [ -n "$from" ] || continue
  case " $wanted " in *" $from "*) ;; *) continue ;; esac
  name=$(trim "$debian")
  [ "$manager" != brew ] || name=$(trim "$brew")
  [ "$name" != - ] || continue
  probe=$(trim "$probe")
  if [ "$probe" = package ]; then
    is_installed "$name" && continue
  else
    (eval "$probe") >/dev/null 2>&1 && continue
  fi
  [ "${#missing[@]}" -gt 0 ] || echo "setup: installing what is missing" >&2
  printf 'setup:   %-16s %s\n' "$name" "$(trim "$why")" >&2
  missing+=("$name")
done <<<"$packages"

[ "${#missing[@]}" -gt 0 ] || exit 0

case $manager in
  brew)
    if ! command -v brew >/dev/null; then
      echo "setup: there is no 'brew' on the PATH, see https://brew.sh; then: brew install ${missing[*]}" >&2
      exit 69
    fi
    HOMEBREW_NO_AUTO_UPDATE=1 NONINTERACTIVE=1 brew install "${missing[@]}"
    ;;
  apt)
    # Another program may hold the package lock for a while: wait for it.
    get="apt-get -o DPkg::Lock::Timeout=300"
    install="$get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" = 0 ]; then
      as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root="sudo"
    else
      echo "setup: installing needs the rights of root; run this, then try again:" >&2
      echo "  sudo $get update && sudo $install" >&2
      exit 69
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive $get -qq update
    $as_root env DEBIAN_FRONTEND=noninteractive $install >&2
    ;;
  none)
    echo "setup: there is neither apt-get nor brew; install these yourself (Debian's names): ${missing[*]}" >&2
    exit 69
    ;;
esac
