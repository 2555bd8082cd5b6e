"""Networks that are graphs in PyTorch 2.10.0: what ParityTest compares with.

usage: graphs.py [NAME ...]        (all unless some are named)
needs: torch==2.10.0, torchvision==0.25.0, safetensors

Each is the twin of parity/graphs/NAME.java in the processor's test resources: the same network, written down twice
(twins.py), with parameters of the same names. Seed 7 draws the weights, inputs and targets; each module draws its own in
the order in which they are named.
"""
import sys
from typing import Callable, NamedTuple

import networks
import torch
import torch.nn as nn
import twins
from annotated import FOLDER
from safetensors.torch import save_file
from torchvision.models.resnet import BasicBlock, Bottleneck


BATCHES = 64, 7, 2, 1  # that MixedPrecisionTest takes


class Graph(NamedTuple):
    """A network. Where it has several inputs or losses, what is drawn is by name, and so are its outputs."""
    net: Callable[[], nn.Module]
    input: str | dict
    criterion: Callable = nn.CrossEntropyLoss()
    optimizer: Callable = lambda parameters: torch.optim.SGD(parameters, lr=0.1)
    targets: str | dict = "classes"


def of_parts(**losses):
    """The sum of the losses of several outputs, each (weight, criterion)."""
    return lambda output, y: sum(weight * loss(output[name], y[name]) for name, (weight, loss) in losses.items())


def slow(parameters):
    return torch.optim.SGD(parameters, lr=0.02)


def shown(count, generator):
    """Of six places some that are there, 1, and padding behind them, 0."""
    return (torch.arange(6) < torch.randint(1, 7, (count, 1), generator=generator)).float()


GRAPHS = {
    "attention": Graph(twins.Attention, "6"),
    "bilinear": Graph(twins.Bilinear, "6", nn.SmoothL1Loss(), lambda p: torch.optim.SGD(p, lr=0.05), "0 to 1"),
    "branches": Graph(twins.branches, "2, 8, 8"),
    "densenet": Graph(twins.DenseNet, "2, 8, 8"),
    "diamond": Graph(twins.Diamond, "6"),
    "encoder": Graph(
        twins.Encoder,
        {"ids": "6 < 9", "segments": "6 < 2", "mask": shown},
        of_parts(kind=(1, nn.CrossEntropyLoss())),
        targets={"kind": "classes"},
    ),
    "frozen": Graph(
        twins.Frozen, "2, 8, 8", optimizer=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01)
    ),
    "glu": Graph(twins.Glu, "6", nn.MSELoss(), lambda p: torch.optim.Adam(p, lr=0.01), "0 to 1"),
    "gpt": Graph(
        twins.Gpt, "5 < 7", networks.ours.CrossEntropyLoss(dim=-1), lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), "classes in -1"
    ),
    "inception": Graph(twins.InceptionNet, "3, 8, 8"),
    "likeness": Graph(twins.Likeness, "6", twins.Likeness.loss, targets=twins.Likeness.targets),
    "lengths": Graph(
        twins.Lengths,
        {"steps": "6, 4", "length": lambda count, generator: torch.randint(1, 7, (count,), generator=generator)},
        of_parts(kind=(1, nn.CrossEntropyLoss())),
        targets={"kind": "classes"},
    ),
    "lion": Graph(twins.small, "6", nn.MSELoss(), lambda p: twins.Lion(p, lr=0.01, weight_decay=0.1), "0 to 1"),
    "mobilenetv2": Graph(twins.SmallMobileNet, "3, 16, 16"),
    "own": Graph(twins.Own, {"image": "1, 4, 4"}, twins.Own.loss, targets={"kind": "classes", "box": "0 to 1"}),
    "padding": Graph(twins.Padding, "6 < 5 or less"),
    "resnet18": Graph(lambda: twins.SmallResNet(BasicBlock, (4, 2, 1), (6, 2, 2)), "3, 32, 32", optimizer=slow),
    "resnet50": Graph(lambda: twins.SmallResNet(Bottleneck, (2, 2, 1), (3, 2, 2)), "3, 32, 32", optimizer=slow),
    "sizes": Graph(twins.Sizes, "6", optimizer=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    "speech": Graph(twins.Speech, {"wave": "7, 4"}, twins.Speech.loss, lambda p: torch.optim.SGD(p, lr=0.05), twins.Speech.targets),
    "squeeze": Graph(twins.Squeeze, "2, 8, 8"),
    "states": Graph(twins.States, "6 < 5 or less"),
    "swiglu": Graph(
        twins.SwiGlu, "5, 6", networks.ours.CrossEntropyLoss(dim=-1), lambda p: torch.optim.AdamW(p, lr=0.01), "classes in -1"
    ),
    "tied": Graph(
        twins.Tied, "5 < 7", networks.ours.CrossEntropyLoss(dim=-1), lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), "classes in -1"
    ),
    "tcn": Graph(twins.Tcn, "2, 16"),
    "multitask": Graph(
        twins.Multitask,
        {"image": "1, 8, 8"},
        of_parts(kind=(1, nn.CrossEntropyLoss()), box=(0.1, nn.SmoothL1Loss()), features=(0.5, nn.MSELoss())),
        targets={"kind": "classes", "box": "0 to 1", "features": "0 to 1"},
    ),
    "translation": Graph(
        twins.Translation,
        {"text": "5 < 7 or less", "written": "4 < 6 or less"},
        of_parts(next=(1, networks.ours.CrossEntropyLoss(dim=-1))),
        targets={"next": "classes in -1"},
    ),
    "tabular": Graph(
        twins.Tabular,
        {"numbers": "4", "city": "< 5", "make": "< 7", "days": "3 < 6"},
        of_parts(price=(1, nn.L1Loss())),
        targets={"price": "0 to 1"},
    ),
    "products": Graph(twins.Products, "6", nn.MSELoss(), targets="0 to 1"),
    "towers": Graph(
        twins.Towers,
        {"userId": "< 9", "age": "2", "itemId": "< 11", "tags": "3"},
        of_parts(score=(1, nn.MSELoss())),
        targets={"score": "0 to 1"},
    ),
    "unet": Graph(twins.UNet, "1, 16, 16"),
    "vit": Graph(twins.ViT, "3, 12, 12"),
    "volumes": Graph(twins.Volumes, "1, 8, 8, 8"),
}


