#!/usr/bin/env bash
# Installs what the browser tests drive: Chromium, where the system has none, and Playwright's driver, which is
# Node code. (As a Maven dependency the driver weighs 200 MB, for every platform; from npm it is 2 MB.)
#
# usage: scripts/browser.sh
# needs: Node with npm; for Chromium, where it is missing, apt-get as root or with sudo.
# The driver goes, once, into ${TORCHSCRIBE_PLAYWRIGHT:-~/.cache/torchscribe/playwright}.
set -euo pipefail

driver=${TORCHSCRIBE_PLAYWRIGHT:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/playwright}
version=$(sed -n "s:.*<playwright.version>\(.*\)</playwright.version>.*:\1:p" "$(dirname "$0")/../pom.xml")

has_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

if ! has_chromium; then
  root=$([ "$(id -u)" = 0 ] || echo sudo)
  $root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi

if [ "$(cat "$driver/version" 2>/dev/null)" != "$version" ]; then
  rm -rf "$driver"
  mkdir -p "$driver"
  (cd "$driver" && npm pack --silent "playwright-core@$version" >/dev/null && tar -xzf ./*.tgz && rm ./*.tgz)
  ln -s "$(command -v node)" "$driver/node"
  printf %s "$version" > "$driver/version"
fi
