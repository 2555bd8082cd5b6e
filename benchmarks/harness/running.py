"""Processes that are measured. Whatever becomes of one is a Failure that says what, with the process' last words."""

import collections
import math
import os
import queue
import signal
import subprocess
import threading
import time

KEPT = 200  # lines of what a process prints besides its answers
WORDS = 6  # lines of them in a message
LONGEST = 300  # characters of a line


class Failure(Exception):
    """Why there is no result."""

    def __init__(self, why, heard=()):
        super().__init__(why)
        self.why, self.words = why, last_words(heard)

    def __str__(self):
        return "\n".join([self.why, *(f"    {line}" for line in self.words)])


def last_words(heard):
    """The last lines that say something: of a stack in Java the messages, not the calls."""
    lines = [line.rstrip()[:LONGEST] for line in heard if line.strip()]
    said = [line for line in lines if not line.startswith(("\tat ", "\t..."))]
    return said[-WORDS:]


def ending(returncode):
    if returncode >= 0:
        return f"ended with exit code {returncode}"
    try:
        return f"was ended by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"was ended by signal {-returncode}"


def finished(command, patience, **more):
    """The output of a program that runs to its end."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=patience, **more)
    except subprocess.TimeoutExpired:
        raise Failure(f"{command[0]} did not end in {patience:.0f} s") from None
    except OSError as e:
        raise Failure(f"{command[0]} cannot be started: {e}") from None
    if run.returncode != 0:
        raise Failure(f"{command[0]} {ending(run.returncode)}", (run.stdout + run.stderr).splitlines())
    return run.stdout


class Running:
    """A contender that has warmed up and waits."""

    def __init__(self, contender, workload, threads, patience):
        self.contender, self.patience = contender, patience
        self.answers = queue.Queue()
        self.heard = collections.deque(maxlen=KEPT)
        try:
            self.process = subprocess.Popen(
                contender.command(workload, threads), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
                env=dict(os.environ, OMP_NUM_THREADS=str(threads)))
        except OSError as e:
            raise Failure(f"cannot be started: {e}") from None
        self.first, self.killed = None, False
        self.readers = [
            threading.Thread(target=self._read, args=(self.process.stdout, self.answers.put), daemon=True),
            threading.Thread(target=self._read, args=(self.process.stderr, self.heard.append), daemon=True)]
        for reader in self.readers:
            reader.start()
        try:
            self.first = self._ready()
        finally:
            if self.first is None:
                self.kill()

    def _read(self, stream, take):
        for line in stream:
            take(line)
        if take != self.heard.append:
            take(None)

    def _ready(self):
        """The first two losses, or outputs; what is printed before them is of no interest as long as all goes well."""
        end = time.monotonic() + self.patience
        while True:
            line = self._line(end - time.monotonic(), "warmed up")
            if line.startswith("ready "):
                try:
                    first = [float(word) for word in line.split()[1:]]
                except ValueError:
                    first = []
                if len(first) != 2 or not all(map(math.isfinite, first)):
                    raise self._failure(f"begins with {line.strip()!r}: no two losses")
                return first
            self.heard.append(line)

    def _line(self, seconds, done):
        try:
            line = self.answers.get(timeout=max(seconds, 0))
        except queue.Empty:
            raise self._failure(f"had not {done} after {self.patience:.0f} s") from None
        if line is None:
            raise self._gone()
        return line

    def _gone(self):
        """The process has closed its output: it has ended, or is about to."""
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            return self._failure("closed its output")
        return self._failure(ending(self.process.returncode))

    def _failure(self, why):
        self.kill()  # what it was about to say comes out
        return Failure(why, list(self.heard))

    def block(self, seconds):
        """The median milliseconds of a step."""
        return self.ask(seconds, seconds)

    def ask(self, what, seconds):
        """The same, of as many steps or seconds as it takes the line for; that should be done in so many seconds."""
        try:
            self.process.stdin.write(f"{what}\n")
            self.process.stdin.flush()
        except OSError:
            raise self._gone() from None
        line = self._line(seconds + self.patience, "answered")
        try:
            milliseconds = float(line)
        except ValueError:
            milliseconds = math.nan
        if not 0 < milliseconds < math.inf:
            raise self._failure(f"answered {line.strip()[:LONGEST]!r} for milliseconds")
        return milliseconds

    def close(self):
        """The process' peak memory in MB."""
        try:
            self.process.stdin.close()
        except OSError:
            raise self._gone() from None
        line = self._line(self.patience, "ended")
        try:
            memory = int(line)
        except ValueError:
            raise self._failure(f"answered {line.strip()[:LONGEST]!r} for its peak memory in MB") from None
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            raise self._failure(f"had not ended after {self.patience:.0f} s") from None
        return memory

    def kill(self):
        """Ends the process with all that it has started, where it still runs."""
        if self.killed:
            return
        self.killed = True
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        for reader in self.readers:
            reader.join(10)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass  # what was still to be written
