"""Measures PyTorch on a device, one line for each: `mlp float32 graph step 0.2` is the median time of a step.

usage: pytorch_contender.py DEVICE FOLDER      (FOLDER holds MNIST's gzipped idx files)
PRECISION  float32, tf32 (products; convolutions are by themselves), bf16 (autocast)
WAY        eager as a tutorial has it; graph, the whole step captured by hand, the optimizer fused; compile, forward and
           loss through torch.compile(mode="reduce-overhead")
WHAT       step, whose loss is fetched; train, whose loss is not; predict, one example from and into Python's lists

The answer is milliseconds and the first two losses. On the CPU there are no graphs: graph is eager there.
"""

import itertools
import pathlib
import statistics
import sys
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "pytorch"))
import networks  # noqa: E402

BATCHES = 64
WARM_UP_SECONDS = 0.4
TIMED_TOGETHER = 20  # steps that nobody waits for

device, folder = torch.device(sys.argv[1]), sys.argv[2]
on_gpu = device.type == "cuda"


def wait():
    if on_gpu:
        torch.cuda.synchronize()


class Network:
    def __init__(self, workload, precision, way):
        make, data, optimizer, size = networks.WORKLOADS[workload]
        self.precision, self.workload, self.way = precision, workload, way
        inputs, targets = data(folder)
        torch.manual_seed(1)
        self.net = make().to(device)
        count = min(BATCHES, len(targets) // size)
        parts = zip(inputs[: count * size].split(size), targets[: count * size].split(size))
        self.batches = [(x.to(device), y.to(device)) for x, y in parts]
        self.example = inputs[:1]
        self.next = itertools.cycle(self.batches)
        self.optimizer = self.made(optimizer)
        self.compiled = torch.compile(self.loss, mode="reduce-overhead") if way == "compile" else self.loss
        self.captured = None
        self.settle()
        if way == "graph" and on_gpu:
            self.first = self.capture()
        else:
            self.first = [self.eager().item(), self.eager().item()]
        self.warm = set()

    def made(self, optimizer):
        parameters = list(self.net.parameters())
        if self.way == "graph" and on_gpu and optimizer is networks.adamw:
            return torch.optim.AdamW(parameters, lr=1e-3, fused=True, capturable=True)
        return optimizer(parameters, fused=True if self.way == "graph" and on_gpu else None)

    def settle(self):
        """What is the same for the whole process is as this network wants it."""
        torch.backends.cuda.matmul.allow_tf32 = self.precision == "tf32"

    def loss(self, x, y):
        # A graph would hold what the cache of converted weights gives for one step alone.
        with torch.autocast(device.type, torch.bfloat16, self.precision == "bf16", cache_enabled=self.way != "graph"):
            output = self.net(x)
        return networks.cross_entropy(output.float(), y)

    def learn(self, x, y):
        loss = self.compiled(x, y)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss

    def eager(self):
        return self.learn(*next(self.next))

    def capture(self):
        """As PyTorch's notes on CUDA graphs have it; the steps that warm up are real ones."""
        x, y = (part.clone() for part in self.batches[0])
        losses = []
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                for fixed, part in zip((x, y), next(self.next)):
                    fixed.copy_(part)
                losses.append(self.learn(x, y).item())
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.cuda.graph(graph):
            loss = self.learn(x, y)
        self.captured = graph, x, y, loss
        return losses[:2]

    def replayed(self):
        graph, x, y, loss = self.captured
        there = next(self.next)
        x.copy_(there[0])
        y.copy_(there[1])
        graph.replay()
        return loss

    def one(self):
        return self.replayed() if self.captured else self.eager()

    def predict(self):
        with torch.inference_mode():
            return self.net(self.example.to(device)).flatten().tolist()

    def work(self, what, seconds):
        times, end = [], time.perf_counter() + seconds
        while not times or time.perf_counter() < end:
            wait()
            began, steps = time.perf_counter(), 1
            if what == "predict":
                self.predict()
            elif what == "train":
                steps = TIMED_TOGETHER
                for _ in range(steps):
                    self.one()
                wait()
            else:
                self.one().item()
            times.append((time.perf_counter() - began) / steps * 1e3)
        return statistics.median(times)

    def measure(self, what, seconds):
        self.settle()
        if what == "predict":
            self.net.eval()
        if what not in self.warm:
            self.work(what, WARM_UP_SECONDS)
            self.warm.add(what)
        median = self.work(what, seconds)
        self.net.train()
        return median


made = {}
for line in sys.stdin:
    workload, precision, way, what, seconds = line.split()
    key = workload, precision, way
    try:
        if key not in made:
            made[key] = Network(*key)
        print(made[key].measure(what, float(seconds)), *made[key].first, flush=True)
    except Exception as e:  # noqa: BLE001: whatever it is, the others can still be measured
        print("failed:", type(e).__name__, str(e).split("\n")[0], flush=True)
