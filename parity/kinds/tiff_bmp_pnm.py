"""BMP, PNM and TIFF."""
import struct

import numpy
from PIL import Image

from kinds.base import HEIGHT, WIDTH, files, samples, save, smooth
from kinds.gif import colours, indices, paletted
from kinds.jpeg import turned
from kinds.png import ICC, rows


for mode, channels in (("L", 1), ("RGB", 3), ("RGBA", 4)):
    values = samples(channels).astype(numpy.uint8)
    image = Image.fromarray(values[..., 0] if channels == 1 else values)
    save(f"{mode.lower()}.bmp", image)
    for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"{mode.lower()}-{compression}.tif".replace("tiff_", ""), image, compression=compression)
save("palette.bmp", paletted())
save("palette.tif", paletted())
two = Image.fromarray((samples(1)[..., 0] > 127).astype(numpy.uint8) * 255).convert("1")
save("two.bmp", two)
save("two.tif", two)
save("two-group4.tif", two, compression="group4")
save("two.png", two)
save("grey-16.tif", Image.fromarray(samples(1, 16)[..., 0].astype(numpy.uint16)))
save("la.tif", Image.fromarray(samples(2).astype(numpy.uint8), "LA"))
save("cmyk.tif", Image.fromarray(samples(4).astype(numpy.uint8), "CMYK"))
save("rgb-profile.tif", Image.fromarray(samples(3).astype(numpy.uint8)), icc_profile=ICC)
save("float.tif", Image.fromarray(samples(1)[..., 0].astype(numpy.float32)))
save("lab.tif", Image.fromarray(samples(3).astype(numpy.uint8), "LAB"))
save("ycbcr-jpeg.tif", Image.fromarray(smooth(3)), compression="jpeg")
save("rgb-turned.tif", Image.fromarray(samples(3).astype(numpy.uint8)), exif=turned)
for orientation in range(2, 9):
    turned[0x0112] = orientation
    save(f"turned-{orientation}.tif", Image.fromarray(samples(3, height=2, width=3).astype(numpy.uint8)), exif=turned)


def pack(order, tag, some):
    """An entry's beginning, with its values if they fit, else those that go elsewhere."""
    kind, letter = (4, "I") if tag in (273, 278, 279) else (3, "H")
    packed = struct.pack(f"{order}{len(some)}{letter}", *some)
    head = struct.pack(f"{order}HHI", tag, kind, len(some))
    return (head + packed.ljust(4, b"\0"), b"") if len(packed) <= 4 else (head, packed)


