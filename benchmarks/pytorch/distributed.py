"""A rank of PyTorch's DDP, or of its all-reduce alone: does as many steps as each line of its input says.

usage: RANK=… WORLD_SIZE=… distributed.py WORKLOAD MODE FOLDER STORE
WORKLOAD  one of networks.py, of whose batch each rank has its part, or all-reduce-N for a sum of N numbers
MODE      eager          as a tutorial has it: DDP with its defaults, the optimizer's loop over tensors
          fused          the optimizer with fused=True
          channels_last  the same, network and images in that layout
      zero           ZeroRedundancyOptimizer: ranks divide what the optimizer remembers
FOLDER    holds MNIST's gzipped idx files
STORE     the file by which ranks meet; nothing listens but Gloo, on the interface that GLOO_SOCKET_IFNAME names

Each rank learns from every so-many-th example, as DistributedSampler gives them without shuffling, from batches that are
in memory before the clock runs. It prints "ready LOSS LOSS" with the means of all ranks' first two losses. Then a number of
steps on a line of its input has it do these and print the median milliseconds of one. At the input's end it prints its
peak memory in MB.
"""

import itertools
import math
import os
import resource
import statistics
import sys
import time

import torch
import torch.distributed as dist
from torch.distributed.optim import ZeroRedundancyOptimizer
from torch.nn.parallel import DistributedDataParallel

import networks

ALL_REDUCE = "all-reduce-"

workload, mode, folder, store = sys.argv[1:]
rank, size = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
torch.set_num_threads(1)
dist.init_process_group("gloo", init_method=f"file://{store}", rank=rank, world_size=size)


def trainer():
    network, data, optimizer, batch = networks.WORKLOADS[workload]
    inputs, targets = (part[rank::size] for part in data(folder))
    torch.manual_seed(1)
    net = network()
    if mode == "channels_last":
        net = net.to(memory_format=torch.channels_last)
        inputs = inputs.to(memory_format=torch.channels_last)
    ddp = DistributedDataParallel(net)
    if mode == "zero":
        optim = ZeroRedundancyOptimizer(net.parameters(), optimizer_class=torch.optim.AdamW, lr=1e-3)
    else:
        optim = optimizer(net.parameters(), fused=None if mode == "eager" else True)
    each = batch // size
    batches = itertools.cycle([some for some in zip(inputs.split(each), targets.split(each)) if len(some[0]) == each])

    def step():
        x, y = next(batches)
        loss = networks.cross_entropy(ddp(x), y)
        optim.zero_grad()
        loss.backward()
        optim.step()
        return loss.item()

    return step


def summer():
    numbers = torch.ones(int(workload.removeprefix(ALL_REDUCE)))

    def step():
        dist.all_reduce(numbers)
        first = numbers[0].item()
        if first > 1:
            numbers.zero_()  # with the first sums all has been seen of it
        return first

    return step


def mean(loss):
    """Of all ranks."""
    numbers = torch.tensor(loss, dtype=torch.float64)
    dist.all_reduce(numbers)
    return numbers.item() / size


def work(steps):
    times = []
    for _ in range(steps):
        began = time.perf_counter()
        number = step()
        times.append((time.perf_counter() - began) * 1e3)
        if not math.isfinite(number):
            sys.exit(f"a step gives {number}")
    return statistics.median(times)


step = summer() if workload.startswith(ALL_REDUCE) else trainer()
print("ready", mean(step()), mean(step()), flush=True)
for line in sys.stdin:
    print(work(int(line)), flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
dist.destroy_process_group()
