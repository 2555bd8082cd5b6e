"""The rows of the parity table in Python PyTorch 2.10.0: what ParityTest compares with.

usage: networks.py [NAME ...]        (all rows that say "python" unless some are named)
needs: torch==2.10.0, safetensors

The table's annotations are read as they are: a layer's name is PyTorch's, its members are the arguments in camel case,
what it infers is inferred here by running the layers before it. Seed 7 draws the weights, inputs and targets.
"""
import pathlib
import re
import sys

import torch
import torch.nn as nn
from safetensors.torch import save_file

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "dsl-processor/src/test/resources/parity"
SEED = 7
BATCH = 5
STEPS = 10


def value(text):
    """A Java value as Python's: {1, 2}, Conv2d.SAME, GELU.Approximate.TANH, 0.5, true."""
    text = text.strip()
    if text.startswith("{"):
        return tuple(value(part) for part in text[1:-1].split(","))
    if text in ("true", "false"):
        return text == "true"
    if text.endswith(".class"):
        return text[: -len(".class")]
    if re.match(r"[A-Z]", text):
        return text.split(".")[-1].lower()
    return float(text) if re.search(r"[.e]", text) else int(text)


def snake(name):
    return re.sub(r"([A-Z])", lambda match: "_" + match.group(1).lower(), name)


def annotations(text):
    """Names with their members, in order; a lone value is the member "value"."""
    for name, arguments in re.findall(r"@(\w+)(?:\(([^)]*)\))?", text):
        members = {}
        for part in re.split(r",\s*(?![^{]*\})", arguments) if arguments else []:
            key, _, text = part.rpartition("=")
            members[snake(key.strip()) or "value"] = value(text)
        yield name, members


def inferred(sizes, before):
    """{in, out}, or out alone."""
    return sizes if isinstance(sizes, tuple) and len(sizes) == 2 else (before, sizes if not isinstance(sizes, tuple) else sizes[0])


def layer(name, members, shape):
    """One layer, for an input of a shape."""
    if name == "SelfAttention":
        return SelfAttention(shape[-1], **members)
    if name == "PositionalEmbedding":
        return PositionalEmbedding(*shape[1:])
    kind = getattr(nn, name)
    given = members.pop("value", None)
    if name == "Linear":
        return kind(*inferred(given, shape[-1]), **members)
    if "Conv" in name:
        return kind(*inferred(given, shape[1]), **members)
    if name.startswith("BatchNorm"):
        return kind(given or shape[1], **members)
    if name in ("LSTM", "GRU"):
        return Recurrent(kind, *inferred(given, shape[-1]), **members)
    if name == "Embedding":
        return kind(*given, **members)
    if name in ("LayerNorm", "RMSNorm"):
        return kind(shape[-1] if given is None else given, **members)
    if name == "GroupNorm":
        return kind(given, shape[1], **members)
    if name == "Unflatten":
        return kind(members.get("dim", 1), given)
    if name in ("Softmax", "LogSoftmax"):
        return kind(members.get("dim", -1))
    if name == "Upsample":
        members["scale_factor"] = members["scale_factor"]
    return kind(given, **members) if given is not None else kind(**members)


def Recurrent(kind, size, hidden, output="last", **members):
    """An nn.LSTM or nn.GRU with one result."""

    class Reduced(kind):
        def forward(self, x):
            states, last = super().forward(x)
            last = last[0] if isinstance(last, tuple) else last
            directions = 2 if self.bidirectional else 1
            return states if output == "sequence" else torch.cat(tuple(last[-directions:]), dim=-1)

    return Reduced(size, hidden, batch_first=True, **members)


class SelfAttention(nn.MultiheadAttention):
    def __init__(self, size, heads, causal=False, bias=True):
        super().__init__(size, heads, bias=bias, batch_first=True)
        self.causal = causal

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if self.causal else None
        return super().forward(x, x, x, need_weights=False, attn_mask=mask, is_causal=self.causal)[0]


class PositionalEmbedding(nn.Embedding):
    def forward(self, x):
        return x + self.weight


