"""What it costs to be watched by a Visdom server that is killed in mid-training and started anew.

First two runs of the main job, one alone and one watched: are all losses the same to the last bit? Then runs in which
every second pair of epochs is watched: how much longer do these take?

usage: scripts/visdom-server.sh --install-only; mvn -q -Pbenchmarks compile; python3 benchmarks/watched.py [--epochs N] [--rounds N]
The server shares this machine's cores with the training; it runs at the lowest priority.
"""

import argparse
import os
import pathlib
import socket
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SERVER = pathlib.Path(os.environ.get("TORCHSCRIBE_VISDOM") or CACHE / "torchscribe/visdom") / "bin/python"

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--epochs", type=int, default=84, help="of a run that is timed")
parser.add_argument("--rounds", type=int, default=5)
options = parser.parse_args()
class_path = f"{ROOT}/benchmarks/target/classes:{(ROOT / 'benchmarks/target/class-path').read_text()}"
java = ["java", "--enable-native-access=ALL-UNNAMED", "-cp", class_path]


def server(port, folder):
    command = ["nice", "-n", "19", str(SERVER), "-m", "visdom.server", "-port", str(port)]
    command += ["--hostname", "127.0.0.1", "-env_path", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def watched(command, folder, seconds):
    """Runs a program, given the server's address; kills the server after some seconds and starts it anew."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    visdom = server(port, folder)
    time.sleep(5)
    try:
        run = subprocess.Popen(command(f"http://127.0.0.1:{port}"), stdout=subprocess.PIPE, text=True)
        time.sleep(seconds)
        visdom.kill()
        visdom.wait()
        time.sleep(1)
        visdom = server(port, folder)
        output, _ = run.communicate()
        assert run.returncode == 0
        return output
    finally:
        visdom.kill()


def job(folder, *more):
    return java + ["io.github.torchscribe.samples.Samples", "--epochs", "20", "--runs", str(folder), *more]


def logged(folder):
    """All of metrics.csv but the time."""
    (file,) = folder.glob("*/metrics.csv")
    return [line.rsplit(",", 1)[0] for line in file.read_text().splitlines()]


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    subprocess.run(job(folder / "alone"), stdout=subprocess.DEVNULL, check=True)
    watched(lambda address: job(folder / "watched", "--visdom=" + address), folder, 4)
    same = logged(folder / "alone") == logged(folder / "watched")
    print(f"{len(logged(folder / 'alone'))} lines of losses, the same to the last bit: {same}", flush=True)

ratios = []
for number in range(options.rounds):
    with tempfile.TemporaryDirectory() as folder:
        benchmark = java + ["io.github.torchscribe.benchmarks.WatchedBenchmark"]
        output = watched(lambda address: benchmark + [address, str(options.epochs)], folder, 15)
        alone, with_server = map(float, output.split())
        ratios.append(with_server / alone)
        print(f"round {number + 1}: an epoch alone {alone:.4f} s, watched {with_server:.4f} s, ratio {ratios[-1]:.3f}", flush=True)
print(f"median ratio {statistics.median(ratios):.3f}")
