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
import struct
import tempfile
import zlib

import numpy
from PIL import Image, ImageCms, PngImagePlugin
from torchvision.datasets import ImageFolder
from torchvision.transforms import Resize

FOLDER = pathlib.Path(__file__).parent.parent / "runtime/src/test/resources/pictures"
HEIGHT, WIDTH = 6, 9
SIZES = [(4, 5), (3, 13), (11, 7)]
SCALED = ["grey-8.png", "grey-alpha-8.png", "grey-16.png", "rgb-8.png", "rgba-8-all-clear.png", "palette-4.png",
          "rgb-420.jpg", "grey.jpg", "cmyk.jpg", "offset.gif", "lines.png"]
random = numpy.random.default_rng(16)
files = {}


def samples(channels, bits=8, height=HEIGHT, width=WIDTH):
    """Random, and the ends of the range."""
    all = random.integers(0, 1 << bits, (height, width, channels))
    all[0, 0], all[0, 1] = 0, (1 << bits) - 1
    return all


def smooth(channels, height=17, width=19):
    """What a JPEG keeps: slow changes of colour."""
    y, x = numpy.mgrid[0:height, 0:width]
    waves = [numpy.sin(x / (5 + c) + c) * numpy.cos(y / (6 - c) + c) for c in range(channels)]
    return (127.5 + 127.5 * numpy.stack(waves, -1)).round().astype(numpy.uint8)


def save(name, image, format=None, **options):
    data = io.BytesIO()
    image.save(data, format or {"jpg": "jpeg", "tif": "tiff"}.get(name[-3:], name[-3:]), **options)
    files[name] = data.getvalue()
    return files[name]


# PNG, written by hand: Pillow writes few of its kinds.

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

# JPEG

picture = Image.fromarray(smooth(3))
for name, options in {
    "rgb-444": {"subsampling": 0},
    "rgb-422": {"subsampling": 1},
    "rgb-420": {"subsampling": 2},
    "rgb-progressive": {"progressive": True, "subsampling": 0},
    "rgb-kept": {"keep_rgb": True},
    "rgb-restarts": {"restart_marker_blocks": 1, "subsampling": 0},
    "rgb-profile": {"icc_profile": ICC, "subsampling": 0},
    "rgb-bad-profile": {"icc_profile": b"this is none" * 20, "subsampling": 0},
    "rgb-comment": {"comment": b"a comment", "subsampling": 0},
}.items():
    save(name + ".jpg", picture, quality=90, **options)
turned = Image.Exif()
turned[0x0112] = 6
save("rgb-turned.jpg", picture, quality=90, subsampling=0, exif=turned)
save("rgb-turned.png", Image.fromarray(samples(3).astype(numpy.uint8)), exif=turned)
one = Image.fromarray(smooth(1)[..., 0])
save("grey.jpg", one, quality=90)
save("grey-progressive.jpg", one, quality=90, progressive=True)
save("grey-profile.jpg", one, quality=90, icc_profile=ICC)
four = Image.fromarray(smooth(4), "CMYK")
save("cmyk.jpg", four, quality=95)
save("cmyk-profile.jpg", four, quality=95, icc_profile=ICC)
save("cmyk-progressive.jpg", four, quality=95, progressive=True)


