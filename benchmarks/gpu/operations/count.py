"""Counts the operations of one training step that a GPU has work with, ours and PyTorch's, as libtorch writes them down.

usage: count.py FOLDER DATA WORKLOAD     (FOLDER holds Java's traces, DATA holds MNIST's gzipped idx files)

What only looks at memory in another way, or takes some, is not counted, nor what calls others that are. An operation is
one kernel, with few exceptions, which a machine without a GPU cannot show: a convolution's gradients are two or three.
"""

import collections
import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "pytorch"))
import networks  # noqa: E402

NO_WORK = {
    "view", "_unsafe_view", "t", "transpose", "permute", "select", "narrow", "slice", "as_strided", "expand", "expand_as",
    "unsqueeze", "squeeze", "detach", "detach_", "alias", "_reshape_alias", "unbind", "split", "chunk", "view_as", "numpy_T",
    "empty", "empty_like", "empty_strided", "new_empty", "new_empty_strided", "resize_", "resize_as_", "set_", "result_type",
    "is_nonzero", "lift_fresh", "item", "_local_scalar_dense", "resolve_conj", "resolve_neg", "adaptive_avg_pool2d_meta"}

# What is no more than what it calls.
COMPOSED = {
    "linear", "matmul", "conv2d", "convolution", "_convolution", "_batch_norm_impl_index", "batch_norm", "layer_norm", "embedding",
    "log_softmax", "softmax", "cross_entropy_loss", "nll_loss", "nll_loss_nd", "max_pool2d", "adaptive_avg_pool2d", "flatten",
    "reshape", "contiguous", "to", "_to_copy", "clone", "zeros", "ones", "full", "zeros_like", "ones_like", "new_zeros",
    "scaled_dot_product_attention", "max", "square", "max_pool2d_with_indices_backward_out", "embedding_backward", "index_select_out",
    "bernoulli"}


def counted(file):
    nodes = json.loads(pathlib.Path(file).read_text())["nodes"]
    names = {node["id"]: node["name"] for node in nodes}
    parents = {node["id"]: node["ctrl_deps"] for node in nodes if node["ctrl_deps"] != node["id"]}  # the first is its own
    counter = collections.Counter()
    for one, name in names.items():
        name = name.removeprefix("aten::")
        if not names[one].startswith("aten::") or name in NO_WORK or name in COMPOSED:
            continue
        above = parents[one]
        while above in parents and (not names[above].startswith("aten::") or names[above].removeprefix("aten::") in COMPOSED):
            above = parents[above]
        if above not in parents:
            counter[name] += 1
    return counter


def pytorch(workload, data, file):
    make, read, optimizer, size = networks.WORKLOADS[workload]
    inputs, targets = read(data)
    torch.manual_seed(1)
    net = make()
    optimizer = optimizer(list(net.parameters()), fused=True)
    observer = torch.profiler.ExecutionTraceObserver().register_callback(str(file))
    for step in range(4):
        if step == 3:
            observer.start()
        loss = networks.cross_entropy(net(inputs[:size]), targets[:size])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    observer.stop()
    observer.unregister_callback()
    return counted(file)


def main():
    folder, data, workload = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    ours = counted(folder / f"{workload}.json")
    theirs = pytorch(workload, data, folder / f"{workload}-pytorch.json")
    print(f"{workload}: {ours.total()} operations, PyTorch {theirs.total()}")
    for name in sorted({*ours, *theirs}, key=lambda one: (-max(ours[one], theirs[one]), one)):
        print(f"  {ours[name]:4} {theirs[name]:4}  {name}")


main()
