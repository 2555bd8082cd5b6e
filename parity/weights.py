"""Weights between Python and Java.

usage: weights.py write           (the fixtures of StateFileTest: state dicts, and outputs for an input)
       weights.py read FOLDER     (reads what StateFileTest -Dweights.out=FOLDER wrote, strictly, and compares outputs)
needs: torch==2.10.0, safetensors
"""
import pathlib
import sys

import torch
from annotated import FOLDER
from networks import inputs, network, table
from safetensors.torch import load_file, save_file

NAMES = ("mlp", "network-resnet", "network-gpt")


def made(name):
    row = next(row for row in table() if row.name == name)
    x = inputs(row.input, 4, torch.Generator().manual_seed(3))
    torch.manual_seed(5)
    return network(row.layers, row.input), x


for name in NAMES:
    net, x = made(name)
    if sys.argv[1] == "write":
        net.train()
        for _ in range(3):
            net(x)  # moves what batch normalisation remembers
        net.eval()
        save_file({k: v.contiguous() for k, v in net.state_dict().items()}, FOLDER / f"weights-{name}.safetensors")
        save_file({"input": x, "output": net(x).detach()}, FOLDER / f"weights-{name}.check.safetensors")
    else:
        net.load_state_dict(load_file(pathlib.Path(sys.argv[2]) / f"{name}.safetensors"))  # strict
        check = load_file(pathlib.Path(sys.argv[2]) / f"{name}.check.safetensors")
        output = net.eval()(check["input"]).detach()
        print(name, "differs by", float((output - check["output"]).abs().max()))
