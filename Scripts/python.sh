#!/usr/bin/env bash
# Makes a Python environment with a few packages in .build/venv, if there is none, and prints the path of its Python.
# Tests read our model files with it, and Scripts/check-pages.py parses our pages.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$PWD/.build/venv
if ! "$venv/bin/python" -c 'import html5lib, numpy, PIL, safetensors' 2>/dev/null; then
  echo "python: making .build/venv with html5lib, numpy, Pillow and safetensors" >&2
  rm -rf "$venv"
  python3 -m venv "$venv" >&2
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    'html5lib>=1.1,<2' 'numpy>=1.24,<3' 'pillow>=10,<13' 'safetensors>=0.4,<1' >&2
fi
echo "$venv/bin/python"
