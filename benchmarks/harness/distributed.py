"""Lets steps of several processes take turns: Torchscribe's groups and PyTorch's DDP. Called by benchmarks/distributed.

All processes are on this machine and meet by a file; PyTorch's send by Gloo and loopback, Torchscribe's by memory that they
share, or by Gloo as between machines. Each has one thread, and its part of the
workload's batch. A step is what a user has: of Torchscribe one of Trainer's, which also gathers the batch and knows the mean
loss of all ranks; of PyTorch forward, backward by DDP with its defaults, and optimizer, on batches that are at hand.
What a group costs a run of one process is seen beside: the same step without a group, and in a group of one.
"""

import argparse
import json
import pathlib
import statistics
import sys
import time

import compare
import contenders
import ranks
import report

WORKLOADS = {
    "mlp": "MLP 784-200-200-10 (0.2M parameters)",
    "cnn": "two convolutions (1.2M)",
    "resnet": "residual network (0.2M)",
    "transformer": "transformer (0.4M), 64 tokens an example",
    "width-1900": "MLP 784-1900-1900-10 (5.1M)",
    "wide-adamw": "MLP 784-4096-4096-10 (20M), AdamW",
    "all-reduce-200000": "a sum of 0.2M floats alone",
    "all-reduce-5000000": "of 5M floats",
    "all-reduce-25000000": "of 25M floats",
}
ALL_REDUCE = "all-reduce-"
ALONE = ("mlp", "cnn", "resnet", "transformer")  # of which the cost of a group of one is seen
WANTED = 0.8  # of DDP's step, at most


class Contender:
    """One way of doing the steps.

    A command is made of a workload and of the file by which ranks meet.
    """

    same = True

    def __init__(self, name, title, command, takes=lambda workload: True, meets=True):
        self.name, self.title, self.command, self.takes, self.meets = name, title, command, takes, meets


def ours(mode):
    return lambda workload, store: contenders.java("", "DistributedContender", workload, mode)


def ddp(mode):
    return lambda workload, store: [
        sys.executable, str(contenders.ROOT / "benchmarks/pytorch/distributed.py"), workload, mode,
        str(contenders.DATA), store]


def is_step(workload):
    return not workload.startswith(ALL_REDUCE)


def divides(workload):
    return workload == "wide-adamw"


def by_gloo(workload, store):
    """As between machines: ranks of one share memory."""
    return ["env", "TORCHSCRIBE_SHARED_MEMORY=off", *ours("group")(workload, store)]


TOGETHER = [
    Contender("torchscribe", "Torchscribe", ours("group")),
    Contender("torchscribe-gloo", "Torchscribe by Gloo", by_gloo),
    Contender("torchscribe-sharded", "Torchscribe, shardOptimizer", ours("sharded"), divides),
    Contender("ddp", "PyTorch DDP", ddp("eager")),
    Contender("ddp-fused", "PyTorch DDP, fused=True", ddp("fused"), is_step),
    Contender("ddp-channels-last", "PyTorch DDP, channels_last", ddp("channels_last"),
              lambda workload: workload in contenders.IMAGES),
    Contender("ddp-zero", "PyTorch DDP, ZeroRedundancyOptimizer", ddp("zero"), divides),
]
SINGLE = [
    Contender("group", "in a group of one", ours("group"), meets=False),
    Contender("alone", "without a group", ours("alone"), meets=False),
]


class Match(compare.Match):
    """A workload, and the processes of each contender."""

    reference = "ddp"

    def __init__(self, workload, everybody, size, options):
        super().__init__(workload, size, options)
        self.everybody, self.size = everybody, size

    def say(self, text):
        print(f"{self.workload}, {processes(self.size)}: {text}", file=sys.stderr, flush=True)

    def chosen(self):
        return [one for one in self.everybody if one.takes(self.workload)]

    def running(self, contender):
        return ranks.Together(contender, self.workload, self.size, self.options.patience)


    def result(self, contender):
        one = next(one for one in self.present if one.contender is contender)
        blocks = one.processor[1:]  # without the one that warms up
        return {**super().result(contender), "processor": blocks, "processor_ms": statistics.median(blocks)}


def processes(size):
    return "1 process" if size == 1 else f"{size} processes"


def by_name(match):
    return {one["name"]: one for one in match["contenders"]}


def ratio(one, other, what="blocks"):
    """The median of rounds: in each both were measured one after the other."""
    return statistics.median(mine / max(theirs, 1e-9) for mine, theirs in zip(one[what], other[what]))


