#!/usr/bin/env bash
# Installs the real Visdom server (0.2.4), its page included, so that both work offline, and Python's safetensors,
# with which a test reads and writes weights; then starts the server.
#
# usage: scripts/visdom-server.sh [--install-only] [visdom.server's options, for example -port 8098]
# needs: Python 3 with venv, npm. Installs once, into ${TORCHSCRIBE_VISDOM:-~/.cache/torchscribe/visdom}.
set -euo pipefail

venv=${TORCHSCRIBE_VISDOM:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/visdom}
version=0.2.4

install_server() {
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  "$venv/bin/python" -c 'import visdom, safetensors' 2>/dev/null && return
  # Visdom's build still imports pkg_resources; a newer tornado refuses its ../user/style.css with 403.
  "$venv/bin/pip" install -q 'setuptools<81' wheel numpy safetensors
  "$venv/bin/pip" install -q --no-build-isolation "visdom==$version" 'tornado<6.5'
}

# take PACKAGE@VERSION PATH_IN_PACKAGE DESTINATION
take() {
  local key=${1//[@\/]/_}
  if [ ! -d "$work/$key" ]; then
    mkdir "$work/$key"
    (cd "$work/$key" && npm pack --silent "$1" >/dev/null && tar --warning=no-unknown-keyword -xzf ./*.tgz && rm ./*.tgz)
  fi
  mkdir -p "$(dirname "$static/$3")"
  cp -r "$work/$key"/*/"$2" "$static/$3"
}

# What the server would otherwise download from the net when it starts.
install_page() {
  static=$("$venv/bin/python" -c 'import os, visdom; print(os.path.join(os.path.dirname(visdom.__file__), "static"))')
  [ -f "$static/version.built" ] && return
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  take jquery@3.1.1 dist/jquery.min.js js/jquery.min.js
  take bootstrap@3.3.7 dist/js/bootstrap.min.js js/bootstrap.min.js
  take bootstrap@3.3.7 dist/css/bootstrap.min.css css/bootstrap.min.css
  for kind in eot woff2 woff ttf; do
    take bootstrap@3.3.7 "dist/fonts/glyphicons-halflings-regular.$kind" "fonts/glyphicons-halflings-regular.$kind"
  done
  take react@16.2.0 umd/react.production.min.js js/react-react.min.js
  take react-dom@16.2.0 umd/react-dom.production.min.js js/react-dom.min.js
  take react-modal@3.1.10 dist/react-modal.min.js js/react-modal.min.js
  take plotly.js-dist-min@2.11.1 plotly.min.js js/plotly-plotly.min.js
  take sjcl@1.0.7 sjcl.js js/sjcl.js
  take layout-bin-packer@1.4.0 dist/layout-bin-packer.js js/layout_bin_packer.js
  take d3@3.5.17 d3.min.js js/d3.v3.min.js
  take d3-selection-multi@1.0.1 build/d3-selection-multi.js js/d3-selection-multi.v1.js
  take save-svg-as-png@1.4.17 lib/saveSvgAsPng.js js/saveSvgAsPng.js
  take react-resizable@1.4.6 css/styles.css css/react-resizable-styles.css
  take react-grid-layout@0.16.3 css/styles.css css/react-grid-layout-styles.css
  for file in config/Safe.js config/TeX-AMS-MML_HTMLorMML.js extensions/Safe.js jax/output/SVG/fonts/TeX/fontdata.js \
              jax/output/SVG/jax.js jax/output/SVG/fonts/TeX/Size1/Regular/Main.js jax/output/SVG/config.js MathJax.js; do
    take mathjax@2.7.5 "$file" "js/mathjax/2.7.5/$file"
  done
  printf %s "$version" > "$static/version.built"
}

install_server
install_page
if [ "${1:-}" = --install-only ]; then
  exit 0
fi
exec "$venv/bin/python" -m visdom.server --hostname 127.0.0.1 "$@"
