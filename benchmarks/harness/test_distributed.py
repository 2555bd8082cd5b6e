"""What becomes of a run when ranks do what they should not: python3 -m unittest discover benchmarks/harness"""

import contextlib
import io
import json
import os
import pathlib
import sys
import tempfile
import time
import unittest
from unittest import mock

import distributed

WELL = """
import os, sys, time
rank = os.environ.get("RANK")
print("ready 2.5 2.25", flush=True)
for number, line in enumerate(sys.stdin):
    PLACE
    print(MS, flush=True)
print(100 + int(rank or 0))
"""
# What rank 1 does in its third block, and what must be said of it.
BAD = {
    "dies": ("sys.exit(3)", "ended with exit code 3"),
    "is killed": ("os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
    "hangs": ("time.sleep(600)", "had not answered after 3 s"),
    "prints rubbish": ("print('what', flush=True)", "answered 'what'"),
}


def contender(name, milliseconds=0.5, does="pass", meets=True, program=WELL):
    source = program.replace("PLACE", f"if rank == '1' and number == 2: {does}").replace("MS", str(milliseconds))
    return distributed.Contender(name, name, lambda workload, store: [sys.executable, "-c", source], meets=meets)


class DistributedTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def measure(self, together, single=(), workloads="mlp"):
        everybody = [one.name for one in [*together, *single]]
        arguments = ["--rounds", "2", "--seconds", "0.002", "--workloads", workloads, "--patience", "3",
                     "--contenders", ",".join(everybody), "--results", self.folder.name]
        said, ended = io.StringIO(), None
        with mock.patch.object(distributed, "TOGETHER", list(together)), \
                mock.patch.object(distributed, "SINGLE", list(single)), \
                contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            try:
                distributed.main(arguments)
            except SystemExit as e:
                ended = e.code
        results = json.loads((pathlib.Path(self.folder.name) / "distributed.json").read_text())
        return results, said.getvalue(), ended

    def test_tables_say_what_was_measured(self):
        results, said, ended = self.measure(
            [contender("torchscribe", 0.5), contender("torchscribe-gloo", 0.7), contender("ddp", 1.0), contender("ddp-fused", 0.8)],
            [contender("group", 0.5, meets=False), contender("alone", 0.5, meets=False)])
        self.assertIsNone(ended)
        self.assertEqual([101] * 4, [one["peak_mb"] for one in results["together"][0]["contenders"]])
        table = (pathlib.Path(self.folder.name) / "distributed.md").read_text()
        self.assertRegex(table, r"\| 0.50 ms \| 1.00 ms \| 0.50 × \| [0-9.]+ × \| 0.70 ms \| 0.70 × \| ddp-fused 0.80 ms \| 0.62 × \|")
        self.assertIn("| 0.50 ms | 0.50 ms | 1.000 × |", table)

    def test_what_dividing_brings_has_a_table_of_its_own(self):
        _, _, ended = self.measure(
            [contender("torchscribe", 0.5), contender("torchscribe-sharded", 0.6), contender("ddp", 1.0)], workloads="wide-adamw")
        self.assertIsNone(ended)
        table = (pathlib.Path(self.folder.name) / "distributed.md").read_text()
        self.assertIn("(20M), AdamW: torchscribe-sharded | 0.60 ms | 101 MB |", table)
        self.assertRegex(table, r"\| 0.50 ms \| 1.00 ms \| 0.50 × \| [0-9.]+ × \| – \| – \| ddp 1.00 ms \| 0.50 × \|")

    def test_who_is_too_slow_is_named(self):
        _, _, ended = self.measure([contender("torchscribe", 0.9), contender("ddp", 1.0)])
        self.assertEqual("MLP 784-200-200-10 (0.2M parameters): 0.90 of DDP's time, wanted 0.8", ended)

    def test_a_rank_that_fails_ends_the_others_and_nobody_else(self):
        for name, (does, why) in BAD.items():
            with self.subTest(name):
                began = time.monotonic()
                results, _, ended = self.measure(
                    [contender("torchscribe"), contender("ddp"), contender("bad", does=does)])
                self.assertIn(f"bad {why}", ended)
                self.assertEqual(["torchscribe", "ddp"], [one["name"] for one in results["together"][0]["contenders"]])
                self.assertLess(time.monotonic() - began, 20)

    def test_no_process_is_left(self):
        mark = f"mark-{os.getpid()}"
        self.measure([contender("torchscribe", program=f"# {mark}\n" + WELL, does="time.sleep(600)")])
        left = [process for process in pathlib.Path("/proc").glob("[0-9]*/cmdline") if mark in command(process)]
        self.assertEqual([], left)


def command(process):
    try:
        return process.read_text(errors="replace")
    except OSError:
        return ""  # it has ended meanwhile


if __name__ == "__main__":
    unittest.main()