def tiff(name, values, bits, photometric, order="<", extra=None, planar=False, per_strip=None):
    """A page of one strip, or of one for each channel."""
    height, width, channels = values.shape
    if bits < 8:
        data = b"".join(row[1:] for row in [rows(v[None], bits) for v in values])
    else:
        data = (values.transpose(2, 0, 1) if planar else values).astype(f"{order}u{bits // 8}").tobytes()
    strips = channels if planar else 1
    tags = [(256, [width]), (257, [height]), (258, [bits] * channels), (259, [1]), (262, [photometric])]
    tags += [(273, None), (277, [channels]), (278, [per_strip or height]), (279, [len(data) // strips] * strips)]
    tags += [(284, [2])] if planar else []
    tags += [(338, [extra])] if extra is not None else []
    start = 8 + 2 + 12 * len(tags) + 4
    tail, entries = b"", b""
    long = sum(len(pack(order, tag, some or [0] * strips)[1]) for tag, some in tags)
    for tag, some in tags:
        some = some or [start + long + i * (len(data) // strips) for i in range(strips)]
        head, packed = pack(order, tag, some)
        if packed:
            tail, packed = tail + packed, struct.pack(f"{order}I", start + len(tail))
        entries += head + packed
    magic = b"II*\0" if order == "<" else b"MM\0*"
    files[name] = (
        magic + struct.pack(f"{order}IH", 8, len(tags)) + entries + struct.pack(f"{order}I", 0) + tail + data
    )


tiff("rgb-16.tif", samples(3, 16), 16, 2)
tiff("rgb-16-big-endian.tif", samples(3, 16), 16, 2, ">")
tiff("rgb-planar.tif", samples(3), 8, 2, planar=True)
tiff("rgb-all-rows.tif", samples(3), 8, 2, per_strip=0xFFFFFFFF)
tiff("rgb-rows-2-to-the-31.tif", samples(3), 8, 2, per_strip=1 << 31)
tiff("grey-white-is-0.tif", samples(1), 8, 0)
tiff("grey-1-white-is-0.tif", samples(1, 1), 1, 0)
tiff("grey-4.tif", samples(1, 4), 4, 1)
tiff("grey-4-white-is-0.tif", samples(1, 4), 4, 0)
tiff("grey-16-big-endian.tif", samples(1, 16), 16, 1, ">")
tiff("rgba-16.tif", samples(4, 16), 16, 2, extra=2)
tiff("rgbx.tif", samples(4), 8, 2, extra=0)
multiplied = samples(4)
multiplied[..., :3] = multiplied[..., :3] * multiplied[..., 3:] // 255
tiff("rgba-multiplied.tif", multiplied, 8, 2, extra=1)
files["half.tif"] = files["rgb-planar.tif"][:-80]


def bmp(name, bits, data, compression=0, masks=b"", table=b"", height=HEIGHT, used=0):
    offset = 14 + 40 + len(masks) + len(table)
    info = struct.pack("<IiiHHIIiiII", 40, WIDTH, height, 1, bits, compression, len(data), 2835, 2835, used, 0)
    files[name] = b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + info + masks + table + data


sixteen = b"".join(r.astype("<u2").tobytes() + b"\0" * (-2 * WIDTH % 4) for r in samples(1, 16)[..., 0])
bmp("rgb-555.bmp", 16, sixteen)
bmp("rgb-565.bmp", 16, sixteen, 3, struct.pack("<III", 0xF800, 0x07E0, 0x001F))
deep = samples(4).astype(numpy.uint8).tobytes()
bmp("rgbx-32.bmp", 32, deep)
bmp("rgbx-32-masks.bmp", 32, deep, 3, struct.pack("<III", 0xFF0000, 0xFF00, 0xFF))
bmp("rgb-top-down.bmp", 32, deep, height=-HEIGHT)
table = bytes(v for i in range(16) for v in (*colours[3 * i : 3 * i + 3], 0))
four_bits = b"".join(
    bytes(int(a) << 4 | int(b) for a, b in zip(r[0::2], [*r[1::2], 0])) + b"\0" * (-5 % 4) for r in indices
)
bmp("palette-4.bmp", 4, four_bits, table=table, used=16)
runs = b"".join(bytes(v for i in r for v in (1, int(i))) + b"\0\0" for r in indices) + b"\0\1"
bmp("palette-rle8.bmp", 8, runs, 1, table=table, used=16)
files["half.bmp"] = files["rgb.bmp"][:-80]

g8, c8 = samples(1).astype(numpy.uint8), samples(3).astype(numpy.uint8)
head = f"\n# a comment\n{WIDTH} {HEIGHT}\n"
files["binary.pgm"] = f"P5{head}255\n".encode() + g8.tobytes()
files["binary.ppm"] = f"P6{head}255\n".encode() + c8.tobytes()
files["binary-100.pgm"] = f"P5{head}100\n".encode() + (g8 % 101).tobytes()
files["binary-100.ppm"] = f"P6{head}100\n".encode() + (c8 % 101).tobytes()
files["binary-16.pgm"] = f"P5{head}65535\n".encode() + samples(1, 16).astype(">u2").tobytes()
files["binary-16.ppm"] = f"P6{head}65535\n".encode() + samples(3, 16).astype(">u2").tobytes()
files["text.pgm"] = f"P2{head}255\n".encode() + " ".join(map(str, g8.ravel())).encode()
files["text.ppm"] = f"P3{head}255\n".encode() + "\n".join(map(str, c8.ravel())).encode()
files["text.pbm"] = f"P1{head}".encode() + " ".join(map(str, g8.ravel() & 1)).encode()
files["binary.pbm"] = f"P4{head}".encode() + numpy.packbits((g8[..., 0] & 1).astype(bool), axis=1).tobytes()
files["half.ppm"] = files["binary.ppm"][:-50]
