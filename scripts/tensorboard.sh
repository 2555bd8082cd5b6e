#!/usr/bin/env bash
# Installs the real TensorBoard (2.21.0), with what reads event files fast, and starts it.
#
# usage: scripts/tensorboard.sh [--install-only] [tensorboard's options, for example --logdir runs --port 6007]
# needs: Python 3 with venv. Installs once, into ${TORCHSCRIBE_TENSORBOARD:-~/.cache/torchscribe/tensorboard}.
set -euo pipefail

venv=${TORCHSCRIBE_TENSORBOARD:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/tensorboard}
version=2.21.0

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
if [ "$("$venv/bin/python" -c 'import tensorboard; print(tensorboard.__version__)' 2>/dev/null)" != "$version" ]; then
  # Its own imports want pkg_resources.
  "$venv/bin/pip" install -q "tensorboard==$version" 'setuptools<81'
fi
if [ "${1:-}" = --install-only ]; then
  exit 0
fi
exec "$venv/bin/python" -m tensorboard.main --host 127.0.0.1 "$@"
