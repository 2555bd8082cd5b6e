"""The section steps: networks of ours and of PyTorch's take turns on the device, each in a process that stays."""

import pathlib
import queue
import statistics
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
APP = HERE.parent.parent
JAVA = "io.github.torchscribe.benchmarks.GpuContender"
ROUNDS = 3

WORKLOADS = ("mlp", "wide", "cnn", "resnet", "transformer")
REDUCED = {"wide": ("bf16", "tf32"), "mlp": ("bf16",), "cnn": ("bf16",), "transformer": ("bf16",)}

# What a step may take, of PyTorch's eager and of its graph captured by hand; of a prediction, of eager.
OF_EAGER = {"mlp": 0.11, "wide": 0.60, "cnn": 0.25, "resnet": 0.27, "transformer": 0.16}
OF_GRAPH = {"mlp": 0.85}
REDUCED_OF_EAGER = {"wide": 0.25}
PREDICTION = 0.5
LOSSES_APART = {"float32": 2e-3, "tf32": 2e-3, "bf16": 2e-2}  # convolutions are in TF32 by PyTorch's choice


class Contender:
    """A process that answers one line with one line."""

    def __init__(self, command, log):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log.open("w"), text=True)
        self.answers = queue.Queue()
        self.ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.answers.put(line)
        self.answers.put("failed: it has ended")

    def ask(self, line, patience):
        """Numbers, or why there are none; who has crashed or hangs is asked nothing more."""
        if self.ended:
            return None, "failed: it has ended"
        try:
            print(line, file=self.process.stdin, flush=True)
            answer = self.answers.get(timeout=patience)
            if answer.startswith("failed"):
                self.ended = self.process.poll() is not None
                return None, answer.strip()
            return [float(number) for number in answer.split()], ""
        except (queue.Empty, OSError, ValueError) as e:
            self.ended = True
            return None, f"no answer: {type(e).__name__}"

    def close(self):
        self.process.kill()
        self.process.wait()


def asked(options):
    """All that is measured: (contender, line), in the order in which they take turns."""
    lines = []
    for workload in ("mlp", "transformer") if options.short else WORKLOADS:
        for what in ("step", "train", "predict"):
            lines.append(("graph on", f"{workload} generated {what}"))
            if what == "step" or options.device == "cuda":
                lines.append(("graph off", f"{workload} generated {what}"))
            lines.append(("pytorch", f"{workload} float32 eager {what}"))
            if what != "predict":
                lines.append(("pytorch", f"{workload} float32 graph {what}"))
        for precision in REDUCED.get(workload, ()):
            lines.append(("graph on", f"{workload} {precision} step"))
            lines += [("pytorch", f"{workload} {precision} {way} step") for way in ("eager", "graph")]
        if options.compile and workload in ("mlp", "transformer"):
            lines.append(("pytorch", f"{workload} float32 compile step"))
    return lines


def measure(options):
    contenders = {
        "pytorch": Contender(
            [sys.executable, HERE / "pytorch_contender.py", options.device, APP / "../base/data/mnist"],
            options.out / "pytorch.log"),
        **{f"graph {state}": Contender(
            [HERE / "run", f"-XX:ErrorFile={options.out.resolve()}/steps-{state}.crash",
             f"-Dtorchscribe.graphs={state}", JAVA, options.device], options.out / f"steps-{state}.log")
           for state in ("on", "off")}}
    seconds = 0.05 if options.short else 0.2
    times, losses, failed = {}, {}, {}
    try:
        for _ in range(1 if options.short else ROUNDS):
            for key in asked(options):
                if key in failed:
                    continue
                answer, why = contenders[key[0]].ask(f"{key[1]} {seconds}", 180)
                if answer is None:
                    failed[key] = why
                else:
                    times.setdefault(key, []).append(answer[0])
                    losses[key] = answer[1:]
    finally:
        for contender in contenders.values():
            contender.close()
    return {key: statistics.median(some) for key, some in times.items()}, losses, failed


def steps(options, rows):
    times, losses, failed = measure(options)
    workloads = [one for one in WORKLOADS if ("graph on", f"{one} generated step") in times]
    rows.note(overview(times, workloads))

    def at_most(what, ours, theirs, most):
        if ours in times and theirs in times:
            ratio = times[ours] / times[theirs]
            rows.add(what, f"{ratio:.3f} ({times[ours]:.3f} / {times[theirs]:.3f} ms)", f"≤ {most}", ratio <= most)

    for one in workloads:
        ours = ("graph on", f"{one} generated step")
        at_most(f"{one}: step beside eager", ours, ("pytorch", f"{one} float32 eager step"), OF_EAGER[one])
        at_most(f"{one}: step beside PyTorch's graph", ours, ("pytorch", f"{one} float32 graph step"), OF_GRAPH.get(one, 1.0))
        at_most(f"{one}: in a Trainer beside PyTorch's graph, no loss fetched", ("graph on", f"{one} generated train"),
                ("pytorch", f"{one} float32 graph train"), 1.0)
        at_most(f"{one}: prediction beside eager", ("graph on", f"{one} generated predict"),
                ("pytorch", f"{one} float32 eager predict"), PREDICTION)
        for precision in REDUCED.get(one, ()):
            reduced = ("graph on", f"{one} {precision} step")
            if one in REDUCED_OF_EAGER:
                at_most(f"{one} in {precision}: step beside eager in float32", reduced,
                        ("pytorch", f"{one} float32 eager step"), REDUCED_OF_EAGER[one])
            at_most(f"{one} in {precision}: step beside PyTorch's graph in {precision}", reduced,
                    ("pytorch", f"{one} {precision} graph step"), 1.0)
    for (who, line), seen in losses.items():
        one, mode, what = line.split()[0], line.split()[1], line.split()[-1]
        precision = "float32" if mode == "generated" else mode
        theirs = losses.get(("pytorch", f"{one} {precision} eager step"))
        if who == "graph on" and what == "step" and theirs:
            apart = max(abs(a - b) for a, b in zip(seen, theirs))
            rows.at_most(f"{one} in {precision}: first two losses beside eager's", apart, LOSSES_APART[precision])
    for (who, line), why in failed.items():
        rows.add(f"{who}, {line}", why, good=False)


def overview(times, workloads):
    """Milliseconds of all, a line for each workload."""
    columns = {
        "step": ("graph on", "generated step"), "graphs off": ("graph off", "generated step"),
        "bf16": ("graph on", "bf16 step"), "tf32": ("graph on", "tf32 step"), "in a Trainer": ("graph on", "generated train"),
        "prediction": ("graph on", "generated predict"), "eager": ("pytorch", "float32 eager step"),
        "graph": ("pytorch", "float32 graph step"), "graph, no loss": ("pytorch", "float32 graph train"),
        "graph bf16": ("pytorch", "bf16 graph step"), "graph tf32": ("pytorch", "tf32 graph step"),
        "compile": ("pytorch", "float32 compile step"), "eager prediction": ("pytorch", "float32 eager predict")}
    lines = ["| ms | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for one in workloads:
        cells = [times.get((who, f"{one} {what}")) for who, what in columns.values()]
        lines.append(f"| {one} | " + " | ".join("" if cell is None else f"{cell:.3f}" for cell in cells) + " |")
    return "\n".join(lines)
