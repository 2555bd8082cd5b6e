"""Runs every contender in turn, several rounds, and prints one table of medians and ratios.

Called by run.sh, from the repository's root.
"""

import argparse
import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "samples/src/main/resources/mnist"
BATCH = 200

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--warm-up", type=int, default=500, help="steps before the measured ones")
parser.add_argument("--steps", type=int, default=1500, help="measured steps in each round")
parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
parser.add_argument("--no-process", action="store_true", help="steps only, no whole programs")
options = parser.parse_args()

class_path = f"{ROOT}/benchmarks/target/classes:{(ROOT / 'benchmarks/target/class-path').read_text()}"
java = ["java", "-cp", class_path]
counts = [str(options.threads), str(options.warm_up), str(options.steps)]


def torchscribe(gradient):
    return java + ["io.github.torchscribe.benchmarks.StepBenchmark", gradient] + counts


def pytorch(mode):
    return [sys.executable, str(ROOT / "benchmarks/pytorch_step.py"), mode] + counts + [str(DATA)]


STEPS = {
    "Torchscribe": torchscribe("generated"),
    "Torchscribe, autograd": torchscribe("autograd"),
    "PyTorch eager": pytorch("eager"),
    "PyTorch fused=True": pytorch("fused"),
}
if not options.no_compile:
    STEPS["PyTorch torch.compile"] = pytorch("compile")


def run(command):
    """Runs a program; gives its output, its wall time in seconds and its peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed with {process.returncode}")
    return output, time.perf_counter() - began, usage.ru_maxrss / 1024


def median(rows, column):
    return statistics.median(row[column] for row in rows)


def spread(rows):
    values = [row[0] for row in rows]
    return f"{min(values):.2f}–{max(values):.2f}"


results = {name: [] for name in STEPS}
for number in range(options.rounds):
    for name, command in STEPS.items():
        print(f"round {number + 1}/{options.rounds}: {name}", file=sys.stderr)
        output = run(command)[0]
        results[name].append([float(word) for word in output.split()])

ours = median(results["Torchscribe"], 0)
print(f"\nMLP 784-200-200-10, batch {BATCH}, {options.threads} threads, {options.rounds} rounds of"
      f" {options.steps} steps, medians\n")
print("| | ms per step | spread of the rounds | examples/s | peak memory | Torchscribe's time is |")
print("|---|---:|---:|---:|---:|---:|")
for name, rows in results.items():
    ms = median(rows, 0)
    print(f"| {name} | {ms:.2f} | {spread(rows)} | {BATCH / ms * 1e3:,.0f} | {median(rows, 2):.0f} MB"
          f" | {ours / ms:.2f} × |")

if options.no_process:
    sys.exit(0)

folder = pathlib.Path(tempfile.mkdtemp())
try:
    raw = folder / "MNIST/raw"
    raw.mkdir(parents=True)
    for file in DATA.glob("*.gz"):
        (raw / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
    programs = {
        "Torchscribe": java + ["io.github.torchscribe.samples.Samples", "--threads", str(options.threads)],
        "PyTorch with DataLoader": [
            sys.executable, str(ROOT / "parity/mnist_mlp.py"), "kaiming_normal", "1", "10", str(folder)],
    }
    times = {name: [] for name in programs}
    for number in range(min(options.rounds, 3)):
        for name, command in programs.items():
            print(f"whole program {number + 1}: {name}", file=sys.stderr)
            output, seconds, peak = run(command)
            accuracy = output.split("Accuracy: ")[-1].split(" ")[0]
            times[name].append((seconds, peak, accuracy))
finally:
    shutil.rmtree(folder)

ours = median(times["Torchscribe"], 0)
print("\nTen epochs of MNIST as a whole process, medians\n")
print("| | seconds | peak memory | accuracy | Torchscribe's time is |")
print("|---|---:|---:|---:|---:|")
for name, rows in times.items():
    print(f"| {name} | {median(rows, 0):.1f} | {median(rows, 1):.0f} MB | {rows[0][2]}"
          f" | {ours / median(rows, 0):.3f} × |")
