"""GIF."""
import struct

import numpy
from PIL import Image

from kinds.base import HEIGHT, WIDTH, files, random, save


indices = random.integers(0, 16, (HEIGHT, WIDTH), dtype=numpy.uint8)
colours = [int(v) for v in random.integers(0, 256, 48)]


def paletted(values=indices):
    image = Image.fromarray(values, "P")
    image.putpalette(colours)
    return image


save("whole.gif", paletted())
save("interlaced.gif", paletted(), interlace=True)
save("transparent.gif", paletted(), transparency=3)
save("grey.gif", Image.fromarray(indices * 17))
save("animated.gif", paletted(), save_all=True, append_images=[paletted(indices[::-1].copy())])


def moved(data, left, top, width, height, background=0):
    """The frame somewhere on a larger screen."""
    data = bytearray(data)
    struct.pack_into("<HH", data, 6, width, height)
    data[11] = background
    colour_table = 13 + 3 * (2 << (data[10] & 7))
    at = colour_table
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    assert data[at] == 0x2C
    struct.pack_into("<HH", data, at + 1, left, top)
    return bytes(data)


whole, transparent = files["whole.gif"], files["transparent.gif"]
files["offset.gif"] = moved(whole, 2, 3, 13, 11)
files["offset-background-5.gif"] = moved(whole, 2, 3, 13, 11, 5)
files["offset-transparent.gif"] = moved(transparent, 2, 3, 13, 11)
files["offset-grey.gif"] = moved(files["grey.gif"], 1, 1, 13, 11)
files["beyond-its-screen.gif"] = moved(whole, 1, 1, 5, 4)
block = bytearray(whole)
at = block.index(b"\x2c") + 11
files["short-data.gif"] = bytes(block[:at]) + bytes([9]) + bytes(block[at + 1 : at + 10]) + b"\0\x3b"
block[at + 4] ^= 0xFF
files["damaged.gif"] = bytes(block)
files["half.gif"] = whole[: len(whole) - 20]
files["no-end.gif"] = whole[:-1]
