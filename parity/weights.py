"""Weights between Python and Java.

usage: weights.py write           (the fixtures of StateFileTest: state dicts, and outputs for an input)
       weights.py read FOLDER     (reads what StateFileTest -Dweights.out=FOLDER wrote, strictly, and compares outputs)
needs: torch==2.10.0, safetensors
"""
import pathlib
import sys

import torch
from networks import FOLDER, network, rows
from safetensors.torch import load_file, save_file

NAMES = ("mlp", "network-resnet", "network-gpt")


def made(name):
    row = next(row for row in rows("table.txt", 6) if row[0] == name)
    sizes, _, below = row[2].partition("<")
    example = [int(size) for size in sizes.split(",")]
    generator = torch.Generator().manual_seed(3)
    x = torch.randint(int(below), (4, *example), generator=generator) if below else torch.randn(4, *example, generator=generator)
    torch.manual_seed(5)
    return network(row[3], example), x


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
