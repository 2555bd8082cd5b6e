"""How a batch is divided among many cores: the chosen way beside the others and PyTorch. Called by benchmarks/cores.

Of each workload the contenders start at once and then work in turn, a block of some tenths of a second each, as in
benchmarks/compare. Ours is there three times: as it chooses, by rows alone, and with all products divided among all workers.
Prints one table, and leaves it and all numbers in a folder. The exit status is 1 when something misses what is wanted: on all
cores at most 0.9 of PyTorch's time; and nowhere more than 1.1 of the other ways'.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

import compare
import contenders
import running

WORKLOADS = ("wide", "mlp", "width-1000", "cnn", "resnet", "transformer", "mlp-predict", "cnn-predict")
DIVIDED = ("wide", "mlp", "width-1000", "cnn", "transformer")  # where there is a choice
OF_PYTORCH, OF_OTHER_WAYS = 0.9, 1.1
WAY = "way: "  # begins a line of Contender's


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    comma = lambda text: text.split(",")
    cores = len(os.sched_getaffinity(0))
    parser.add_argument("--threads", type=comma, default=[str(cores)] if cores < 4 else [str(cores), str(cores // 4)])
    parser.add_argument("--workloads", type=comma, default=WORKLOADS, help=f"of {', '.join(WORKLOADS)}")
    parser.add_argument("--short", action="store_true", help="one round of short blocks: shows that all runs, not how fast")
    parser.add_argument("--patience", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--out", type=pathlib.Path, default=contenders.ROOT / "benchmarks/results/cores")
    options = parser.parse_args()
    options.cores = str(cores)
    options.rounds, options.seconds = (1, 0.1) if options.short else (4, 0.25)
    return options


def ours(name, title, shares=None):
    def command(workload, threads):
        options = [] if shares is None else [f"-Dtorchscribe.shares={shares(threads)}"]
        return contenders.java("", "Contender", workload, "generated", str(threads), options=options)

    return contenders.Contender(name, title, command, same=True)


CHOSEN = ours("chosen", "Torchscribe")
OTHERS = (
    ours("rows", "Torchscribe, by rows", lambda threads: threads),
    ours("products", "Torchscribe, products among all", lambda threads: 1))
PYTORCH = [one for one in contenders.ALL if one.name in ("pytorch-eager", "pytorch-channels-last")]


class Cores(compare.Match):
    def chosen(self):
        others = OTHERS if self.workload in DIVIDED and self.threads > 1 else ()
        return [CHOSEN, *others, *(one for one in PYTORCH if one.takes(self.workload))]

    def begin(self):
        """All at once: the time is short, and nobody is measured yet."""
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(self.start, self.chosen()))
        self.way = next((line[len(WAY):].strip() for one in self.present if one.contender is CHOSEN
                         for line in one.heard if line.startswith(WAY)), "")


def row(match, result, options):
    ms = {one["name"]: one["ms"] for one in result["contenders"]}
    ours = ms.get("chosen")
    theirs = min((ms[one.name] for one in PYTORCH if one.name in ms), default=None)
    wanted = []
    if ours and theirs and match.threads == int(options.cores):
        wanted.append(ours <= OF_PYTORCH * theirs)
    wanted += [ours <= OF_OTHER_WAYS * ms[one.name] for one in OTHERS if ours and one.name in ms]
    good = bool(ours and theirs) and not result["failed"] and (options.short or all(wanted))
    number = lambda value: "" if value is None else f"{value:.3g}"
    cells = [match.workload, match.threads, match.way, number(ours), *(number(ms.get(one.name)) for one in OTHERS),
             number(theirs), f"{ours / theirs:.2f}" if ours and theirs else "", "yes" if good else "**NO**"]
    return good, "| " + " | ".join(map(str, cells)) + " |"


def product(threads, options):
    """What the machine can do, in GFLOP/s."""
    try:
        one = running.Running(contenders.PRODUCT, "product", threads, options.patience)
    except running.Failure as failure:
        return str(failure)
    try:
        return f"{contenders.PRODUCT_FLOP / one.block(options.seconds) / 1e6:.0f} GFLOP/s"
    finally:
        one.kill()


def revision():
    packed = contenders.ROOT / "revision"
    if packed.exists():
        return packed.read_text().strip()
    asked = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=contenders.ROOT, capture_output=True, text=True)
    return asked.stdout.strip() or "unknown"


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    products = ", ".join(f"{count} thread{'s' * (int(count) > 1)} {product(int(count), options)}"
                         for count in dict.fromkeys(["1", *options.threads]))
    head = (f"{compare.machine()}, revision {revision()}; one product of 1024 × 1024 matrices: {products}; ms\n\n"
            "| workload | threads | chosen | ms | by rows | products among all | PyTorch | of PyTorch | good |\n"
            "|---|---:|---|---:|---:|---:|---:|---:|---|\n")
    good, lines, results, failed = True, [], [], []
    for workload in options.workloads:
        for threads in options.threads:
            match = Cores(workload, int(threads), options)
            result = match.run()
            fine, line = row(match, result, options)
            good &= fine
            lines.append(line)
            results.append(result)
            failed += [f"{workload}, {threads} threads, {one['title']}: {one['why']}" for one in result["failed"]]
            table = "\n".join([head + "\n".join(lines), "", *failed, f"took {time.monotonic() - BEGAN:.0f} s", ""])
            (options.out / "table.md").write_text(table)  # who stops early keeps what there is
            (options.out / "cores.json").write_text(json.dumps(results, indent=1) + "\n")
    print(table)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    BEGAN = time.monotonic()
    main()
