"""Trains or asks one network in one of PyTorch's ways, a block of steps for each line it is sent.

usage: contender.py WORKLOAD MODE THREADS FOLDER      (FOLDER holds MNIST's gzipped idx files)
MODE   eager          as a tutorial has it
       fused          the optimizer with fused=True
       channels_last  the same, network and images in that layout
       compile        forward and loss through torch.compile, the optimizer fused
       compile-last   compile and channels_last
       autocast       fused, forward in torch.autocast with bfloat16
A workload with "-predict" is asked for one example at a time, or for as many as it says: eager, jit (traced and frozen)
or compile.

Prints "ready LOSS LOSS" with the first two losses, or outputs, once it has warmed up. Then a number of seconds on a line
of its input makes it work for so long and print the median milliseconds of a step. At the input's end it prints its peak
memory in MB. When a step gives what is no finite number, the process ends with exit code 1.
"""

import itertools
import math
import resource
import statistics
import sys
import time

import torch

import networks

WARM_UP_SECONDS = 2.0
CALLS = 50  # that are timed together, where one is too short for the clock
LONG = "minilm"  # of which one is not

workload, mode, threads, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
torch.set_num_threads(threads)
predicts = workload.endswith("-predict")
network, data, optimizer, batch = networks.WORKLOADS[workload.removesuffix("-predict")]
inputs, targets = data(folder)
torch.manual_seed(1)
net = network()
last = mode in ("channels_last", "compile-last")
if last:
    net = net.to(memory_format=torch.channels_last)
    inputs = inputs.to(memory_format=torch.channels_last)


def trainer():
    optim = optimizer([p for p in net.parameters() if p.requires_grad], fused=None if mode == "eager" else True)

    def loss_of(target, *data):
        return networks.cross_entropy(net(*data), target)

    def mixed_loss_of(target, *data):
        with torch.autocast("cpu", torch.bfloat16):
            output = net(*data)
        return networks.cross_entropy(output.float(), target)

    if mode == "autocast":
        loss_of = mixed_loss_of

    if mode.startswith("compile"):
        loss_of = torch.compile(loss_of)
    parts = (targets, *inputs) if isinstance(inputs, tuple) else (targets, inputs)
    batches = itertools.cycle([some for some in zip(*(part.split(batch) for part in parts)) if len(some[0]) == batch])

    def step():
        loss = loss_of(*next(batches))
        optim.zero_grad()
        loss.backward()
        optim.step()
        return loss.item()

    return step


def asker():
    net.eval()
    parts = inputs if isinstance(inputs, tuple) else (inputs,)
    size = batch if workload.startswith(LONG) else 1
    questions = list(zip(*(part[:200].split(size) for part in parts)))
    called = net
    if mode == "jit":
        called = torch.jit.optimize_for_inference(torch.jit.trace(net, questions[0]))
    elif mode.startswith("compile"):
        called = torch.compile(net)
    asked = itertools.cycle(questions)

    def ask():
        with torch.inference_mode():
            return called(*next(asked))[0, 0].item()

    return ask


def finite(step):
    done = 0

    def checked():
        nonlocal done
        number = step()
        done += 1
        if not math.isfinite(number):
            sys.exit(f"step {done} gives {number}")
        return number

    return checked


step = finite(asker() if predicts else trainer())
calls = CALLS if predicts and not workload.startswith(LONG) else 1


def work(seconds):
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        began = time.perf_counter()
        for _ in range(calls):
            step()
        times.append((time.perf_counter() - began) / calls * 1e3)
    return statistics.median(times)


first = [step(), step()]
work(WARM_UP_SECONDS)
print("ready", *first, flush=True)
for line in sys.stdin:
    print(work(float(line)), flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
