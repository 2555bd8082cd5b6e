"""JPEG."""
import struct

import numpy
from PIL import Image

from kinds.base import files, samples, save, smooth
from kinds.png import ICC, png


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