class Residual(nn.Sequential):
    """y = x + f(x), or with a shortcut y = g(x) + f(x)."""

    def forward(self, x):
        y = x
        for name, module in self.named_children():
            y = y if name == "shortcut" else module(y)
        return y + (self.shortcut(x) if hasattr(self, "shortcut") else x)


def rows(file, columns):
    for line in (FOLDER / file).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            yield [part.strip() for part in line.split("|", columns - 1)]


def block(name):
    for row in rows("blocks.txt", 4):
        if row[0] == name:
            example, around, layers = [int(size) for size in row[1].split(",")], row[2], row[3]
            net = network(layers, example, Residual if "@Residual" in around else nn.Sequential)
            shortcut = re.search(r"@Shortcut\((\w+)\.class\)", around)
            if shortcut:
                net.add_module("shortcut", block(shortcut.group(1)))
            return net
    raise KeyError(name)


def network(layers, example, kind=nn.Sequential):
    modules = []
    with torch.no_grad():
        probe = torch.zeros(2, *example, dtype=torch.long if layers.startswith("@Embedding") else torch.float)
        for name, members in annotations(layers):
            if name == "Use":
                used = members["value"]
                added = [block(used) for _ in range(members.get("times", 1))]
            else:
                added = [layer(name, members, probe.shape)]
            for module in added:
                modules.append(module)
                probe = module.eval()(probe)
    return kind(*modules)


def fixture(cell, layers, loss, optimizer):
    """A row; its input is sizes, or "5 < 7": 5 indices below 7."""
    sizes, _, below = cell.partition("<")
    example = [int(size) for size in sizes.split(",")]
    torch.manual_seed(SEED)
    net = network(layers, example)
    result = {"initial." + name: p.detach().clone() for name, p in net.named_parameters()}
    generator = torch.Generator().manual_seed(SEED)
    if below:
        x = torch.randint(int(below), (BATCH, *example), generator=generator)
    else:
        x = torch.randn(BATCH, *example, generator=generator)
    output = net.eval()(x).detach()
    ((loss_name, loss_members),) = annotations(loss)
    for name in ("weight", "pos_weight"):
        if name in loss_members:
            numbers = loss_members[name]
            loss_members[name] = torch.tensor(numbers if isinstance(numbers, tuple) else (numbers,), dtype=torch.float)
    last = loss_members.pop("dim", 1) == -1
    plain = getattr(nn, loss_name)(**loss_members)
    criterion = (lambda scores, classes: plain(scores.movedim(-1, 1), classes)) if last else plain
    if loss_name in ("CrossEntropyLoss", "NLLLoss"):
        scores = output.movedim(-1, 1) if last else output
        y = torch.randint(scores.shape[1], (BATCH, *scores.shape[2:]), generator=generator)
        ignored = loss_members.get("ignore_index", 0)
        if not 0 <= ignored < scores.shape[1]:
            y.view(-1)[1::3] = ignored
    else:
        y = torch.rand(output.shape, generator=generator)
    result.update(input=x, target=y, output=output.clone())
    ((optimizer_name, optimizer_members),) = annotations(optimizer)
    steps = getattr(torch.optim, optimizer_name)(net.parameters(), **optimizer_members)

    def closure():
        steps.zero_grad()
        again = criterion(net(x), y)
        again.backward()
        return again

    net.train()
    for step in range(STEPS + 1):
        steps.zero_grad()
        loss_value = criterion(net(x), y)
        loss_value.backward()
        if step == 0:
            result["loss"] = loss_value.detach().clone()
            result.update({"gradient." + name: p.grad.clone() for name, p in net.named_parameters()})
        elif optimizer_name == "LBFGS":
            steps.step(closure)
        else:
            steps.step()
    result.update({"trained." + name: p.detach().clone() for name, p in net.named_parameters()})
    result["trained_output"] = net.eval()(x).detach().clone()
    return {name: tensor.contiguous() for name, tensor in result.items()}


if __name__ == "__main__":
    for name, against, example, layers, loss, optimizer in rows("table.txt", 6):
        if against == "python" and (len(sys.argv) == 1 or name in sys.argv[1:]):
            tensors = fixture(example, layers, loss, optimizer)
            save_file(tensors, FOLDER / (name + ".safetensors"))
            print(name, "loss", float(tensors["loss"]))
