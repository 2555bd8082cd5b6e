#!/usr/bin/env python3
"""How fast texts are written: by the samples' GPT with keys and values kept, without, and by PyTorch with the same, in one run.

Each writes texts of 200 tokens in turn, from the same weights; where the window of 64 is full its second half is read anew.
The texts of the highest scores have to be the same in all, those that are drawn the same with and without a cache.
Printed are medians.

usage: mvn -q -Pbenchmarks compile; PYTHON=/path/to/python benchmarks/generation.py [--rounds N] [--threads N]
PYTHON has torch 2.10 and safetensors.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent
CLASS_PATH = f"{ROOT}/target/classes:{(ROOT / 'target/class-path').read_text()}"
COUNT = 200

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--rounds", type=int, default=40)
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()


def started(command):
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def text(process, how, temperature):
    """The seconds that a text takes, and its tokens."""
    process.stdin.write(f"{how} {temperature}\n")
    process.stdin.flush()
    seconds, *tokens = process.stdout.readline().split()
    return float(seconds), tokens


with tempfile.TemporaryDirectory() as folder:
    weights = f"{folder}/gpt.safetensors"
    java = started(["java", "--enable-native-access=ALL-UNNAMED", "-cp", CLASS_PATH,
                    "io.github.torchscribe.benchmarks.GenerationBenchmark", weights, str(options.threads)])
    drawn, again = text(java, "cache", 0.8)[1], text(java, "whole", 0.8)[1]
    assert drawn == again and len(drawn) == COUNT, (drawn, again)
    python = started([os.environ.get("PYTHON", f"{ROOT}/.venv/bin/python"), f"{ROOT}/pytorch/generation.py", weights,
                      str(options.threads)])
    ways = {
        "Torchscribe": (java, "cache"), "Torchscribe, without a cache": (java, "whole"),
        "PyTorch": (python, "cache"), "PyTorch, without a cache": (python, "whole"),
    }
    greedy = {name: text(*way, 0)[1] for name, way in ways.items()}
    assert len(set(map(tuple, greedy.values()))) == 1, greedy
    for _ in range(5):  # warms up
        for way in ways.values():
            text(*way, 0.8)
    seconds = {name: [] for name in ways}
    for _ in range(options.rounds):
        for name, way in ways.items():
            seconds[name].append(text(*way, 0.8)[0])
    for process in (java, python):
        process.stdin.close()
        process.wait()
    print(f"| {COUNT} tokens, {options.threads} threads | tokens/s | µs a token |\n|---|---:|---:|")
    for name, some in seconds.items():
        median = statistics.median(some)
        print(f"| {name} | {COUNT / median:,.0f} | {median / COUNT * 1e6:.0f} |")
