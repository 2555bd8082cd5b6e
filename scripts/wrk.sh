#!/usr/bin/env bash
# Installs wrk, which asks a server as fast as it answers: what the test of weights that are swapped under load needs.
#
# usage: scripts/wrk.sh
# needs: where it is missing, apt-get as root or with sudo.
set -euo pipefail

command -v wrk > /dev/null && exit
root=$([ "$(id -u)" = 0 ] || echo sudo)
$root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $root apt-get install -qq -y --no-install-recommends wrk > /dev/null
