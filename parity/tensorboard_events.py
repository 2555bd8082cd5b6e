"""What torch.utils.tensorboard.SummaryWriter writes for some calls, and TensorBoard's own schema of it.

SummaryWriterTest makes the same calls and compares. Needs tensorboard==2.21.0, pillow.
"""

import importlib
import math
import pathlib
import shutil
import tempfile

import torch
from google.protobuf import descriptor_pb2
from torch.utils.tensorboard import SummaryWriter

FOLDER = pathlib.Path(__file__).parent.parent / "tensorboard/src/test/resources/summary-writer"


def write(folder):
    with SummaryWriter(folder, purge_step=7) as writer:
        for step, value in enumerate([0.0, 1.5, -0.1, math.nan, math.inf, 1e-40]):
            writer.add_scalar("Loss/train", value, step)
        writer.add_scalar("a tag of its own: ß, 損失, <b>", 1, 2**40)
        values = [(-1) ** i * i**3 / 1000 for i in range(1000)]
        writer.add_histogram("doubles", torch.tensor(values, dtype=torch.float64), 1)
        writer.add_histogram("floats", torch.tensor(values).reshape(10, 100), 2)
        edges = [-0.0, 0.0, 1e-13, 1e-12, 1e-12 * 1.1, -1e-12, -1e-12 * 1.1, 1e-12 * 1.1 * 1.1, 5e-324]
        writer.add_histogram("edges", torch.tensor(edges, dtype=torch.float64), 3)
        writer.add_histogram("one", torch.tensor([1.0]), 4)
        writer.add_histogram("zeros", torch.zeros(5), 5)
        writer.add_histogram("below zero", torch.tensor([-3.0, -2.0]), 6)
        writer.add_histogram("integers", torch.arange(-5, 90), 7)
        floats = (torch.arange(3 * 4 * 5).reshape(3, 4, 5) - 5) / 50
        floats[1, 1, 1] = math.nan
        writer.add_image("floats", floats, 1)
        writer.add_image("grey", floats[:1], 2)
        writer.add_image("flat", floats[0], 3, dataformats="HW")
        writer.add_image("bytes", (torch.arange(3 * 4 * 5) * 4).reshape(3, 4, 5).to(torch.uint8), 4)
        writer.add_image("dark bytes", torch.arange(2).repeat(10).reshape(1, 4, 5).to(torch.uint8), 5)
        writer.add_images("ten", (torch.arange(10 * 2 * 3).reshape(10, 1, 2, 3) / 60), 6)
        writer.add_text("words", "**bold** ß 損失\n\n| a | b |\n|--|--|\n| 1 | 2 |", 3)
        writer.add_scalars("Loss/both", {"train": 0.5, "test": 0.25}, 4)
        writer.add_hparams(
            {"lr": 0.1, "batch size": 200, "optimizer": "SGD"}, {"hparam/accuracy": 0.9, "hparam/loss": 2}, run_name="session"
        )


def schema():
    """TensorBoard's messages, and all that these are made of."""
    files = descriptor_pb2.FileDescriptorSet()
    seen = set()

    def add(descriptor):
        if descriptor.name in seen:
            return
        seen.add(descriptor.name)
        for other in descriptor.dependencies:
            add(other)
        descriptor.CopyToProto(files.file.add())

    for module in ["compat.proto.event_pb2", "compat.proto.graph_pb2", "plugins.hparams.plugin_data_pb2"]:
        add(importlib.import_module("tensorboard." + module).DESCRIPTOR)
    return files.SerializeToString()


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    (FOLDER / "schema.desc").write_bytes(schema())
    with tempfile.TemporaryDirectory() as folder:
        write(folder)
        for file in pathlib.Path(folder).rglob("events.out.tfevents.*"):
            name = file.parent.relative_to(folder).as_posix().replace("/", "_") if file.parent != pathlib.Path(folder) else "main"
            shutil.copy(file, FOLDER / (name + ".tfevents"))
