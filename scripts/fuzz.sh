#!/usr/bin/env bash
# Lets a fuzzer (Jazzer) make up files and answers for our readers. Whatever it finds, a reader may only refuse with
# the exception that it documents; anything else ends this with the input that did it, in runtime/target/fuzz.
# New inputs that reach new code join the corpus in runtime/src/test/fuzz, which `mvn verify` reads each time.
#
# usage: scripts/fuzz.sh SECONDS [TARGET ...]       each target for so long, two at a time
# targets: SafetensorsFuzz CheckpointFuzz IdxFuzz CsvFuzz PictureFuzz AnswerFuzz
# --scratch before them leaves the corpus as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

keep=true
if [ "${1:-}" = --scratch ]; then keep=false; shift; fi
seconds=${1:?usage: scripts/fuzz.sh [--scratch] SECONDS [TARGET ...]}
shift
[ $# -gt 0 ] || set -- SafetensorsFuzz CheckpointFuzz IdxFuzz CsvFuzz PictureFuzz AnswerFuzz

mvn --batch-mode -q -Pfuzz -pl runtime test-compile
classes=runtime/target/test-classes:runtime/target/classes:$(cat runtime/target/fuzz-class-path)
work=runtime/target/fuzz

fuzz() {
  local target=$1 source class
  source=$(cd runtime/src/test/java && find . -name "$target.java")
  [ -n "$source" ] || { echo "there is no target $target"; return 1; }
  class=$(sed 's#^\./##; s#\.java$##; s#/#.#g' <<< "$source")
  rm -rf "${work:?}/$target"
  mkdir -p "$work/$target/corpus" "runtime/src/test/fuzz/$target"
  # New inputs go into the first folder, the second is only read.
  # The client under test connects to a server of the test; that is no forgery.
  local jazzer=(java --enable-native-access=ALL-UNNAMED -Xmx1g -cp "$classes" com.code_intelligence.jazzer.Jazzer --target_class="$class"
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery
    --reproducer_path="$work/$target" -artifact_prefix="$work/$target/" -timeout=20 -rss_limit_mb=4096 -max_len=4096)
  local ours='io.github.torchscribe.**' libraries='com.fasterxml.jackson.**:de.siegmar.**:okhttp3.**:okio.**'
  if "${jazzer[@]}" --instrumentation_includes="$ours:$libraries" -max_total_time="$seconds" -print_final_stats=1 \
    "$work/$target/corpus" "runtime/src/test/fuzz/$target" > "$work/$target/log" 2>&1; then
    if $keep; then # of what is new to the libraries only there is no end
      "${jazzer[@]}" --instrumentation_includes="$ours" -merge=1 "runtime/src/test/fuzz/$target" "$work/$target/corpus" \
        > "$work/$target/merge" 2>&1 || cat "$work/$target/merge"
    fi
    echo "$target: no finding, $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$target/log") inputs in $seconds s"
  else
    echo "$target: a finding; see $work/$target"
    grep -m1 -A12 '== Java Exception\|^==.*ERROR' "$work/$target/log" || tail -20 "$work/$target/log"
    return 1
  fi
}

failed=0
while [ $# -gt 0 ]; do
  fuzz "$1" & first=$!
  if [ $# -gt 1 ]; then shift; fuzz "$1" & wait $! || failed=1; fi
  shift
  wait $first || failed=1
done
exit $failed
