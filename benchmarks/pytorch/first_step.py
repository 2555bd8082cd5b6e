"""The main job's program in Python, until its first step is done.

usage: first_step.py FOLDER      (FOLDER holds torchvision's MNIST)
"""

import sys

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

import networks

torch.manual_seed(1)
normalised = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
data = DataLoader(datasets.MNIST(sys.argv[1], train=True, transform=normalised), batch_size=200, shuffle=True)
net = networks.mlp()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=1e-2)
for inputs, targets in data:
    loss = criterion(net(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print("first step", loss.item(), flush=True)
    break
