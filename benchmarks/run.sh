#!/usr/bin/env bash
# Measures Torchscribe beside PyTorch for Python, in one run, and prints one table of ratios.
#
# usage: benchmarks/run.sh [--threads N] [--rounds N] [--steps N] [--no-process]
# needs: JDK 17, Maven, Python 3 with venv; installs PyTorch 2.10 into benchmarks/.venv (gigabytes, once).
# PYTHON=/path/to/python takes one that has torch 2.10 and torchvision 0.25 already.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-benchmarks/.venv/bin/python}
if [ -z "${PYTHON:-}" ] && ! "$python" -c 'import torch, torchvision' 2>/dev/null; then
  python3 -m venv benchmarks/.venv
  benchmarks/.venv/bin/pip install -q torch==2.10.0 torchvision==0.25.0 numpy
fi
rm -rf benchmarks/target # Maven does not see when only the processor has changed
mvn -q -Pbenchmarks compile
exec "$python" benchmarks/compare.py "$@"
