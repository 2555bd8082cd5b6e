"""What becomes of a run when contenders do what they should not: python3 -m unittest discover benchmarks/harness"""

import contextlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest
from unittest import mock

import compare
import contenders
import growth
import programs
import report
import running

# Works, and prints things that nobody asked for before it is ready.
WELL = """
print("a library greets")
print("ready 2.5 2.25", flush=True)
for line in sys.stdin:
    print(0.125, flush=True)
print(321)
"""
# name: the program, and what must be said of it
BAD = {
    "dies at once": (
        "sys.stderr.write('no such device: gpu7\\n'); sys.exit(3)", ["ended with exit code 3", "no such device: gpu7"]),
    "dies in a block": (
        "print('ready 2.5 2.25', flush=True); input(); print(0.2, flush=True); input(); raise MemoryError('buy more')",
        ["ended with exit code 1", "MemoryError: buy more"]),
    "is killed": (
        "print('ready 2.5 2.25', flush=True); input(); import os; os.kill(os.getpid(), 9)", ["was ended by SIGKILL"]),
    "hangs at the start": (
        "sys.stderr.write('waiting for a lock'); sys.stderr.flush(); time.sleep(600)",
        ["had not warmed up after 3 s", "waiting for a lock"]),
    "hangs in a block": ("print('ready 2.5 2.25', flush=True); input(); time.sleep(600)", ["had not answered after 3 s"]),
    "hangs at the end": (WELL + "sys.stdout.flush(); time.sleep(600)", ["had not ended after 3 s"]),
    "prints rubbish": (
        "print('ready 2.5 2.25', flush=True); input(); print('\\x00\\xff<html>', flush=True); time.sleep(600)",
        ["answered '\\x00", "for milliseconds"]),
    "is ready with rubbish": ("print('ready now', flush=True); time.sleep(600)", ["begins with 'ready now'"]),
    "begins with NaN": ("print('ready nan nan', flush=True); time.sleep(600)", ["begins with 'ready nan nan'"]),
    "takes NaN": ("print('ready 2.5 2.25', flush=True); input(); print('nan', flush=True); time.sleep(600)", ["answered 'nan'"]),
    "has other losses": (WELL.replace("2.25", "2.75"), ["begins with [2.5, 2.75], but good with [2.5, 2.25]"]),
    "forgets its memory": (WELL.replace("321", "'much'"), ["answered 'much' for its peak memory"]),
    "is not there": (None, ["cannot be started"]),
}


def contender(name, program, same=True):
    command = ["/no/such/program"] if program is None else [sys.executable, "-c", "import sys, time\n" + program]
    takes = (lambda workload: workload == "mlp") if "hangs" in name else lambda workload: True  # each time takes patience
    return contenders.Contender(name, name, lambda workload, threads: command, takes, same=same)


class CompareTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def compare(self, everybody, *more, code=1):
        """Runs it; gives the results as they lie in the folder, and all that was printed."""
        arguments = ["--rounds", "2", "--seconds", "0.01", "--threads", "1", "--workloads", "mlp,resnet", "--patience", "3",
                     "--contenders", ",".join(one.name for one in everybody), "--results", self.folder.name, *more]
        said = io.StringIO()
        with mock.patch.object(contenders, "ALL", everybody), mock.patch.object(
                contenders, "PRODUCT", contender(contenders.PRODUCT.name, WELL, same=False)), \
                contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            ended = None
            try:
                compare.main(arguments)
            except SystemExit as e:
                ended = e.code
        self.assertEqual(code, 0 if ended is None else 1, said.getvalue())
        results = json.loads((pathlib.Path(self.folder.name) / "compare.json").read_text())
        return results, said.getvalue() + str(ended)

    def test_all_are_well(self):
        results, said = self.compare([contender("torchscribe", WELL), contender("good", WELL)], "--no-programs", code=0)
        for step in results["steps"]:
            self.assertEqual([], step["failed"])
            for one in step["contenders"]:
                self.assertEqual((0.125, [0.125, 0.125], 321), (one["ms"], one["blocks"], one["peak_mb"]))
        self.assertIn("| good | 0.12 ms | 0.12 ms – 0.12 ms | 321 MB | 1.00 × |", said)

    def test_who_fails_is_named_and_the_others_keep_their_results(self):
        bad = [contender(name, program) for name, (program, _) in BAD.items()]
        began = time.monotonic()
        results, said = self.compare([contender("good", WELL), *bad, contender("torchscribe", WELL)], "--no-programs")
        self.assertLess(time.monotonic() - began, 60)
        self.assertEqual(["mlp", "resnet"], [step["workload"] for step in results["steps"]])
        for step in results["steps"]:
            names = [one["name"] for one in step["contenders"]]
            self.assertEqual(["good", "torchscribe"], [name for name in names if name != contenders.PRODUCT.name])
            failed = {one["name"]: one for one in step["failed"]}
            expected = {name for name in BAD if step["workload"] == "mlp" or "hangs" not in name}
            self.assertEqual(expected, set(failed))
            for name in expected:
                words = BAD[name][1]
                told = "\n".join([failed[name]["why"], *failed[name]["words"]])
                for word in words:
                    self.assertIn(word, told)
            self.assertEqual([0.2], failed["dies in a block"]["blocks"])
        page = (pathlib.Path(self.folder.name) / "compare.md").read_text()
        chart = (pathlib.Path(self.folder.name) / "compare.svg").read_text()
        for name in BAD:
            self.assertIn(f"mlp, 1 threads: {name} ", said)
            self.assertIn(f"{name} gave no result: it ", page)
            self.assertNotIn(f"| {name} |", page)
            self.assertNotIn(name, chart)
        self.assertIn("MemoryError: buy more", page)

    def test_nobody_is_left(self):
        results, said = self.compare([contender("torchscribe", "sys.exit('no')")], "--no-programs")
        self.assertEqual(2, sum(len(step["failed"]) for step in results["steps"]))
        self.assertIn("resnet, 1 threads: torchscribe ended with exit code 1", said)

    def test_no_process_stays(self):
        file = pathlib.Path(self.folder.name) / "processes"
        starts = "import os, subprocess; child = subprocess.Popen(['sleep', '600']);" \
                 f"open('{file}', 'w').write(f'{{os.getpid()}} {{child.pid}}');"
        hangs = starts + "print('ready 2.5 2.25', flush=True); input(); time.sleep(600)"
        self.compare([contender("torchscribe", hangs)], "--no-programs", "--workloads", "mlp")
        for process in file.read_text().split():
            status = pathlib.Path(f"/proc/{process}/status")
            self.assertTrue(not status.exists() or "State:\tZ" in status.read_text(), process)

    def test_growth_without_anybody(self):
        step = {"workload": "mlp", "threads": 1, "contenders": [], "failed": []}
        results = {"steps": [step, dict(step, workload="mlp-32")], "programs": []}
        self.assertIn("<svg", growth.chart(results, 1))


