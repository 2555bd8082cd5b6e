#!/usr/bin/env python3
"""The sample `serve` under load beside the same server in Python (serve_python.py), in one run.

Both answer POST /predict with the CNN's three likeliest digits, from the same weights; wrk asks, from the same machine.
They take turns; printed are medians over the rounds.

usage: PYTHON=/path/to/python benchmarks/serving.py [--seconds N] [--rounds N] [--connections N ...]
needs: wrk; mvn -q -Pbenchmarks compile; a Python with torch 2.10, safetensors, aiohttp and orjson.
"""

import argparse
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASS_PATH = f"{ROOT}/benchmarks/target/classes:{(ROOT / 'benchmarks/target/class-path').read_text()}"
PYTHON = os.environ.get("PYTHON", "python3")

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--seconds", type=int, default=8)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
options = parser.parse_args()


def free_port():
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def ask(port, pixels):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/predict", json.dumps({"pixels": pixels}).encode())
    return json.load(urllib.request.urlopen(request))


def wait_for(port, pixels):
    for _ in range(600):
        try:
            return ask(port, pixels)
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at {port}")


def load(port, script, connections, seconds):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, f"http://127.0.0.1:{port}/predict"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in output and "Socket errors" not in output, output
    units = {"us": 1e-3, "ms": 1, "s": 1e3}

    def milliseconds(percent):
        number, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)\b", output).groups()
        return float(number) * units[unit]

    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), milliseconds(50), milliseconds(99)


# A digit as a pen would draw it: the same for both.
pixels = [0] * 784
for row in range(5, 23):
    for column in (13, 14, 15):
        pixels[row * 28 + column] = 255

with tempfile.TemporaryDirectory() as folder:
    script = pathlib.Path(folder) / "post.lua"
    body = json.dumps({"pixels": pixels})
    script.write_text(f"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{body}'\n")
    weights = pathlib.Path(folder) / "cnn.safetensors"
    cores = len(os.sched_getaffinity(0))
    java, python = free_port(), free_port()
    servers = {}
    try:
        command = ["java", "--enable-native-access=ALL-UNNAMED", "-cp", CLASS_PATH, "-Dsample=serve", "io.github.torchscribe.samples.Samples"]
        servers[java] = subprocess.Popen(command + ["--weights", str(weights), "--port", str(java)], stdout=subprocess.DEVNULL)
        mine = wait_for(java, pixels)  # it trains an epoch first
        command = [PYTHON, ROOT / "benchmarks/serve_python.py", weights, str(python), str(cores)]
        servers[python] = subprocess.Popen(command)
        theirs = wait_for(python, pixels)
        for one, other in zip(mine["likely"], theirs["likely"]):
            assert one["digit"] == other["digit"] and abs(one["probability"] - other["probability"]) < 1e-5, (mine, theirs)
        for port in servers:
            load(port, script, max(options.connections), 10)  # warms up
        print("| connections | | requests/s | p50 | p99 |\n|---|---|---|---|---|")
        for connections in options.connections:
            results = {port: [] for port in servers}
            for _ in range(options.rounds):
                for port in servers:
                    results[port].append(load(port, script, connections, options.seconds))
            medians = {port: [statistics.median(column) for column in zip(*rows)] for port, rows in results.items()}
            for name, port in (("Torchscribe", java), (f"aiohttp, {cores} processes", python)):
                rate, p50, p99 = medians[port]
                print(f"| {connections} | {name} | {rate:.0f} | {p50:.2f} ms | {p99:.2f} ms |")
            ratios = [mine / theirs for mine, theirs in zip(medians[java], medians[python])]
            print(f"| {connections} | ratio | {ratios[0]:.2f} | {ratios[1]:.2f} | {ratios[2]:.2f} |", flush=True)
    finally:
        for server in servers.values():
            server.terminate()
