#!/usr/bin/env python3
"""Makes a JAR of libtorch's natives smaller: CUDA code for one kind of GPU alone, no symbols, nothing compressed.

usage: prune.py JAR RESULT [ARCHITECTURE]      (90: Hopper; `nvidia-smi --query-gpu=compute_cap --format=csv` says which)

A library's code for GPUs lies in its section .nv_fatbin: containers, one behind the other, each with a header and
entries, one entry for each architecture. The code of others is overwritten with zeroes, which take no room once
packed; all headers stay as they are, by which the driver looks for the code that is left.
"""

import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zipfile

CONTAINER, MACHINE_CODE = 0xBA55ED50, 2
ARCHITECTURE_AT = 28  # of an entry's header


def section(library):
    """Where a library's code for GPUs begins and how long it is."""
    headers = subprocess.run(["readelf", "-SW", library], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\.nv_fatbin\s+PROGBITS\s+\w+\s+(\w+)\s+(\w+)", headers)
    return (int(found[1], 16), int(found[2], 16)) if found else (0, 0)


def entries(data, at, end):
    """For each entry of machine code: architecture, where the code begins, its length."""
    while at < end:
        magic, _, header, length = struct.unpack_from("<IHHQ", data, at)
        if magic != CONTAINER:
            at += 8  # padding between containers
            continue
        at += header
        stop = at + length
        while at < stop:
            kind, _, header, length = struct.unpack_from("<HHIQ", data, at)
            if kind == MACHINE_CODE:
                yield struct.unpack_from("<I", data, at + ARCHITECTURE_AT)[0], at + header, length
            at += header + length


def prune(library, architecture):
    at, length = section(library)
    if not length:
        return
    data = bytearray(library.read_bytes())
    there = {}
    for found, begin, size in entries(data, at, at + length):
        there[found] = there.get(found, 0) + size
        if found != architecture:
            data[begin : begin + size] = bytes(size)
    if architecture not in there:
        sys.exit(f"{library.name} has no code for {architecture}, but for {sorted(there)}")
    print(f"{library.name}: {there[architecture] / 1e6:.0f} of {sum(there.values()) / 1e6:.0f} MB of GPU code")
    library.write_bytes(data)


def main(source, result, architecture=90):
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(source) as jar:
        names = sorted(name for name in jar.namelist() if ".so" in name)
        with zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as small:
            for name in names:
                library = pathlib.Path(jar.extract(name, folder))
                prune(library, int(architecture))
                subprocess.run(["strip", "--strip-unneeded", library], check=True)
                small.writestr(zipfile.ZipInfo(name), library.read_bytes())
                library.unlink()


main(*sys.argv[1:])
