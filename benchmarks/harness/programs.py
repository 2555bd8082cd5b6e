"""Whole programs: the main job beside Python's with a DataLoader, the time to the first step, what has to be fetched."""

import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import contenders

ROUNDS = 3


def run(command, until=None):
    """Runs a program, to its end or to a line; gives its output, seconds, and peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output, seconds = "", None
    for line in process.stdout:
        output += line
        if until and seconds is None and line.startswith(until):
            seconds = time.perf_counter() - began
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed with {process.returncode}")
    return output, seconds or time.perf_counter() - began, usage.ru_maxrss / 1024


def unpacked(folder):
    """MNIST as torchvision wants it."""
    raw = folder / "MNIST/raw"
    raw.mkdir(parents=True)
    for file in contenders.DATA.glob("*.gz"):
        (raw / file.stem).write_bytes(gzip.decompress(file.read_bytes()))


def packaged(folder):
    """The class path as a program has it that is not run where it is developed: nothing but jars."""
    paths = contenders.class_path("").split(":")
    for number, path in enumerate(paths):
        if not path.endswith(".jar"):
            archive = shutil.make_archive(folder / f"classes{number}", "zip", path)
            paths[number] = str(pathlib.Path(archive).rename(folder / f"classes{number}.jar"))
    return ":".join(paths)


def archived(archive, program):
    """Runs a program and archives its classes; gives the option that makes it start from them."""
    subprocess.run(["java", f"-XX:ArchiveClassesAtExit={archive}", *program], check=True, capture_output=True)
    return f"-XX:SharedArchiveFile={archive}"


def rounds(commands, until=None, count=ROUNDS):
    measured = {name: [] for name in commands}
    for number in range(count):
        for name, command in commands.items():
            print(f"program {number + 1} of {count}: {name}", file=sys.stderr)
            measured[name].append(run(command, until))
    return measured


def rows(measured):
    return [
        {
            "title": name,
            "seconds": statistics.median(seconds for _, seconds, _ in times),
            "peak_mb": statistics.median(memory for _, _, memory in times),
            "accuracy": times[0][0].split("Accuracy: ")[-1].split(" ")[0] if "Accuracy: " in times[0][0] else "",
        }
        for name, times in measured.items()]


def measure(threads):
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        unpacked(folder)
        python = [sys.executable, str(contenders.ROOT / "parity/mnist_mlp.py"), "kaiming_normal", "1"]
        path = packaged(folder)
        job = ["-cp", path, "io.github.torchscribe.samples.Samples", "--threads", str(threads)]
        short = archived(folder / "job.jsa", [*job, "--epochs", "1"])
        main = rounds({
            "Torchscribe": ["java", *job],
            "Torchscribe, AppCDS and C1": ["java", "-XX:TieredStopAtLevel=1", short, *job],
            "PyTorch with DataLoader": [*python, "10", str(folder)],
        })
        step = ["-cp", path, "io.github.torchscribe.benchmarks.FirstStep", str(threads)]
        first = rounds({
            "Torchscribe": ["java", *step],
            "Torchscribe, AppCDS": ["java", archived(folder / "step.jsa", step), *step],
            "PyTorch with DataLoader": [
                sys.executable, str(contenders.ROOT / "benchmarks/pytorch/first_step.py"), str(folder)],
        }, until="first step", count=5)
    finally:
        shutil.rmtree(folder)
    return [
        {"what": "ten epochs of MNIST as a whole process", "rows": rows(main)},
        {"what": "from the start of the process to the end of the first step", "rows": rows(first)},
        {"what": "what has to be fetched", "rows": fetched()},
    ]


def fetched():
    """The sizes of what a program needs at run time, in MB."""
    def jars(module):
        paths = (contenders.ROOT / "benchmarks" / module / "target/class-path").read_text().split(":")
        return sum(pathlib.Path(path).stat().st_size for path in paths if path.endswith(".jar")) / 1e6

    return [
        {"title": "Torchscribe", "mb": jars("")},
        {"title": "DJL, PyTorch engine", "mb": jars("djl")},
        {"title": "DL4J", "mb": jars("dl4j")},
        {"title": "PyTorch for Python (unpacked)", "mb": python_size()},
    ]


def python_size():
    import torch
    site = pathlib.Path(torch.__file__).parent.parent
    return sum(f.stat().st_size for f in site.rglob("*") if f.is_file()) / 1e6
