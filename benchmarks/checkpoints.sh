#!/usr/bin/env bash
# What a checkpoint after every hundred steps costs: runs of the main job's network, every second one with them.
#
# usage: benchmarks/checkpoints.sh [PAIRS] [EPOCHS]
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -Pbenchmarks compile
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
java --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/classes:$(cat benchmarks/target/class-path)" \
  io.github.torchscribe.benchmarks.CheckpointBenchmark "${1:-15}" "${2:-10}" "$folder"
