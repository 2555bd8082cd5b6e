"""Lets all contenders take turns on each workload, and whole programs after that. Called by benchmarks/compare.

All processes of a workload are started and warmed up first; then they work in turn, a block of some tenths of a second
each, many rounds: a machine that is slow for a while is so for all of them. The contenders that begin with the same
weights must have the same losses. A contender that has others, dies, hangs, diverges or answers what is no number gets no
time: it is named, with its last words, the others go on, and the exit status is 1 at the end.
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
import running

PROGRAM = 6  # times as much patience as with a contender: ten epochs take what they take
REFERENCE = "pytorch-eager"  # whose first losses the others' have to be


def arguments(given):
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
    parser.add_argument("--patience", type=float, default=600, metavar="SECONDS",
                        help="for a contender to start, or to answer besides what it was asked for")
    parser.add_argument("--no-programs", action="store_true", help="steps and predictions only, no whole programs")
    parser.add_argument("--results", type=pathlib.Path, default=contenders.ROOT / "benchmarks/results")
    options = parser.parse_args(given)
    if options.growth:
        options.workloads, options.contenders = growth.WORKLOADS, list(growth.CONTENDERS)
        options.threads, options.no_programs = options.threads[:1], True
    return options


def others(present, reference=REFERENCE):
    """Those whose losses are not what they have to be, each with a Failure that says so.

    The first step has seen no arithmetic of anybody's but the forward pass; the second all of it.
    """
    same = [one for one in present if one.contender.same]
    by_name = {one.contender.name: one for one in same}
    reference = by_name.get(reference, same[0] if same else None)
    return {
        one: running.Failure(f"begins with {one.first}, but {reference.contender.title} with {reference.first}")
        for one in same
        if any(abs(mine - right) > 2e-3 * max(1, abs(right)) for mine, right in zip(one.first, reference.first))}


class Match:
    """A workload: who is still there, what they took, and who is not and why."""

    reference = REFERENCE

    def __init__(self, workload, threads, options):
        self.workload, self.threads, self.options = workload, threads, options
        self.present, self.failed, self.blocks, self.peaks = [], [], {}, {}

    def say(self, text):
        print(f"{self.workload}, {self.threads} threads: {text}", file=sys.stderr, flush=True)

    def fail(self, contender, failure):
        self.say(f"{contender.title} {failure}")
        self.failed.append({
            "name": contender.name, "title": contender.title, "why": failure.why, "words": failure.words,
            "blocks": self.blocks.get(contender.name, [])})

    def running(self, contender):
        return running.Running(contender, self.workload, self.threads, self.options.patience)

    def chosen(self):
        chosen = [c for c in contenders.ALL if c.name in self.options.contenders and c.takes(self.workload)]
        if self.workload in contenders.FLOP and not self.options.growth:
            chosen.append(contenders.PRODUCT)
        return chosen

    def start(self, contender):
        self.say(f"{contender.title} warms up")
        try:
            one = self.running(contender)
        except running.Failure as failure:
            self.fail(contender, failure)
        else:
            self.present.append(one)
            self.blocks[contender.name] = []

    def begin(self):
        for contender in self.chosen():
            self.start(contender)

    def drop(self, one, failure):
        one.kill()
        self.present.remove(one)
        self.fail(one.contender, failure)

    def each(self, does, back=False):
        for one in self.present[::-1] if back else self.present[:]:
            try:
                does(one)
            except running.Failure as failure:
                self.drop(one, failure)

    def run(self):
        try:
            self.begin()
            for one, failure in others(self.present, self.reference).items():
                self.drop(one, failure)
            for number in range(self.options.rounds):
                self.say(f"round {number + 1} of {self.options.rounds}")
                # There and back: where a machine becomes slower and slower, nobody is always the later one.
                self.each(lambda one: self.blocks[one.contender.name].append(one.block(self.options.seconds)), number % 2 == 1)
            self.each(lambda one: self.peaks.update({one.contender.name: one.close()}))
        finally:
            for one in self.present:
                one.kill()
        return {
            "workload": self.workload,
            "threads": self.threads,
            "contenders": [self.result(one.contender) for one in self.present],
            "failed": self.failed,
        }

    def result(self, contender):
        blocks = self.blocks[contender.name]
        return {"name": contender.name, "title": contender.title, "ms": statistics.median(blocks), "blocks": blocks,
                "peak_mb": self.peaks[contender.name]}


def main(given=None):
    options = arguments(given)
    options.results.mkdir(parents=True, exist_ok=True)
    results = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "steps": [], "programs": []}
    for workload in options.workloads:
        for threads in options.threads:
            results["steps"].append(Match(workload, int(threads), options).run())
            write(results, options)
    if not options.no_programs:
        results["programs"] = programs.measure(int(options.threads[0]), PROGRAM * options.patience)
        write(results, options)
    print(report.markdown(results))
    failures = report.failures(results)
    if failures:
        sys.exit("\n".join(["These gave no result:", *failures]))


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
