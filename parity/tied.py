"""Files of a network whose layers share weights, as PyTorch and safetensors write them: the fixtures of TiedFilesTest.

usage: tied.py
needs: torch==2.10.0, safetensors

A state dict has both names of a weight that two layers use; save_model keeps the first in the alphabet.
"""
import torch
import twins
from annotated import FOLDER
from graphs import drawn
from safetensors.torch import save_file, save_model

net = drawn(twins.Tied).eval()
save_file({name: value.clone() for name, value in net.state_dict().items()}, FOLDER / "tied-both.safetensors")
save_model(net, str(FOLDER / "tied-one.safetensors"))
x = torch.randint(7, (3, 5), generator=torch.Generator().manual_seed(3))
save_file({"input": x, "output": net(x).detach()}, FOLDER / "tied.check.safetensors")
