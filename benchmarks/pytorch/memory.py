"""What memory a network takes in PyTorch that learns, or that is only asked: as MemoryBenchmark.java has it.

usage: memory.py NETWORK BATCH train|forward [channels_last]
Prints the MB by which the process' memory grew at most since before the network was made.
"""

import sys

import torch
from torch import nn

import networks

STEPS = 4


def kilobytes(what):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(what))


def step(net, optimizer, data, learns):
    if not learns:
        with torch.inference_mode():
            net(data)
        return
    output = net(data)
    target = torch.zeros(output[:, 0].shape, dtype=torch.long)
    loss = nn.functional.cross_entropy(output, target)
    optimizer.zero_grad()
    del output
    loss.backward()
    optimizer.step()


def work(network, data, learns, layout):
    net = network().to(memory_format=layout)
    net.train(learns)
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-2, momentum=0.9)
    for _ in range(STEPS):
        step(net, optimizer, data, learns)


name, batch, learns = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "train"
layout = torch.channels_last if "channels_last" in sys.argv else torch.contiguous_format
network, image = networks.IMAGES[name]
work(networks.resnet, torch.rand(2, 1, 28, 28), learns, layout)  # loads libraries
images = torch.rand(batch, *image).to(memory_format=layout)
before = kilobytes("VmRSS")
with open("/proc/self/clear_refs", "w") as marks:
    marks.write("5")  # VmHWM begins anew
work(network, images, learns, layout)
print(round((kilobytes("VmHWM") - before) / 1e3, 1))