def together(results):
    size = results["size"]
    lines = [f"| {processes(size)}, a thread each | Torchscribe | PyTorch DDP | ratio | of its processor time | by Gloo | of DDP's | its best | ratio |",
             "|---|---:|---:|---:|---:|---:|---:|---|---:|"]
    for match in results["together"]:
        present = by_name(match)
        mine = present.pop("torchscribe", None)
        present.pop("torchscribe-sharded", None)
        gloo = present.pop("torchscribe-gloo", None)
        if not mine or not present:
            continue
        best = min(present.values(), key=lambda one: one["ms"])
        cells = [f"{match['title']}", report.digits(mine["ms"])]
        ddp = present.get("ddp")
        cells += [report.digits(ddp["ms"]), f"{ratio(mine, ddp):.2f} ×", f"{ratio(mine, ddp, 'processor'):.2f} ×"] if ddp else ["–"] * 3
        cells += [report.digits(gloo["ms"]), f"{ratio(gloo, ddp):.2f} ×"] if gloo and ddp else ["–"] * 2
        cells += [f"{best['title'].removeprefix('PyTorch ')} {report.digits(best['ms'])}", f"{ratio(mine, best):.2f} ×"]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def divided(results):
    """What it brings and costs to divide the optimizer's state."""
    size = results["size"]
    lines = [f"| {processes(size)}, a thread each | step | peak memory of one |", "|---|---:|---:|"]
    for match in results["together"]:
        if divides(match["workload"]):
            lines += [f"| {match['title']}: {one['title']} | {report.digits(one['ms'])} | {one['peak_mb']} MB |"
                      for one in match["contenders"]]
    return lines if len(lines) > 2 else []


def single(results):
    lines = ["| 1 process, a thread | without a group | in a group of one | ratio | of processor times |",
             "|---|---:|---:|---:|---:|"]
    for match in results["single"]:
        present = by_name(match)
        if len(present) == 2:
            one, other = present["group"], present["alone"]
            lines.append(f"| {match['title']} | {report.digits(other['ms'])} | {report.digits(one['ms'])} | {ratio(one, other):.3f} × |"
                         f" {ratio(one, other, 'processor'):.3f} × |")
    return lines


def markdown(results):
    lines = [f"{results['machine']}, {results['date']}. Medians of {results['rounds']} blocks that alternate between all;"
             " ratios are medians of those of each round.", ""]
    lines += together(results) if results["together"] else []
    lines += ["", *divided(results)] if divided(results) else []
    lines += ["", *single(results)] if results["single"] else []
    for match in [*results["together"], *results["single"]]:
        lines += ["", *report.failed_lines(match["failed"])] if match["failed"] else []
    return "\n".join(lines) + "\n"


def too_slow(results):
    """Steps that take more of DDP's time than is wanted."""
    return [
        f"{match['title']}: {ratio(present['torchscribe'], present['ddp']):.2f} of DDP's time, wanted {WANTED}"
        for match in results["together"] if is_step(match["workload"])
        for present in [by_name(match)] if {"torchscribe", "ddp"} <= present.keys()
        and ratio(present["torchscribe"], present["ddp"]) > WANTED]


def arguments(given):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    comma = lambda text: text.split(",")
    parser.add_argument("--workloads", type=comma, default=list(WORKLOADS), help=f"of {', '.join(WORKLOADS)}")
    parser.add_argument("--contenders", type=comma, default=[one.name for one in TOGETHER + SINGLE],
                        help=f"of {', '.join(one.name for one in TOGETHER + SINGLE)}")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.5, help="of a contender's block in a round")
    parser.add_argument("--patience", type=float, default=120, metavar="SECONDS",
                        help="for a contender to start, or to answer besides what it was asked for")
    parser.add_argument("--results", type=pathlib.Path, default=contenders.ROOT / "benchmarks/results")
    options = parser.parse_args(given)
    for workload in options.workloads:
        if workload not in WORKLOADS:
            parser.error(f"there is no workload {workload}: " + ", ".join(WORKLOADS))
    return options


def main(given=None):
    options = arguments(given)
    options.results.mkdir(parents=True, exist_ok=True)
    results = {"date": time.strftime("%Y-%m-%d"), "machine": compare.machine(), "size": options.processes,
               "rounds": options.rounds, "together": [], "single": []}
    plan = [("together", TOGETHER, options.processes, workload) for workload in options.workloads]
    plan += [("single", SINGLE, 1, workload) for workload in options.workloads if workload in ALONE]
    for kind, everybody, size, workload in plan:
        chosen = [one for one in everybody if one.name in options.contenders]
        if chosen:
            match = Match(workload, chosen, size, options).run()
            results[kind].append({**match, "title": WORKLOADS[workload]})
            (options.results / "distributed.json").write_text(json.dumps(results, indent=1) + "\n")
            (options.results / "distributed.md").write_text(markdown(results))
    print(markdown(results))
    failures = [f"{match['title']}: {one['title']} {one['why']}"
                for match in results["together"] + results["single"] for one in match["failed"]]
    if failures or too_slow(results):
        sys.exit("\n".join([*failures, *too_slow(results)]))


if __name__ == "__main__":
    main()
