"""The rows of the parity table in Python PyTorch 2.10.0: what ParityTest compares with.

usage: networks.py [NAME ...]        (all rows that say "python" unless some are named)
needs: torch==2.10.0, safetensors

The table's annotations are read as they are: annotated.py says how they become PyTorch's classes, ours.py what these are
where PyTorch has none. What a layer infers is inferred here by running the layers before it. Seed 7 draws the weights,
inputs and targets.
"""
import re
import sys
from typing import NamedTuple

import ours
import torch
import torch.nn as nn
from annotated import FOLDER, annotations, made, rows
from safetensors.torch import save_file

SEED = 7
BATCH = 5
STEPS = 10


class Row(NamedTuple):
    name: str
    against: str
    input: str
    targets: str
    layers: str
    loss: str
    optimizer: str


def table():
    return [Row(*cells) for cells in rows("table.txt")]


def inputs(cell, count, generator=None):
    """Examples of "2, 3", which is their shape, of "5 < 7": 5 indices below 7, or of "< 7": one such index.

    Of "5 < 7 or less" some end before, in 0s. Of several inputs the cells are by name; one that is a function draws its
    own, from the count and the generator.
    """
    if isinstance(cell, dict):
        return {name: inputs(one, count, generator) for name, one in cell.items()}
    if callable(cell):
        return cell(count, generator)
    sizes, _, below = cell.partition("<")
    shape = (count, *(int(size) for size in sizes.split(",") if size.strip()))
    if below.endswith("or less"):
        indices = torch.randint(1, int(below.split()[0]), shape, generator=generator)
        ends = torch.randint(1, shape[-1] + 1, (count, 1), generator=generator)
        return indices * (torch.arange(shape[-1]) < ends)
    return torch.randint(int(below), shape, generator=generator) if below else torch.randn(shape, generator=generator)


def targets(cell, output, generator):
    """What the table's head says of the cell. Of several the cells are by name, each for the output of its name."""
    if isinstance(cell, dict):
        return {name: targets(one, output.get(name), generator) for name, one in cell.items()}
    if callable(cell):
        return cell(output, generator)
    kind, _, ignored = cell.partition(" but ")
    if kind.startswith("classes"):
        scores = output.movedim(int(kind.partition(" in ")[2] or 1), 1)
        y = torch.randint(scores.shape[1], (len(scores), *scores.shape[2:]), generator=generator)
        if ignored and not 0 <= int(ignored) < scores.shape[1]:
            y.view(-1)[1::3] = int(ignored)
        return y
    if " or " in cell:
        choices = torch.tensor([float(number) for number in cell.split(" or ")])
        return choices[torch.randint(len(choices), output.shape, generator=generator)]
    low, high = (float(number) for number in cell.split(" to "))
    return torch.rand(output.shape, generator=generator) * (high - low) + low


def block(name):
    for row, example, around, layers in rows("blocks.txt"):
        if row == name:
            net = network(layers, example, ours.Residual if "@Residual" in around else nn.Sequential)
            shortcut = re.search(r"@Shortcut\((\w+)\.class\)", around)
            if shortcut:
                net.add_module("shortcut", block(shortcut.group(1)))
            return net
    raise KeyError(name)


def network(layers, example, kind=nn.Sequential):
    modules = []
    with torch.no_grad():
        probe = torch.zeros_like(inputs(example, 2, torch.Generator()))
        for name, members in annotations(layers):
            if name == "Use":
                added = [block(members["value"]) for _ in range(members.get("times", 1))]
            else:
                added = [made(pytorchs(name, nn), members, shape=probe.shape)]
            for module in added:
                modules.append(module)
                probe = module.eval()(probe)
    return kind(*modules)


def pytorchs(name, module):
    return getattr(ours, name, None) or getattr(module, name)


def fixture(row):
    torch.manual_seed(SEED)
    net = network(row.layers, row.input)
    ((name, members),) = annotations(row.loss)
    criterion = made(pytorchs(name, nn), members)
    ((name, members),) = annotations(row.optimizer)
    optimizer = pytorchs(name, torch.optim)
    return learned(net, row.input, row.targets, criterion, lambda parameters: made(optimizer, members, parameters))


def call(net, x):
    """Several inputs are taken by their names."""
    return net(**x) if isinstance(x, dict) else net(x)


def detached(output):
    return {name: one.detach() for name, one in output.items()} if isinstance(output, dict) else output.detach()


def named(prefix, value):
    """A tensor, or several by their names, as the fixture has them."""
    if isinstance(value, dict):
        return {f"{prefix}.{name}": tensor.clone() for name, tensor in value.items() if tensor is not None}
    return {prefix: value.clone()}


def groups(net):
    """Its parameters, those that learn at a rate of their own with its factor, which groups() of the network says."""
    if not hasattr(net, "groups"):
        return net.parameters()
    factors = net.groups()
    return [{"params": [p], "factor": factors[name]} for name, p in net.named_parameters()]


def learned(net, example, kind, criterion, optimizer):
    """What a network is at first, gives and learns, in tensors. A criterion of several outputs takes them by name."""
    result = {"initial." + name: p.detach().clone() for name, p in net.named_parameters()}
    generator = torch.Generator().manual_seed(SEED)
    x = inputs(example, BATCH, generator)
    output = detached(call(net.eval(), x))
    y = targets(kind, output, generator)
    for prefix, value in ("input", x), ("target", y), ("output", output):
        result.update(named(prefix, value))
    optimizer = optimizer(groups(net))
    for group in optimizer.param_groups:
        group["lr"] *= group.get("factor", 1)

    def closure():
        optimizer.zero_grad()
        loss = criterion(call(net, x), y)
        loss.backward()
        return loss

    net.train()
    result["loss"] = closure().detach().clone()
    result.update({"gradient." + name: p.grad.clone() for name, p in net.named_parameters() if p.requires_grad})
    for _ in range(STEPS):
        optimizer.step(closure)
    result.update({"trained." + name: p.detach().clone() for name, p in net.named_parameters()})
    result.update(named("trained_output", detached(call(net.eval(), x))))
    return {name: tensor.contiguous() for name, tensor in result.items()}


if __name__ == "__main__":
    known = [row for row in table() if row.against == "python"]
    unknown = set(sys.argv[1:]) - {row.name for row in known}
    if unknown:
        raise SystemExit("no row that says \"python\" is called " + ", ".join(sorted(unknown)))
    fixtures = {row.name: fixture(row) for row in known if len(sys.argv) == 1 or row.name in sys.argv[1:]}
    for name, tensors in fixtures.items():  # written when all could be made
        save_file(tensors, FOLDER / (name + ".safetensors"))
        print(name, "loss", float(tensors["loss"]))
