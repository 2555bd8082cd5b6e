"""PNG, written by hand: Pillow writes few of its kinds."""
import struct
import zlib

import numpy
from PIL import ImageCms

from kinds.base import HEIGHT, WIDTH, files, random, samples


COLOURS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(values, bits):
    """Rows without a filter, samples packed."""
    out = b""
    for row in values:
        row = row.reshape(-1)
        if bits == 16:
            packed = row.astype(">u2").tobytes()
        else:
            one = "".join(format(int(v), f"0{bits}b") for v in row)
            one += "0" * (-len(one) % 8)
            packed = bytes(int(one[i : i + 8], 2) for i in range(0, len(one), 8))
        out += b"\0" + packed
    return out


def png(name, colour, bits, values=None, before=b"", interlaced=False):
    values = samples(COLOURS[colour], bits) if values is None else values
    height, width = values.shape[:2]
    if interlaced:
        passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
        raw = b""
        for top, left, down, right in passes:
            some = values[top::down, left::right]
            raw += rows(some, bits) if some.size else b""
    else:
        raw = rows(values, bits)
    files[name] = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlaced))
        + before
        + chunk(b"IDAT", zlib.compress(raw))
        + chunk(b"IEND", b"")
    )


def palette(count, clear=None):
    colours = chunk(b"PLTE", bytes(random.integers(0, 256, 3 * count, dtype=numpy.uint8)))
    return colours + (chunk(b"tRNS", bytes(clear)) if clear is not None else b"")


def profile(name):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()


def wide():
    """A profile whose red and green are exchanged: who applies it cannot hide."""
    icc = bytearray(profile("sRGB"))
    red, green = icc.index(b"rXYZ"), icc.index(b"gXYZ")
    icc[red : red + 4], icc[green : green + 4] = b"gXYZ", b"rXYZ"
    icc[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)  # when it was made
    return bytes(icc)


def iccp(icc):
    return chunk(b"iCCP", b"some\0\0" + zlib.compress(icc))


ICC = wide()
GAMMA = chunk(b"gAMA", struct.pack(">I", 100000))
for bits in (1, 2, 4, 8, 16):
    png(f"grey-{bits}.png", 0, bits)
    png(f"grey-{bits}-transparent-colour.png", 0, bits, before=chunk(b"tRNS", struct.pack(">H", (1 << bits) - 1)))
    png(f"grey-{bits}-interlaced.png", 0, bits, interlaced=True)
for bits in (8, 16):
    png(f"grey-alpha-{bits}.png", 4, bits)
    png(f"grey-alpha-{bits}-interlaced.png", 4, bits, interlaced=True)
    png(f"rgb-{bits}.png", 2, bits)
    png(f"rgb-{bits}-transparent-colour.png", 2, bits, before=chunk(b"tRNS", struct.pack(">HHH", *[(1 << bits) - 1] * 3)))
    png(f"rgb-{bits}-interlaced.png", 2, bits, interlaced=True)
    png(f"rgba-{bits}.png", 6, bits)
    png(f"rgba-{bits}-interlaced.png", 6, bits, interlaced=True)
    png(f"rgb-{bits}-gamma.png", 2, bits, before=GAMMA)
    png(f"rgb-{bits}-profile.png", 2, bits, before=iccp(ICC))
    png(f"grey-{bits}-gamma.png", 0, bits, before=GAMMA)
    png(f"grey-alpha-{bits}-gamma.png", 4, bits, before=GAMMA)
png("rgb-8-srgb.png", 2, 8, before=chunk(b"sRGB", b"\0"))
for bits in (1, 2, 4, 8):
    count = 1 << bits
    png(f"palette-{bits}.png", 3, bits, before=palette(count))
    png(f"palette-{bits}-interlaced.png", 3, bits, before=palette(count), interlaced=True)
    png(f"palette-{bits}-transparent.png", 3, bits, before=palette(count, [0] + [128] * (count - 1)))
few = random.integers(0, 5, (HEIGHT, WIDTH, 1))
png("palette-of-5.png", 3, 8, few, palette(5))
png("palette-of-5-one-clear.png", 3, 4, few, palette(5, [255, 0]))
clear = samples(4)
clear[..., 3] = 0
png("rgba-8-all-clear.png", 6, 8, clear)
grey = numpy.repeat(samples(1), 3, 2)
png("rgb-8-all-grey.png", 2, 8, grey)
