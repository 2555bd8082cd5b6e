#!/usr/bin/env python3
"""Images a second from a folder, with transforms: our loader beside torchvision's with workers, in turn.

usage: PYTHON=… benchmarks/folder.py [--rounds N] [--images N] [--threads N] [--kinds jpg,png]
needs: mvn -q -Pbenchmarks compile, and a Python that has torch, torchvision and pillow
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks/harness"))
import contenders

PYTHON = os.environ.get("PYTHON", sys.executable)
PICTURES = """
import pathlib, random, sys
from PIL import Image, ImageFilter
folder, kind, count = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
random.seed(1)
for i in range(count):
    rough = Image.frombytes("RGB", (25, 19), random.randbytes(25 * 19 * 3)).resize((400, 300), Image.BICUBIC)
    grain = Image.effect_noise((400, 300), 24).convert("RGB")
    place = folder / f"class{i % 4}"
    place.mkdir(exist_ok=True)
    Image.blend(rough, grain, 0.2).save(place / f"{i}.{kind}", **({"quality": 90} if kind == "jpg" else {}))
"""


class Reader:
    """A process that goes through all images once for each line that it is sent."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def rate(self):
        print(file=self.process.stdin, flush=True)
        images, seconds = self.process.stdout.readline().split()
        return int(images) / float(seconds)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def readers(folder, threads):
    script = str(ROOT / "benchmarks/pytorch/folder.py")
    workers = {f"torchvision, {n} worker{'' if n == 1 else 's'}": [PYTHON, script, folder, str(n), str(threads)]
               for n in sorted({0, 1, 2, threads})}
    return {"Torchscribe": contenders.java("", "FolderBenchmark", folder, str(threads)), **workers}


def measure(kind, options):
    folder = tempfile.mkdtemp()
    started = {}
    try:
        subprocess.run([PYTHON, "-c", PICTURES, folder, kind, str(options.images)], check=True)
        started = {name: Reader(command) for name, command in readers(folder, options.threads).items()}
        rates = {name: [] for name in started}
        for number in range(options.rounds + 2):  # two to warm up
            for name, reader in started.items():
                rate = reader.rate()
                if number >= 2:
                    rates[name].append(rate)
        for name, seen in rates.items():
            print(f"{kind}, {options.threads} threads: {name:24} {statistics.median(seen):7.0f} images/s"
                  f"   ({min(seen):.0f} to {max(seen):.0f})", flush=True)
    finally:
        for reader in started.values():
            reader.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--images", type=int, default=512)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=["jpg", "png"])
    given = parser.parse_args()
    for each in given.kinds:
        measure(each, given)
