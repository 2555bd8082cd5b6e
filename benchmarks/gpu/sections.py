"""The sections of check: each starts programs, reads what they print, and adds rows to the table."""

import pathlib
import re
import subprocess
import time

from steps import steps

HERE = pathlib.Path(__file__).resolve().parent
APP = HERE.parent.parent
SAMPLES = "io.github.torchscribe.samples.Samples"
PROCESSOR = "io.github.torchscribe.processor."

# Tests that can be run on another device: those that get all tensors by TestDevice. Each group at once, one class in a
# process; the last one takes all the memory that there is.
TESTS = (
    {
        "parity table against PyTorch": ["ParityTest"],
        "generated against autograd": ["GradientTest"],
        "random networks": ["RandomGraphsTest", "RandomNetworksTest"],
        "steps that are replayed against others": ["ReplayTest", "RecordedTest"],
    },
    {"files, moves, predictions, evaluations, memory": ["OnDeviceTest"]},
)


def java(options, log, *arguments, properties=(), cwd=None):
    """Starts Java with everything on its class path; its output goes into a file."""
    crash = f"-XX:ErrorFile={options.out.resolve() / log}.crash"
    command = [HERE / "run", crash, *(f"-D{one}" for one in properties), *arguments]
    return subprocess.Popen(command, stdout=(options.out / log).open("w"), stderr=subprocess.STDOUT, cwd=cwd)


def device(options, rows):
    asked = ["nvidia-smi", "--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader"]
    try:
        seen = subprocess.run(asked, capture_output=True, text=True, timeout=20).stdout.strip()
    except FileNotFoundError:
        seen = "no nvidia-smi"
    rows.add("device, driver, memory, architecture", seen)
    rows.add("revision", (APP / "revision").read_text().strip())


def tests(options, rows):
    """JUnit's."""
    for group in TESTS:
        started = {what: start(options, classes) for what, classes in group.items()}
        for what, (log, process) in started.items():
            try:
                process.wait(timeout=900 if options.device == "cpu" else 150)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            output = (options.out / log).read_text()
            counts = [int(found) for found in re.findall(r"\[\s*(\d+) tests (?:successful|failed)", output)]
            good, failed = counts if len(counts) == 2 else (0, f"process ended with {process.returncode}, not all")
            rows.add(what, f"{good} right, {failed} wrong", "all", failed == 0 and good > 0)


def start(options, classes):
    properties = [f"test.device={options.device}"]
    if options.short:
        properties.append("parity.rows=li")
    arguments = ["org.junit.platform.console.ConsoleLauncher", "execute", "--disable-banner", "--details=summary",
                 *(f"--select-class={PROCESSOR}{one}" for one in classes)]
    log = "-".join(classes) + ".log"
    return log, java(options, log, *arguments, properties=properties, cwd=APP / "dsl-processor")


LOSS = re.compile(r"Train epoch: (\d+) .*Loss: (\d+\.\d+)")
ACCURACY = re.compile(r"Accuracy: (\d+)/")


def job(options, rows):
    """The main job as a process, beside PyTorch's log of the same seed."""
    epochs = 1 if options.short else 10
    with (options.out / "job-first.log").open("w") as log:  # the first start of all unpacks libtorch
        first = [HERE / "run", SAMPLES, "--device", options.device, "--epochs", "1", "--no-report"]
        subprocess.run(first, stdout=log, stderr=subprocess.STDOUT, timeout=300, check=False)
    began = time.perf_counter()
    crash = f"-XX:ErrorFile={options.out.resolve() / 'job.log'}.crash"
    command = [HERE / "run", crash, SAMPLES, "--device", options.device, "--seed", "1", "--epochs", str(epochs), "--no-report"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
    lines, seen_at = [], []
    for line in process.stdout:
        lines.append(line)
        seen_at.append(time.perf_counter())
    process.wait()
    whole = time.perf_counter() - began
    (options.out / "job.log").write_text("".join(lines))
    if process.returncode != 0:
        rows.add("main job", f"ended with {process.returncode}, see job.log", "0", good=False)
        return
    steps = [i for i, line in enumerate(lines) if LOSS.search(line)]
    tested = [i for i, line in enumerate(lines) if ACCURACY.search(line)]
    rows.at_most(f"main job, {epochs} epochs: first to last line", seen_at[tested[-1]] - seen_at[steps[0]], 1.0, " s")
    rows.at_most("main job: the process", whole, 3.5, " s")
    golden = (APP / "golden/kaiming_normal.1.txt").read_text()
    ours, theirs = LOSS.findall("".join(lines)), LOSS.findall(golden)
    apart = [abs(float(a[1]) - float(b[1])) for a, b in zip(ours, theirs) if int(a[0]) < 2]
    rows.at_most("main job: losses beside PyTorch's on the CPU, two epochs", max(apart), 0.002)
    accuracy = [int(found) for found in ACCURACY.findall("".join(lines))]
    expected = [int(found) for found in ACCURACY.findall(golden)][: len(accuracy)]
    most = max(abs(a - b) for a, b in zip(accuracy, expected))
    rows.at_most("main job: accuracy beside PyTorch's, of 10000", most, 15)


ALL = {"device": device, "tests": tests, "job": job, "steps": steps}