def drawn(make, seed=networks.SEED):
    """The network, its weights drawn by each module as PyTorch does by default, unless it says how."""
    net = make()
    torch.manual_seed(seed)
    if hasattr(net, "draw"):
        net.draw()
    else:
        for module in net.modules():
            if isinstance(module, nn.MultiheadAttention):  # draws also for the one inside, and before its own
                module.out_proj.reset_parameters()
                module._reset_parameters()
            elif hasattr(module, "reset_parameters") and not isinstance(module, nn.modules.linear.NonDynamicallyQuantizableLinear):
                module.reset_parameters()
    if hasattr(net, "tie"):  # each draws its own, and one is forgotten
        net.tie()
    return net


def mixed(graph, count):
    """How far PyTorch's own mixed precision is off the gradient, as a part of it: the most of eight networks."""
    worst = 0
    for seed in range(8):
        net = drawn(graph.net, seed)
        generator = torch.Generator().manual_seed(seed)
        x = networks.inputs(graph.input, count, generator)
        y = networks.targets(graph.targets, networks.detached(networks.call(net.eval(), x)), generator)
        gradients = []
        for enabled in (False, True):
            net.train().zero_grad()
            with torch.autocast("cpu", torch.bfloat16, enabled):
                output = networks.call(net, x)
            output = {k: v.float() for k, v in output.items()} if isinstance(output, dict) else output.float()
            loss = graph.criterion(output, y)
            loss.backward()
            gradients.append(torch.cat([p.grad.flatten() for p in net.parameters() if p.requires_grad]))
        worst = max(worst, ((gradients[0] - gradients[1]).norm() / gradients[0].norm()).item())
    return worst


if __name__ == "__main__":
    unknown = set(sys.argv[1:]) - set(GRAPHS)
    if unknown:
        raise SystemExit(f"no graph is called {', '.join(sorted(unknown))}; there are {', '.join(GRAPHS)}")
    for name in sys.argv[1:] or GRAPHS:
        graph = GRAPHS[name]
        tensors = networks.learned(
            drawn(graph.net), graph.input, graph.targets, graph.criterion, graph.optimizer
        )
        tensors["mixed"] = torch.tensor([mixed(graph, count) for count in BATCHES])
        save_file(tensors, FOLDER / "graphs" / (name + ".safetensors"))
        print(name, "loss", float(tensors["loss"]))
