#!/usr/bin/env python3
"""The most memory that training and asking a network takes: what is planned, what is seen, and what PyTorch takes.

Each figure is the median of several processes: by how much one's resident memory grew at most since before its model was
made, parameters, gradients and what the optimizer remembers included. Linux counts pages that have been written to, so
that nothing is left out that a library takes for itself, as allocators' own statistics would. Java's heap is there from
the beginning.

usage: mvn -q -Pbenchmarks compile; PYTHON=/path/to/python benchmarks/memory.py [--rounds N] [NETWORK:BATCH …]
PYTHON has torch 2.10 and torchvision 0.25.
"""

import argparse
import os
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent
CASES = ["resnet50:8", "unet:8", "resnet:64"]

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("cases", nargs="*", default=CASES, metavar="NETWORK:BATCH")
options = parser.parse_args()

class_path = f"{ROOT}/target/classes:{(ROOT / 'target/class-path').read_text()}"
JAVA = ["java", "--enable-native-access=ALL-UNNAMED", "-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-cp", class_path,
        "io.github.torchscribe.benchmarks.MemoryBenchmark"]
PYTHON = [os.environ.get("PYTHON", f"{ROOT}/.venv/bin/python"), f"{ROOT}/pytorch/memory.py"]


def medians(command):
    runs = [
        list(map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))
        for _ in range(options.rounds)]
    return [round(statistics.median(column)) for column in zip(*runs)]


print("| network, batch | planned, MB | seen | PyTorch | PyTorch, channels last |\n|---|---|---|---|---|", flush=True)
for case in options.cases:
    network, batch = case.split(":")
    for mode in ("train", "forward"):
        planned, seen = medians(JAVA + [network, batch, mode])
        (eager,) = medians(PYTHON + [network, batch, mode])
        (last,) = medians(PYTHON + [network, batch, mode, "channels_last"])
        print(f"| {network}, {batch}, {mode} | {planned:,} | {seen:,} | {eager:,} | {last:,} |", flush=True)
