"""Where the time of a training step goes, by perf's samples; prints a table in Markdown for each workload."""

import argparse
import pathlib
import re
import sys
import tempfile

import contenders
from running import Failure, finished

PATIENCE = 600  # seconds
WARM_UP = 9  # seconds: the JVM's start, the natives, and what a contender does before it is ready

# What belongs together: a title, and what the library and the function are called. The first that fits counts.
PARTS = [
    ("matrix products", r"libopenblas", r"kernel"),
    ("packing matrices for them", r"libopenblas", r"copy"),
    ("matrix products, the rest", r"libopenblas", r""),
    ("waiting for the other thread", r"JIT", r"runtime\.Team"),
    ("oneDNN, convolutions above all", r"JIT", r"0x"),
    ("oneDNN, convolutions above all", r"libtorch", r"dnnl::"),
    ("Java", r"JIT|libjvm|libjni", r""),
    ("copies", r"libtorch|libc\b|libc\.", r"copy_kernel|memcpy|memmove|memset|CopyKernel"),
    ("libtorch's other operations", r"libtorch|libc10|libgomp|libm\b|libm\.|libstdc", r""),
    ("allocation and the rest of the C library", r"libc|ld-linux", r""),
    ("the system", r"kernel", r""),
]


def part(library, function):
    for title, libraries, functions in PARTS:
        if re.search(libraries, library) and re.search(functions, function):
            return title
    return "the rest"


def samples(recording):
    """Pairs of what belongs together and its share of the samples."""
    report = finished(
        ["perf", "report", "-i", recording, "--no-children", "--stdio", "-F", "sample,dso,sym", "-t", "|"], PATIENCE)
    for process in set(re.findall(r"\[JIT\] tid (\d+)", report)):
        pathlib.Path(f"/tmp/perf-{process}.map").unlink(missing_ok=True)  # the JVM's names of what it compiled
    shares = {}
    for line in report.splitlines():
        fields = [field.strip() for field in line.split("|")]
        if len(fields) == 3 and fields[0].isdigit():
            title = part(fields[1], fields[2])
            shares[title] = shares.get(title, 0) + int(fields[0])
    total = sum(shares.values())
    return sorted(((title, share / total) for title, share in shares.items()), key=lambda share: -share[1])


def profile(workload, threads, seconds):
    with tempfile.TemporaryDirectory() as folder:
        recording = f"{folder}/perf.data"
        command = ["perf", "record", "-q", "-D", str(WARM_UP * 1000), "-F", "999", "-o", recording]
        command += contenders.java(
            "", "Contender", workload, "generated", str(threads), options=["-XX:+UnlockDiagnosticVMOptions", "-XX:+DumpPerfMapAtExit"])
        output = finished(command, PATIENCE + seconds, input=f"{WARM_UP - 3}\n{seconds}\n")
        # how the batch is divided, "ready" with two losses, and blocks: the first has warmed up
        milliseconds = float(output.partition("ready")[2].split()[3])
        return milliseconds, samples(recording)


def work(workload):
    """Multiplications and additions of a step's products and convolutions, in thousand millions."""
    return float(finished(contenders.java("", "Contender", workload, "work", "1"), PATIENCE))


def main():
    parser = argparse.ArgumentParser(prog="benchmarks/profile", description=__doc__)
    parser.add_argument("--threads", default="1", help="1 unless stated otherwise; such as 1,2")
    parser.add_argument("--seconds", type=float, default=10, help="how long samples are taken")
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help=", ".join(contenders.WORKLOADS))
    options = parser.parse_args()
    for workload in options.workloads or ["mlp", "cnn", "resnet", "transformer"]:
        if workload not in contenders.WORKLOADS:
            sys.exit(f"there is no workload {workload}: " + ", ".join(contenders.WORKLOADS))
        operations = work(workload)
        for threads in options.threads.split(","):
            milliseconds, shares = profile(workload, threads, options.seconds)
            print(f"\n{contenders.WORKLOADS[workload]}, threads: {threads}: {milliseconds:.3g} ms a step,"
                  f" {operations:.3g} GFLOP, {operations / milliseconds * 1000:.0f} GFLOP/s\n")
            print("| | of the time | ms |\n|---|---:|---:|")
            for title, share in shares:
                if share >= 0.005:
                    print(f"| {title} | {share:.1%} | {share * milliseconds:.3g} |")


try:
    main()
except Failure as failure:
    sys.exit(str(failure))
