"""Who is measured, and how each is started: a process that does a block of steps for each line that it is sent."""

import os
import pathlib
import sys
import tempfile

from running import finished

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = next((path for path in (ROOT / "../base/data/mnist",) if path.exists()), ROOT / "samples/src/main/resources/mnist")

WORKLOADS = {
    "mlp": "MLP 784-200-200-10, batch 200",
    "mlp-1": "the same, batch 1",
    "mlp-32": "the same, batch 32",
    "mlp-1000": "the same, batch 1000",
    "wide": "MLP 784-4096-4096-10, batch 200",
    "cnn": "two convolutions, batch 64",
    "resnet": "residual network, batch 64",
    "transformer": "transformer, batch 32 × 64",
    "finetune": "MiniLM frozen, a layer learns, batch 32 × 48",
    "width-1000": "MLP 784-1000-1000-10, batch 200",
    "deep-8": "MLP of 8 layers of 200, batch 200",
    "deep-32": "MLP of 32 layers of 200, batch 200",
    "mlp-predict": "MLP, one prediction",
    "cnn-predict": "convolutions, one prediction",
    "minilm-predict": "MiniLM, one sentence of 48 tokens",
    "minilm-32-predict": "MiniLM, 32 sentences of 48 tokens",
}
NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED"  # from JDK 24 on there is a warning without
# Only for --growth.
GROWTH = ("width-1000", "deep-8", "deep-32")
IMAGES = ("cnn", "resnet")
# What DJL runs as TorchScript, as it does with all networks that others have trained; PyTorch traces it.
TRACED = ("minilm-predict", "minilm-32-predict")
# What SMILE's classes need: a JDK from 21 on. It is measured where this names one.
SMILE_JDK = os.environ.get("SMILE_JDK")
PATIENCE = 300  # seconds, for PyTorch to write a file


def class_path(module):
    folder = ROOT / "benchmarks" / module / "target"
    return f"{folder}/classes:{(folder / 'class-path').read_text()}"


def java(module, name, *arguments, options=(), program="java"):
    if not module and (ROOT / "../base/lib").exists():  # what gpu/unpack has put together, Java too
        return [str(ROOT / "benchmarks/gpu/run"), *options, f"io.github.torchscribe.benchmarks.{name}", *arguments]
    return [program, NATIVE_ACCESS, *options, "-cp", class_path(module), f"io.github.torchscribe.benchmarks.{name}", *arguments]

SHARED = tempfile.TemporaryDirectory(prefix="torchscribe-benchmarks-")


class Contender:
    """One way of computing the workloads."""

    def __init__(self, name, title, command, takes=lambda workload: True, steps=True, predicts=True, same=False):
        self.name, self.title, self.command = name, title, command
        self.same = same  # begins with PyTorch's weights: its losses have to be PyTorch's
        self.takes = lambda workload: takes(workload) and (predicts if workload.endswith("-predict") else steps)


def ours(mode):
    return lambda workload, threads: java("", "Contender", workload, mode, str(threads))


def pytorch(mode):
    return lambda workload, threads: [
        sys.executable, str(ROOT / "benchmarks/pytorch/contender.py"), workload, mode, str(threads), str(DATA)]


def written(workload, kind):
    """A file that PyTorch writes once in a run, so that others begin with what it begins with."""
    file = pathlib.Path(SHARED.name) / f"{workload}.{kind}"
    if not file.exists():
        finished([sys.executable, str(ROOT / "benchmarks/pytorch/export.py"), workload, kind, str(file)], PATIENCE)
    return str(file)


def data(workload):
    return str(DATA) if workload.split("-")[0] in ("mlp", "wide", *IMAGES) else written(workload, "data")


def djl(mode):
    def command(workload, threads):
        options = [f"-Dai.djl.pytorch.num_threads={threads}"]
        if workload in TRACED:
            return java("djl", "djl.TracedContender", workload, written(workload, "trace"), data(workload), options=options)
        return java(
            "djl", "djl.DjlContender", workload, mode, data(workload), written(workload, "weights"), options=options)

    return command


def dl4j(workload, threads):
    return java("dl4j", "dl4j.Dl4jContender", workload, str(DATA), written(workload, "weights"))


def onnx(workload, threads):
    return java("onnx", "onnx.OnnxContender", workload, str(threads), written(workload, "onnx"), data(workload))


def smile(workload, threads):
    return java("smile", "smile.SmileContender", workload, str(threads), str(DATA), program=f"{SMILE_JDK}/bin/java")


def images(workload):
    return workload.removesuffix("-predict") in IMAGES


def written_for_djl(workload):
    return workload not in ("finetune", *GROWTH)


def written_for_dl4j(workload):
    return workload not in ("resnet", "transformer", "finetune", *TRACED, *GROWTH)


def written_for_smile(workload):
    return workload not in ("transformer", "finetune", *TRACED, *GROWTH)  # it has no such norm


ALL = [
    Contender("torchscribe", "Torchscribe", ours("generated"), same=True),
    Contender("torchscribe-autograd", "Torchscribe, autograd", ours("autograd"),
              lambda workload: workload not in ("finetune", *GROWTH), predicts=False, same=True),
    Contender("torchscribe-bf16", "Torchscribe, mixed precision", ours("bf16"),
              lambda workload: workload in ("mlp", "wide", "cnn"), predicts=False, same=True),
    Contender("torchscribe-int8", "Torchscribe, INT8", ours("int8"), steps=False,
              takes=lambda workload: workload != "minilm-32-predict"),
    Contender("pytorch-eager", "PyTorch eager", pytorch("eager"), same=True),
    Contender("pytorch-fused", "PyTorch fused=True", pytorch("fused"), predicts=False, same=True),
    Contender("pytorch-channels-last", "PyTorch channels_last", pytorch("channels_last"), images, same=True),
    Contender("pytorch-compile", "PyTorch torch.compile", pytorch("compile"), same=True),
    Contender("pytorch-compile-last", "PyTorch torch.compile, channels_last", pytorch("compile-last"), images,
              predicts=False, same=True),
    Contender("pytorch-jit", "PyTorch torch.jit", pytorch("jit"), steps=False, same=True),
    Contender("djl", "DJL, its trainer", djl("trainer"), written_for_djl, same=True),
    Contender("djl-loop", "DJL, loop by hand", djl("loop"), written_for_djl, predicts=False, same=True),
    Contender("dl4j", "DL4J", dl4j, written_for_dl4j, same=True),
    Contender("onnx", "ONNX Runtime", onnx, steps=False, same=True),
    *([Contender("smile", "SMILE", smile, written_for_smile, same=True)] if SMILE_JDK else []),
]

# What the machine can do: no contender, but measured beside them.
PRODUCT = Contender("product", "one product of 1024 × 1024 matrices", ours("product"), predicts=False)
PRODUCT_FLOP = 2 * 1024**3


def mlp_flop(width):
    """Of a step's products with a batch of 200: three for each layer, two for the first."""
    return 2 * 200 * (2 * 784 * width + 3 * width * width + 3 * width * 10)


# Of those workloads that are nearly all products.
FLOP = {"mlp": mlp_flop(200), "width-1000": mlp_flop(1000), "wide": mlp_flop(4096)}