def segments(data):
    """The segments of a JPEG up to its first scan, and the rest."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        found.append(data[at : at + 2 + length])
        at += 2 + length
    return found, data[at:]


def without(data, *markers):
    some, rest = segments(data)
    return data[:2] + b"".join(s for s in some if s[1] not in markers) + rest


def renamed(data, ids):
    """Other names for the components."""
    data = bytearray(data)
    for marker, first, step in ((0xC0, 10, 3), (0xDA, 5, 2)):
        at = data.index(bytes([0xFF, marker]))
        for i, id in enumerate(ids):
            data[at + first + step * i] = id
    return bytes(data)


ADOBE, JFIF = 0xEE, 0xE0
cmyk = files["cmyk.jpg"]
files["cmyk-no-adobe.jpg"] = without(cmyk, ADOBE)
files["ycck.jpg"] = cmyk.replace(b"Adobe\0\x64\0\0\0\0\0", b"Adobe\0\x64\0\0\0\0\2")
assert files["ycck.jpg"] != cmyk
plain = files["rgb-444.jpg"]
halves = files["rgb-420.jpg"]
adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0"
for name, data in {"444": plain, "420": halves}.items():
    bare = without(data, JFIF)
    files[f"rgb-{name}-no-jfif.jpg"] = bare
    files[f"rgb-{name}-no-jfif-ids-0.jpg"] = renamed(bare, [0, 1, 2])
    files[f"rgb-{name}-no-jfif-ids-9.jpg"] = renamed(bare, [9, 7, 5])
    files[f"rgb-{name}-no-jfif-ids-rgb.jpg"] = renamed(bare, b"RGB")
    files[f"rgb-{name}-no-jfif-ids-ycc.jpg"] = renamed(bare, [1, 0x22, 0x23])
    files[f"rgb-{name}-adobe-0.jpg"] = bare[:2] + adobe + b"\0" + bare[2:]
    files[f"rgb-{name}-adobe-1.jpg"] = bare[:2] + adobe + b"\1" + bare[2:]
    files[f"rgb-{name}-jfif-adobe-0.jpg"] = data[:2] + segments(data)[0][0] + adobe + b"\0" + bare[2:]
    files[f"rgb-{name}-exif-no-jfif.jpg"] = bare[:2] + b"\xff\xe1\0\x10Exif\0\0MM\0*\0\0\0\0" + bare[2:]
files["rgb-no-end.jpg"] = plain[:-2]
files["rgb-progressive-no-end.jpg"] = files["rgb-progressive.jpg"][:-2]
files["rgb-more-behind.jpg"] = plain + b"some more bytes" * 9
files["rgb-bytes-before-end.jpg"] = plain[:-2] + b"\1\2\3\4\5" + plain[-2:]
files["rgb-half-with-end.jpg"] = plain[: len(plain) - 200] + b"\xff\xd9"
files["rgb-half.jpg"] = plain[: len(plain) - 200]
files["rgb-last-bytes-gone.jpg"] = plain[:-12]
files["rgb-progressive-half.jpg"] = files["rgb-progressive.jpg"][: len(plain) - 200]
files["grey-half.jpg"] = files["grey.jpg"][: len(files["grey.jpg"]) - 60]
files["cmyk-half.jpg"] = cmyk[: len(cmyk) - 200]
files["rgb-header-only.jpg"] = plain[:60]

# Thin lines, which a filter that looks at four pixels alone loses.
lines = numpy.full((66, 91, 1), 255)
lines[::7], lines[:, ::11] = 0, 64
png("lines.png", 0, 8, lines)

# GIF

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

# BMP, PNM, TIFF

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

# PNG that are damaged

whole = files["rgb-8.png"]
files["half.png"] = whole[: len(whole) // 2]
files["no-end.png"] = whole[:-12]
files["cut-after-pixels.png"] = whole[:-7]
start = whole.index(b"IDAT") - 4
short = zlib.compress(rows(samples(3)[:4], 8))
files["short-data.png"] = whole[:start] + chunk(b"IDAT", short) + whole[-12:]
packed = zlib.compress(rows(samples(3), 8))
files["two-chunks.png"] = whole[:start] + chunk(b"IDAT", packed[:50]) + chunk(b"IDAT", packed[50:]) + whole[-12:]
files["half-of-two-chunks.png"] = files["two-chunks.png"][: start + 12 + 50]
wrong = bytearray(packed)
wrong[-1] ^= 1
files["wrong-sum-of-data.png"] = whole[:start] + chunk(b"IDAT", bytes(wrong)) + whole[-12:]
text = chunk(b"zTXt", b"some\0\0this is not packed")
files["bad-text.png"] = whole[:33] + text + whole[33:]
files["bad-profile.png"] = whole[:33] + iccp(b"this is none" * 20) + whole[33:]
png("palette-too-short.png", 3, 8, samples(1, 3), palette(5))
flipped = bytearray(whole)
flipped[len(whole) // 2] ^= 0x10
files["flipped.png"] = bytes(flipped)


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
