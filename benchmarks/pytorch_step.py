"""Times training steps of the MNIST MLP in Python PyTorch, on batches that lie in memory.

usage: pytorch_step.py MODE THREADS WARM_UP MEASURED FOLDER     (FOLDER holds MNIST's gzipped idx files)
MODE   eager      torch.optim.SGD as it is
       fused      torch.optim.SGD(fused=True)
       compile    forward and loss through torch.compile, the optimizer fused
Prints the median, the mean and the process' peak memory as "median_ms mean_ms peak_mb".
"""

import gzip
import resource
import statistics
import sys
import time

import numpy as np
import torch
from torch import nn

BATCH = 200

mode, threads, warm_up, measured, folder = (
    sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
torch.set_num_threads(threads)
torch.manual_seed(1)


def idx(name, header):
    with gzip.open(f"{folder}/{name}") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


images = torch.from_numpy(idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28).copy())
images = images.float().div_(255).sub_(0.1307).div_(0.3081)
labels = torch.from_numpy(idx("train-labels-idx1-ubyte.gz", 8).astype(np.int64))
batches = list(zip(images.split(BATCH), labels.split(BATCH)))

net = nn.Sequential(
    nn.Flatten(), nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 10))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=1e-2, fused=mode != "eager")


def loss_of(data, target):
    return criterion(net(data), target)


if mode == "compile":
    loss_of = torch.compile(loss_of)

times = []
for i in range(-warm_up, measured):
    data, target = batches[i % len(batches)]
    began = time.perf_counter()
    loss = loss_of(data, target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    loss.item()
    if i >= 0:
        times.append((time.perf_counter() - began) * 1e3)

peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{statistics.median(times):.4f} {statistics.mean(times):.4f} {peak}")
