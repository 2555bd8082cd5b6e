"""Writes what contenders that are not PyTorch begin with, so that they compute the same.

usage: export.py WORKLOAD KIND FILE
KIND   weights   the network's parameters and buffers, in PyTorch's order
       data      inputs and targets, where they are not MNIST's
       trace     the network as TorchScript
       onnx      the network as ONNX
"""

import pathlib
import struct
import sys

import numpy as np
import torch

import networks

KINDS = {torch.float32: (0, ">f4"), torch.int64: (1, ">i8")}


def numbers(file, tensors):
    """As Given.java reads them."""
    with open(file, "wb") as out:
        out.write(struct.pack(">i", len(tensors)))
        for tensor in tensors:
            kind, layout = KINDS[tensor.dtype]
            out.write(struct.pack(f">bi{tensor.dim()}q", kind, tensor.dim(), *tensor.shape))
            out.write(np.ascontiguousarray(tensor.numpy(), layout).tobytes())


def main(workload, kind, file):
    predicts = workload.endswith("-predict")
    network, data, _, batch = networks.WORKLOADS[workload.removesuffix("-predict")]
    shapes_alone = data is networks.digits
    inputs, targets = (torch.zeros(batch, 1, 28, 28), None) if shapes_alone else data(None)
    inputs = inputs if isinstance(inputs, tuple) else (inputs,)
    torch.manual_seed(1)
    net = network()
    net.train(not predicts)
    example = tuple(part[:batch if workload.startswith("minilm") else 1] for part in inputs)
    if kind == "weights":
        numbers(file, [tensor for tensor in net.state_dict().values() if tensor.dim()])  # no counters
    elif kind == "data":
        numbers(file, [*inputs, targets])
    elif kind == "trace":
        torch.jit.trace(net, example).save(file)
    else:
        names = [f"input{number}" for number in range(len(example))]
        torch.onnx.export(net, example, file, dynamo=False, opset_version=17, input_names=names, output_names=["output"])


half = pathlib.Path(sys.argv[3] + ".half")  # who is stopped leaves no file that others take for a whole one
main(sys.argv[1], sys.argv[2], str(half))
half.rename(sys.argv[3])