class ProgramsTest(unittest.TestCase):
    @staticmethod
    def python(program):
        return lambda: [sys.executable, "-c", "import sys, time\n" + program]

    def test_programs_that_fail_are_named(self):
        with contextlib.redirect_stderr(io.StringIO()):
            told = programs.rounds("ten epochs", {
                "Torchscribe": self.python("sys.exit('disk full')"),
                "well": self.python("print('first step'); print('Accuracy: 95 %')"),
                "hangs": self.python("print('half-way', flush=True); time.sleep(600)"),
                "says nothing": self.python("print('done')"),
                "is not there": lambda: running.finished(["/no/such/program"], 1),
            }, patience=1, until="first step", count=2)
        self.assertEqual(["well"], [row["title"] for row in told["rows"]])
        failed = {one["name"]: (one["why"], one["words"]) for one in told["failed"]}
        self.assertEqual(("ended with exit code 1", ["disk full"]), failed["Torchscribe"])
        self.assertEqual(("had not ended after 1 s", ["half-way"]), failed["hangs"])
        self.assertEqual("never said 'first step'", failed["says nothing"][0])
        self.assertIn("cannot be started", failed["is not there"][0])
        lines = "\n".join(report.program_lines(told))
        self.assertIn("| well | ", lines)
        self.assertIn("Torchscribe gave no result: it ended with exit code 1.", lines)


class LastWordsTest(unittest.TestCase):
    def test_of_a_stack_the_messages_are_kept(self):
        stack = ["INFO loading", 'Exception in thread "main" a.B: The loss became NaN', *["\tat a.B.c(B.java:1)"] * 40,
                 "Caused by: java.io.IOException: x", "\t... 12 more", ""]
        self.assertEqual([stack[0], stack[1], stack[42]], running.last_words(stack))


class BlockTest(unittest.TestCase):
    """What contenders in Java share."""

    def test_a_loss_that_becomes_nan_ends_the_contender(self):
        source = contenders.ROOT / "benchmarks/common/src/main/java/io/github/torchscribe/benchmarks/common/Block.java"
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "Diverges.java"
            program.write_text("""
                public class Diverges {
                  static int steps;
                  public static void main(String[] args) throws Exception {
                    new Thread(() -> { while (true) Thread.onSpinWait(); }).start(); // such as a library has
                    io.github.torchscribe.benchmarks.common.Block.serve(
                        "mlp", () -> ++steps < 1000 ? 1.0 / steps : Double.NaN);
                  }
                }""")
            subprocess.run(["javac", "-d", folder, source, program], check=True)
            command = ["java", "-cp", folder, "Diverges"]
            diverges = contenders.Contender("djl", "DJL", lambda workload, threads: command)
            with self.assertRaises(running.Failure) as raised:
                running.Running(diverges, "mlp", 1, patience=60)
        self.assertEqual("ended with exit code 1", raised.exception.why)
        self.assertIn("java.lang.ArithmeticException: step 1000 gives NaN", raised.exception.words)


if __name__ == "__main__":
    unittest.main()
