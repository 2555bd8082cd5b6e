#!/usr/bin/env bash
# A real standalone cluster of Spark's on this machine: a master and workers, each in a process of its own. Brings Spark's
# distribution, which Python's package `pyspark` has in it.
#
# usage: scripts/spark-cluster.sh --install-only
#        scripts/spark-cluster.sh start FOLDER [WORKERS]      2 workers of 1 core and 2 GB each; pids and logs in FOLDER
#        scripts/spark-cluster.sh submit FOLDER OPTION …      spark-submit to that cluster, in the foreground
#        scripts/spark-cluster.sh stop FOLDER                 ends master, workers and executors
# needs: a JDK 17 or 21; Python 3 with venv. Installs once, 490 MB, into ${TORCHSCRIBE_SPARK:-~/.cache/torchscribe/spark};
#        ${TORCHSCRIBE_SPARK_VERSION:-4.1.1}.
#
# All that Spark opens listens on 127.0.0.1. The store by which processes of libtorch find each other does not: it listens
# on all interfaces, and asks nobody who he is. So the cluster, and what is submitted, runs in a network namespace that has
# a loopback interface alone, and goes with the last process in it. That takes root, or a kernel that lets users make
# namespaces, and the commands unshare, nsenter and ip; where it cannot be made, start says why and ends with 3.
# TORCHSCRIBE_SPARK_OPEN=yes does without.
set -euo pipefail

venv=${TORCHSCRIBE_SPARK:-${XDG_CACHE_HOME:-$HOME/.cache}/torchscribe/spark}
version=${TORCHSCRIBE_SPARK_VERSION:-4.1.1}

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '/^set/d'
  exit 2
}

install() {
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  [ "$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("pyspark"))' 2>/dev/null)" != "$version" ] || return 0
  "$venv/bin/pip" install -q --disable-pip-version-check --no-deps "pyspark==$version" # nothing of Python's is run
}

home() {
  SPARK_HOME=$("$venv/bin/python" -c \
    'import importlib.util as u; print(u.find_spec("pyspark").submodule_search_locations[0])' 2>/dev/null) || {
    echo "Spark is not there; $0 --install-only brings it" >&2
    exit 1
  }
  export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 SPARK_NO_DAEMONIZE=1 SPARK_DAEMON_MEMORY=384m
  export SPARK_CONF_DIR=$folder/conf SPARK_LOCAL_DIRS=$folder/local
  export SPARK_DAEMON_JAVA_OPTS='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' # master and workers have little to do
}

# What a command begins with that is to run where the cluster is.
inside() {
  inside=()
  if [ -f "$folder/namespace.pid" ]; then
    inside=(nsenter --target "$(cat "$folder/namespace.pid")" --net)
    [ "$(id -u)" = 0 ] || inside+=(--user --preserve-credentials)
  fi
}

# A network namespace with loopback alone, held by a process that sleeps.
namespace() {
  [ "${TORCHSCRIBE_SPARK_OPEN:-}" != yes ] || return 0
  local as=()
  [ "$(id -u)" = 0 ] || as=(--user --map-root-user)
  : > "$folder/namespace.log"
  setsid unshare "${as[@]}" --net sh -c 'ip link set lo up && echo up && exec sleep 1000000' \
    > "$folder/namespace.log" 2>&1 < /dev/null &
  echo $! > "$folder/namespace.pid"
  for _ in $(seq 50); do
    grep -q '^up$' "$folder/namespace.log" && return 0
    kill -0 "$(cat "$folder/namespace.pid")" 2>/dev/null || break
    sleep 0.1
  done
  echo "no network namespace of our own ($(tail -n 1 "$folder/namespace.log")), and without one libtorch's store would" \
    "listen on all interfaces while a network is trained; TORCHSCRIBE_SPARK_OPEN=yes does without" >&2
  rm "$folder/namespace.pid"
  exit 3
}

# launch NAME CLASS ARGUMENT …: a process group of its own, in which a worker's executors are, too
launch() {
  local name=$1
  shift
  : > "$folder/log/$name.log" # else it is there only when the process has begun
  "${inside[@]}" setsid "$SPARK_HOME/bin/spark-class" "$@" > "$folder/log/$name.log" 2>&1 < /dev/null &
  echo $! > "$folder/$name.pid"
}

# await NAME PATTERN COUNT: until a log has so many lines like that
await() {
  for _ in $(seq 300); do
    [ "$(grep -c "$2" "$folder/log/$1.log" || true)" -ge "$3" ] && return 0
    kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null || break
    sleep 0.2
  done
  echo "Spark's $1 does not come up:" >&2
  tail -n 20 "$folder/log/$1.log" >&2
  stop
  exit 1
}

start() {
  local workers=${1:-2}
  if compgen -G "$folder/*.pid" > /dev/null; then
    echo "a cluster of $folder runs already, or was not stopped; $0 stop $folder" >&2
    exit 1
  fi
  mkdir -p "$folder/log" "$folder/conf" "$folder/local"
  namespace
  inside
  launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0
  await master "Starting Spark master at" 1
  sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$folder/log/master.log" > "$folder/master"
  for i in $(seq "$workers"); do
    launch "worker-$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --port 0 --webui-port 0 \
      --cores 1 --memory 2g --work-dir "$folder/work/$i" "$(cat "$folder/master")"
  done
  await master "Registering worker" "$workers"
}

submit() {
  inside
  exec "${inside[@]}" "$SPARK_HOME/bin/spark-submit" --master "$(cat "$folder/master")" \
    --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.ui.enabled=false "$@"
}

# Ends what start has begun, by its groups; what does not listen is killed after ten seconds.
stop() {
  local pids=()
  for file in "$folder"/worker-*.pid "$folder"/master.pid "$folder"/namespace.pid; do
    [ -f "$file" ] || continue
    pids+=("$(cat "$file")")
    kill -- "-$(cat "$file")" 2>/dev/null || true
    rm "$file"
  done
  for pid in "${pids[@]}"; do
    for _ in $(seq 100); do
      kill -0 -- "-$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
  done
}

case ${1:-} in
  --install-only)
    install
    ;;
  start | submit | stop)
    [ $# -ge 2 ] || usage
    command=$1
    mkdir -p "$2"
    folder=$(cd "$2" && pwd)
    shift 2
    [ "$command" = stop ] || home
    "$command" "$@"
    ;;
  *) usage ;;
esac
