"""Lets all contenders take turns on each workload, and whole programs after that. Called by benchmarks/compare.

All processes of a workload are started and warmed up first; then they work in turn, a block of some tenths of a second
each, many rounds: a machine that is slow for a while is so for all of them. The contenders that begin with the same
weights must have the same losses, or nothing is reported.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import contenders
import growth
import programs
import report


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    comma = lambda text: text.split(",")
    cores = os.cpu_count()
    parser.add_argument("--threads", type=comma, default=["1"] if cores == 1 else [str(cores), "1"])
    parser.add_argument("--workloads", type=comma, default=[w for w in contenders.WORKLOADS if w not in contenders.GROWTH],
                        help=f"of {', '.join(contenders.WORKLOADS)}")
    parser.add_argument("--contenders", type=comma, default=[c.name for c in contenders.ALL],
                        help=f"of {', '.join(c.name for c in contenders.ALL)}")
    parser.add_argument("--growth", action="store_true",
                        help="instead: how an MLP's cost grows with batch, width and depth, beside PyTorch's")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.7, help="of a contender's block in a round")
    parser.add_argument("--no-programs", action="store_true", help="steps and predictions only, no whole programs")
    parser.add_argument("--results", type=pathlib.Path, default=contenders.ROOT / "benchmarks/results")
    options = parser.parse_args()
    if options.growth:
        options.workloads, options.contenders = growth.WORKLOADS, list(growth.CONTENDERS)
        options.threads, options.no_programs = options.threads[:1], True
    return options


def check_losses(running, workload):
    """The first step has seen no arithmetic of anybody's but the forward pass; the second all of it."""
    same = [r for r in running if r.contender.same]
    for one in same[1:]:
        for ours, theirs in zip(one.first, same[0].first):
            if abs(ours - theirs) > 2e-3 * max(1, abs(theirs)):
                sys.exit(f"{workload}: {one.contender.title} begins with {one.first},"
                         f" but {same[0].contender.title} with {same[0].first}")


def measure(workload, threads, options):
    chosen = [c for c in contenders.ALL if c.name in options.contenders and c.takes(workload)]
    running = []
    if workload in contenders.FLOP and not options.growth:
        chosen.append(contenders.PRODUCT)
    for contender in chosen:
        print(f"{workload}, {threads} threads: {contender.title} warms up", file=sys.stderr)
        running.append(contenders.Running(contender, workload, threads))
    check_losses(running, workload)
    blocks = {r.contender.name: [] for r in running}
    for number in range(options.rounds):
        print(f"{workload}, {threads} threads: round {number + 1} of {options.rounds}", file=sys.stderr)
        for one in running:
            blocks[one.contender.name].append(one.block(options.seconds))
    return {
        "workload": workload,
        "threads": threads,
        "contenders": [
            {
                "name": one.contender.name,
                "title": one.contender.title,
                "ms": statistics.median(blocks[one.contender.name]),
                "blocks": blocks[one.contender.name],
                "peak_mb": one.close(),
            }
            for one in running],
    }


def main():
    options = arguments()
    options.results.mkdir(parents=True, exist_ok=True)
    results = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "steps": [], "programs": []}
    for workload in options.workloads:
        for threads in options.threads:
            results["steps"].append(measure(workload, int(threads), options))
            write(results, options)
    if not options.no_programs:
        results["programs"] = programs.measure(int(options.threads[0]))
        write(results, options)
    print(report.markdown(results))


def write(results, options):
    """After each workload: who stops early keeps what there is."""
    name = "growth" if options.growth else "compare"
    chart = growth.chart(results, int(options.threads[0])) if options.growth else report.chart(results)
    (options.results / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n")
    (options.results / f"{name}.md").write_text(report.markdown(results))
    (options.results / f"{name}.svg").write_text(chart)


def machine():
    model = subprocess.run(["lscpu"], capture_output=True, text=True).stdout
    names = [line.split(":")[1].strip() for line in model.splitlines() if line.startswith("Model name")]
    return f"{names[0] if names else 'unknown processor'}, {os.cpu_count()} cores"


if __name__ == "__main__":
    main()
