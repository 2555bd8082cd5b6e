"""Small pictures of every kind that people have, and what Pillow and torchvision read in them.

usage: pictures.py          (needs pillow and torchvision)

Writes runtime/src/test/resources/pictures: the files, and expected.txt with a line for each reading:
NAME MODE HEIGHT WIDTH HEX, MODE being RGB or L, as torchvision's default loader and Pillow's convert make them, in the
file's own size and scaled by torchvision's Resize. REFUSED in place of MODE: Pillow cannot read the file either.
order.txt has files in the order that torchvision's ImageFolder gives them, and names in the order of Python's sorted.
Two things are not Pillow's. It clips grey of 16 bits at 255, where it takes the high byte of colours of 16 bits (and
scales those of PPM): here grey is read as colours are. It clips floating-point numbers at 0 and 255: here they are
refused.  A PNG whose data end too early is
refused as well, where Pillow leaves the rest black.
"""
import io
import pathlib
import shutil
import tempfile

import numpy
from PIL import Image
from torchvision.datasets import ImageFolder
from torchvision.transforms import Resize

# What each makes is in files; their order decides what random numbers they get.
from kinds import png, jpeg, gif, tiff_bmp_pnm, damaged  # noqa: F401
from kinds.base import files

FOLDER = pathlib.Path(__file__).parent.parent / "runtime/src/test/resources/pictures"
SIZES = [(4, 5), (3, 13), (11, 7)]
SCALED = ["grey-8.png", "grey-alpha-8.png", "grey-16.png", "rgb-8.png", "rgba-8-all-clear.png", "palette-4.png",
          "rgb-420.jpg", "grey.jpg", "cmyk.jpg", "offset.gif", "lines.png"]


def bytes_of(image):
    """Grey of 16 bits, as Pillow reads colours of 16 bits."""
    if image.mode == "F":
        raise ValueError("floating-point numbers")
    if image.mode not in ("I;16", "I;16B", "I"):
        return image
    grey = numpy.asarray(image)
    grey = (grey / 65535 * 255).round() if image.format == "PPM" else grey >> 8
    return Image.fromarray(grey.astype(numpy.uint8))


def reading(name, data):
    try:
        if name == "short-data.png":
            raise ValueError("not enough data")
        image = Image.open(io.BytesIO(data))
        image.load()
        image = bytes_of(image)
        return [
            (mode, Resize(size)(image.convert(mode)) if size else image.convert(mode))
            for mode in ("RGB", "L")
            for size in ([None, *SIZES] if name in SCALED else [None])
        ]
    except (OSError, SyntaxError, ValueError) as e:
        print(name, "is refused:", e)
        return None


TREE = """b/2.png b/10.png b/1.PNG b/sub/0.png b/sub/sub/9.png b/sub-1/5.png b/sub.x/6.png b/Tub/7.png b/a.png/3.png
C/x.png C/_.png C/-.png a/1.png a b/1.png a-b/1.png a.b/1.png 10/1.png 9/1.png""".replace("a b", "a~b").split()
NAMES = ["\U0001f600", "\uff5e", "\ue000", "z", "Z", "é", "e\u0301", "ab", "a", "a b", "a\U0001f600", "a\uffee", "ß", "İ", ""]


def order():
    with tempfile.TemporaryDirectory() as folder:
        for file in TREE:
            path = pathlib.Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files["two.png"])
        found = [str(pathlib.Path(path).relative_to(folder)) for path, _ in ImageFolder(folder).samples]
    return [*found, "", *(name.encode("utf-16-be").hex() for name in sorted(NAMES))]


if __name__ == "__main__":
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    lines = ["# Made by parity/pictures.py: NAME MODE HEIGHT WIDTH HEX, or NAME REFUSED"]
    for name, data in sorted(files.items()):
        (FOLDER / name).write_bytes(data)
        made = reading(name, data)
        if made is None:
            lines.append(f"{name} REFUSED")
        for mode, image in made or []:
            lines.append(f"{name} {mode} {image.height} {image.width} {image.tobytes().hex()}")
    (FOLDER / "expected.txt").write_text("\n".join(lines) + "\n")
    (FOLDER / "order.txt").write_text("\n".join(order()) + "\n")
    print(len(files), "files")
