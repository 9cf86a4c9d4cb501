#!/usr/bin/env bash
# Installs the system packages that are missing, and prints which and why. Asks no questions.
#
#   Scripts/setup.sh build    for building and running
#   Scripts/setup.sh test     for these and for all tests
#   Scripts/setup.sh check    for these and for `make check`
#   Scripts/setup.sh bench    for building and running, and for `make bench`
set -euo pipefail

scope=${1:-build}
case $scope in
  build) wanted="build" ;;
  test) wanted="build test" ;;
  check) wanted="build test check" ;;
  bench) wanted="build bench" ;;
  *) echo "setup: expected build, test, check or bench, found '$scope'" >&2; exit 64 ;;
esac

# One package a line: first scope that needs it | Debian's name | Homebrew's name or - | test if it is there | why. The
# test "package" asks the package manager. Any other test is a command that succeeds if nothing needs to be installed.
packages='
build | libdeflate-dev  | libdeflate | package                               | reads gzipped datasets
build | libssl-dev      | openssl@3  | package                               | SHA-256 of data and weights
build | librsvg2-2      | librsvg    | package                               | draws plots as PNG and PDF
build | libcurl4        | curl       | package                               | fetches datasets
build | libgdk-pixbuf-2.0-0 | gdk-pixbuf | package                            | decodes the images of your digits
build | fonts-dejavu-core | -        | package                               | letters in plots
build | pkg-config      | pkgconf    | command -v pkg-config                 | tells the build where libraries are
test  | python3         | python     | command -v python3                    | runs a faulty server; reads model files
test  | python3-venv    | -          | python3 -c "import ensurepip, venv"   | keeps Python packages inside .build
check | binutils        | -          | command -v nm                         | finds shared weak functions
check | qemu-user       | -          | command -v qemu-x86_64                | runs the program on an old processor
check | mandoc          | -          | command -v mandoc                     | checks the manual page
check | zsh             | -          | command -v zsh                        | checks the completions for zsh
check | fish            | fish       | command -v fish                       | checks the completions for fish
check | chromium        | -          | command -v chromium                   | loads our pages as a browser does
bench | libopenblas-dev | openblas   | package                               | kernels to compare ours with
bench | python3         | python     | command -v python3                    | runs the other libraries and the driver
bench | python3-venv    | -          | python3 -c "import ensurepip, venv"   | keeps packages inside Benchmarks/.venv
bench | g++             | -          | command -v g++                        | PyTorch compiles with it
'

# Swift comes from swift.org, not from a package manager.
if ! command -v swift >/dev/null; then
  echo "setup: 'swift' is not on the PATH; expected version 6.2 or later, see https://www.swift.org/install" >&2
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
  [ "${#missing[@]}" -gt 0 ] || echo "setup: installing missing packages" >&2
  printf 'setup:   %-16s %s\n' "$name" "$(trim "$why")" >&2
  missing+=("$name")
done <<<"$packages"

[ "${#missing[@]}" -gt 0 ] || exit 0

case $manager in
  brew)
    if ! command -v brew >/dev/null; then
      echo "setup: 'brew' is not on the PATH, see https://brew.sh; then run: brew install ${missing[*]}" >&2
      exit 69
    fi
    HOMEBREW_NO_AUTO_UPDATE=1 NONINTERACTIVE=1 brew install "${missing[@]}"
    ;;
  apt)
    # Another program may hold the package lock, so wait for it.
    get="apt-get -o DPkg::Lock::Timeout=300"
    install="$get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" = 0 ]; then
      as_root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root="sudo"
    else
      echo "setup: only root can install packages; run this command, then try again:" >&2
      echo "  sudo $get update && sudo $install" >&2
      exit 69
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive $get -qq update
    $as_root env DEBIAN_FRONTEND=noninteractive $install >&2
    ;;
  none)
    echo "setup: found neither apt-get nor brew; install these packages yourself (Debian's names): ${missing[*]}" >&2
    exit 69
    ;;
esac
