"""Weights to Python and back, with Python's own safetensors; NumPy computes, in double precision, what a network
should make of them. (weights.py does so with PyTorch itself, which is gigabytes; this runs in each CI build.)

usage: roundtrip.py read FOLDER     what Java wrote: NAME.safetensors, and NAME-io.safetensors with inputs and outputs
       roundtrip.py write FOLDER    the same by Python, of other weights, for Java to read
names: mlp, cnn. Outputs must be equal within 1e-6 of the largest: a float has seven digits, whatever its size.
"""

import pathlib
import sys

import numpy as np
from safetensors.numpy import load_file, save_file

EPS = 1e-5  # of BatchNorm
TOLERANCE = 1e-6


def linear(x, state, name):
    return x @ state[f"{name}.weight"].T.astype(np.float64) + state[f"{name}.bias"]


def relu(x):
    return np.maximum(x, 0)


def conv3(x, weight):
    n, _, height, width = x.shape
    out = np.zeros((n, weight.shape[0], height - 2, width - 2))
    for i in range(3):
        for j in range(3):
            out += np.einsum("nchw,oc->nohw", x[:, :, i : i + height - 2, j : j + width - 2], weight[:, :, i, j].astype(np.float64))
    return out


def batch_norm(x, state, name):
    mean, var, weight, bias = (
        state[f"{name}.{part}"].astype(np.float64)[:, None, None] for part in ("running_mean", "running_var", "weight", "bias")
    )
    return (x - mean) / np.sqrt(var + EPS) * weight + bias


def max_pool2(x):
    n, channels, height, width = x.shape
    x = x[:, :, : height // 2 * 2, : width // 2 * 2].reshape(n, channels, height // 2, 2, width // 2, 2)
    return x.max(axis=(3, 5))


def mlp(state, x):
    x = x.reshape(len(x), -1)
    for name in ("1", "3"):
        x = relu(linear(x, state, name))
    return linear(x, state, "5")


def cnn(state, x):
    for convolution, norm in (("0", "1"), ("4", "5")):
        x = max_pool2(relu(batch_norm(conv3(x, state[f"{convolution}.weight"]), state, norm)))
    return linear(x.reshape(len(x), -1), state, "10")


NETWORKS = {"mlp": mlp, "cnn": cnn}


def read(folder, name):
    state = load_file(folder / f"{name}.safetensors")
    io = load_file(folder / f"{name}-io.safetensors")
    difference = np.abs(NETWORKS[name](state, io["inputs"].astype(np.float64)) - io["outputs"]).max()
    difference /= max(1, np.abs(io["outputs"]).max())
    print(f"{name}: {len(state)} tensors, largest difference {difference:.1e}")
    return difference <= TOLERANCE


def write(folder, name):
    state = load_file(folder / f"{name}.safetensors")  # for the shapes
    random = np.random.default_rng(7)
    other = {}
    for key, old in state.items():
        if key.endswith("num_batches_tracked"):
            other[key] = np.array(12345)
        elif key.endswith("running_var"):
            other[key] = random.uniform(0.5, 2, old.shape).astype(np.float32)
        else:
            other[key] = random.uniform(-1, 1, old.shape).astype(np.float32) / np.float32(np.sqrt(max(old[0].size, 1)))
    inputs = random.standard_normal((5, 1, 28, 28)).astype(np.float32)
    outputs = NETWORKS[name](other, inputs.astype(np.float64)).astype(np.float32)
    save_file(other, folder / f"python-{name}.safetensors", metadata={"format": "pt"})
    save_file({"inputs": inputs, "outputs": outputs}, folder / f"python-{name}-io.safetensors")
    return True


action = {"read": read, "write": write}[sys.argv[1]]
if not all([action(pathlib.Path(sys.argv[2]), name) for name in NETWORKS]):
    raise SystemExit("the outputs differ")
