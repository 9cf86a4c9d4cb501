#!/usr/bin/env bash
# Makes a Python environment with the peers (the libraries to compare with) in Benchmarks/.venv, if there is none. A
# package that cannot be installed is left out, and the report says so. Delete the folder to start again.
set -euo pipefail
cd "$(dirname "$0")"

venv=$PWD/.venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
pip() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >&2; }
has() { "$venv/bin/python" -c "import $1" 2>/dev/null; }

# If the module has another name than the package, it follows after a colon. NumPy comes first: all peers need it.
for package in numpy torch scikit-learn:sklearn onnxruntime onnx jax; do
  name=${package%%:*}
  module=${package##*:}
  has "$module" && continue
  echo "bench: installing $name" >&2
  pip "$name" || echo "bench: $name cannot be installed here; the report leaves it out" >&2
done
