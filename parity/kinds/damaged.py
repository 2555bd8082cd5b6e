"""PNG that are damaged."""
import zlib

from kinds.base import files, samples
from kinds.png import chunk, iccp, palette, png, rows


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
