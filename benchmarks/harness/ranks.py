"""Contenders that are several processes, each of which does the same number of steps for a line that all are sent."""

import concurrent.futures
import os
import pathlib
import tempfile

import running

FIRST_STEPS = 10  # of which one learns how many are done in a second
WARM_UP_SECONDS = 3.0


def environment(rank, size, store):
    """What a rank is told: torchrun's names, and that there is no machine but this one."""
    return [f"RANK={rank}", f"WORLD_SIZE={size}", f"LOCAL_RANK={rank}", f"LOCAL_WORLD_SIZE={size}",
            "GLOO_SOCKET_IFNAME=lo", f"TORCHSCRIBE_STORE={store}"]


class Rank:
    """A contender, as one of its processes is started."""

    def __init__(self, contender, rank, size, store):
        self.title = contender.title
        told = environment(rank, size, store) if contender.meets else []
        self.command = lambda workload, threads: ["env", *told, *contender.command(workload, str(store))]


class Together:
    """All ranks of a contender, which have warmed up and wait. Where one fails all are ended."""

    def __init__(self, contender, workload, size, patience):
        self.contender, self.patience = contender, patience
        self.folder = tempfile.TemporaryDirectory()  # for the owner's eyes alone
        store = pathlib.Path(self.folder.name) / "store"
        self.ranks, self.processor = [], []
        self.pool = concurrent.futures.ThreadPoolExecutor(size)
        try:
            self._all(lambda rank: self._start(Rank(contender, rank, size, store), workload), range(size))
            self.first = self.ranks[0].first
            self.milliseconds = self._steps(FIRST_STEPS)
            self.milliseconds = self.block(WARM_UP_SECONDS)
        except BaseException:
            self.kill()
            raise

    def _start(self, rank, workload):
        self.ranks.append(running.Running(rank, workload, 1, self.patience))

    def _all(self, does, each):
        """Does it for all at a time: they wait for each other."""
        futures = [self.pool.submit(does, one) for one in each]
        concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_EXCEPTION)
        failure = next((future.exception() for future in futures if future.done() and future.exception()), None)
        if failure:
            self.kill()
            raise failure
        return [future.result() for future in futures]

    def _steps(self, count):
        expected = count * getattr(self, "milliseconds", 0) / 1e3
        return max(self._all(lambda rank: rank.ask(count, expected), self.ranks))

    def block(self, seconds):
        """The median milliseconds of a step, of the slowest rank."""
        count = max(3, round(seconds * 1e3 / self.milliseconds))
        before = self._processor_milliseconds()
        milliseconds = self._steps(count)
        self.processor.append((self._processor_milliseconds() - before) / count)
        return milliseconds

    def _processor_milliseconds(self):
        """What all ranks have computed for until now: hardly another where others keep the machine busy."""
        ticks = 0
        for rank in self.ranks:
            fields = pathlib.Path(f"/proc/{rank.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks * 1e3 / os.sysconf("SC_CLK_TCK")

    def close(self):
        """The peak memory of a process in MB, of the largest."""
        peak = max(self._all(lambda rank: rank.close(), self.ranks))
        self._free()
        return peak

    def kill(self):
        for rank in self.ranks:
            rank.kill()
        self._free()

    def _free(self):
        self.pool.shutdown(wait=False)
        self.folder.cleanup()
