"""Whole programs: the main job beside Python's with a DataLoader, the time to the first step, what has to be fetched."""

import gzip
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import contenders
from running import Failure, ending, finished

ROUNDS = 3


def run(command, patience, until=None):
    """Runs a program to its end; gives its output, seconds, to its end or to a line, and peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)
    late = threading.Timer(patience, os.killpg, (process.pid, signal.SIGKILL))
    late.start()
    output, seconds = "", None
    try:
        for line in process.stdout:
            output += line
            if until and seconds is None and line.startswith(until):
                seconds = time.perf_counter() - began
        _, status, usage = os.wait4(process.pid, 0)
    finally:
        in_time = late.is_alive()
        late.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if not in_time:
        raise Failure(f"had not ended after {patience:.0f} s", output.splitlines())
    if process.returncode != 0:
        raise Failure(ending(process.returncode), output.splitlines())
    if until and seconds is None:
        raise Failure(f"never said {until!r}", output.splitlines())
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


def archived(archive, program, patience):
    """Runs a program and archives its classes; gives the option that makes it start from them."""
    finished(["java", f"-XX:ArchiveClassesAtExit={archive}", *program], patience)
    return f"-XX:SharedArchiveFile={archive}"


def rounds(what, commands, patience, until=None, count=ROUNDS):
    """Lets programs take turns. A command is made when its turn comes first; who fails once is asked no more."""
    made, measured, failed = {}, {name: [] for name in commands}, []
    for number in range(count):
        for name, command in commands.items():
            if name not in measured:
                continue
            print(f"program {number + 1} of {count}: {name}", file=sys.stderr)
            try:
                if name not in made:
                    made[name] = command()
                measured[name].append(run(made[name], patience, until))
            except Failure as failure:
                print(f"{what}: {name} {failure}", file=sys.stderr)
                failed.append({"name": name, "title": name, "why": failure.why, "words": failure.words})
                del measured[name]
    return {"what": what, "rows": rows(measured), "failed": failed}


def rows(measured):
    return [
        {
            "title": name,
            "seconds": statistics.median(seconds for _, seconds, _ in times),
            "peak_mb": statistics.median(memory for _, _, memory in times),
            "accuracy": times[0][0].split("Accuracy: ")[-1].split(" ")[0] if "Accuracy: " in times[0][0] else "",
        }
        for name, times in measured.items()]


def measure(threads, patience):
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        unpacked(folder)
        python = [sys.executable, str(contenders.ROOT / "parity/mnist_mlp.py"), "kaiming_normal", "1"]
        java = ["java", contenders.NATIVE_ACCESS]
        path = packaged(folder)
        job = ["-cp", path, "io.github.torchscribe.samples.Samples", "--threads", str(threads)]
        step = ["-cp", path, "io.github.torchscribe.benchmarks.FirstStep", str(threads)]
        first_step = str(contenders.ROOT / "benchmarks/pytorch/first_step.py")

        def quick():
            """The first run leaves the archive."""
            command = [
                "env", f"TORCHSCRIBE_CACHE={folder}", str(contenders.ROOT / "scripts/quick-java"),
                contenders.NATIVE_ACCESS, *job]
            finished([*command, "--epochs", "1"], patience)
            return command

        return [
            rounds("ten epochs of MNIST as a whole process", {
                "Torchscribe": lambda: [*java, *job],
                "Torchscribe, quick-java": quick,
                "PyTorch with DataLoader": lambda: [*python, "10", str(folder)],
            }, patience),
            rounds("from the start of the process to the end of the first step", {
                "Torchscribe": lambda: [*java, *step],
                "Torchscribe, AppCDS": lambda: [
                    *java, archived(folder / "step.jsa", [contenders.NATIVE_ACCESS, *step], patience), *step],
                "PyTorch with DataLoader": lambda: [sys.executable, first_step, str(folder)],
            }, patience, until="first step", count=5),
            {"what": "what has to be fetched", "rows": fetched(), "failed": []},
        ]
    finally:
        shutil.rmtree(folder)


def fetched():
    """The sizes of what a program needs at run time, in MB."""
    def jars(module):
        paths = (contenders.ROOT / "benchmarks" / module / "target/class-path").read_text().split(":")
        return sum(pathlib.Path(path).stat().st_size for path in paths if path.endswith(".jar")) / 1e6

    return [
        {"title": "Torchscribe", "mb": jars("")},
        {"title": "DJL, PyTorch engine", "mb": jars("djl")},
        {"title": "DL4J", "mb": jars("dl4j")},
        {"title": "ONNX Runtime", "mb": jars("onnx")},
        {"title": "PyTorch for Python (unpacked)", "mb": python_size()},
    ]


def python_size():
    import torch
    site = pathlib.Path(torch.__file__).parent.parent
    return sum(f.stat().st_size for f in site.rglob("*") if f.is_file()) / 1e6
