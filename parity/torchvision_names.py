"""torchvision 0.25.0's own names: what TorchvisionTest compares ResNet-18, ResNet-50 and MobileNetV2 with.

usage: torchvision_names.py [FOLDER]
needs: torch==2.10.0, torchvision==0.25.0; with FOLDER also safetensors

Writes a network's state dict in words, a name and a shape on each line, into parity/torchvision of the processor's test
resources, and fails where another list is there already. Into FOLDER go also NAME.safetensors, a whole state dict of
random numbers (seed 7), some 200 MB together, and NAME.check.safetensors: two pictures, the network's outputs, and of
one training step the loss and two gradients, of 64 bits and with how far those of 32 bits are off. TorchvisionTest
reads them with -Dparity.torchvision=FOLDER.
"""
import copy
import pathlib
import sys

import torch
from annotated import FOLDER
from torchvision import models

NETWORKS = {"mobilenet_v2": "classifier.1", "resnet18": "fc", "resnet50": "fc"}  # with their last layers
LISTS = FOLDER / "torchvision"


def words(net):
    return "".join(f"{name} {tuple(tensor.shape)}\n" for name, tensor in net.state_dict().items())


def compare(name, net):
    path = LISTS / (name + ".txt")
    if not path.exists():
        path.write_text(words(net))
        print("wrote", path)
    elif path.read_text() != words(net):
        raise SystemExit(f"{path} is not what torchvision has; remove it to have it written anew")
    else:
        print(name, "as listed:", len(net.state_dict()), "tensors,", sum(p.numel() for p in net.parameters()), "parameters")


def drawn(make):
    """Norms that do something, and running means as after some training."""
    torch.manual_seed(7)
    net = make()
    with torch.no_grad():
        for module in net.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.1)
        net.train()
        for _ in range(3):
            net(torch.randn(4, 3, 224, 224))
    return net


def write(folder, name, net, last):
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(net.state_dict(), folder / (name + ".safetensors"))
    x, y = torch.randn(2, 3, 224, 224), torch.tensor([3, 700])
    with torch.no_grad():
        output = net.eval()(x)
    net.train()
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    single, double = learned(net, x, y), learned(copy.deepcopy(net).double(), x.double(), y)
    check = {"input": x, "target": y, "output": output, "loss": single[0].detach()}
    for layer in ("first", "last"):
        name_there = next(iter(dict(net.named_parameters()))) if layer == "first" else last + ".weight"
        truth, near = double[1][name_there], single[1][name_there].double()
        check[layer] = truth.float()
        check[layer + "_off"] = ((near - truth).norm() / truth.norm()).float()
    save_file(check, folder / (name + ".check.safetensors"))
    print(name, "loss", float(check["loss"]), "off by rounding", float(check["first_off"]), float(check["last_off"]))


def learned(net, x, y):
    loss = torch.nn.functional.cross_entropy(net(x), y)
    loss.backward()
    return loss, {name: p.grad for name, p in net.named_parameters()}


if __name__ == "__main__":
    for network, last_layer in NETWORKS.items():
        compare(network, getattr(models, network)())
        if len(sys.argv) > 1:
            write(pathlib.Path(sys.argv[1]), network, drawn(getattr(models, network)), last_layer)
