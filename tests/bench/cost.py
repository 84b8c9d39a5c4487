"""What a command costs: a whole process with all that it starts, from start to end."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

OFTEN = 0.05
"""Seconds between two looks at the memory. Looking takes no more than a twentieth of the time."""


class CommandError(Exception):
    """A command failed, or took too long."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one command, or of several in a row.

    Attributes:
        seconds: by the clock on the wall.
        processor: seconds of all cores together, which other programs on the machine change less.
        memory: bytes at the peak, of all its processes together; what they share counts once (the sum of their PSS).
    """

    seconds: float
    processor: float
    memory: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, self.processor + other.processor, max(self.memory, other.memory))


def cost_of(command: list[str], limit: float, **environment: str) -> Cost:
    """Run a command to its end.

    Args:
        command: its words.
        limit: seconds after which it is stopped.
        environment: variables that it gets besides.

    Raises:
        CommandError: it failed, or was stopped.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        watch = _Watch(process.pid, limit)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.ended.set()
        watch.join()
        if watch.stopped:
            raise CommandError(f"more than {limit / 60:.0f} min")
        if process.returncode:
            output.seek(0)
            raise CommandError(f"{' '.join(command[:5])} … failed:\n{output.read().decode(errors='replace')[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, watch.peak)


class _Watch(threading.Thread):
    """Looks at the memory of a session's processes, and stops them when it takes too long."""

    def __init__(self, session: int, limit: float) -> None:
        super().__init__(daemon=True)
        self.ended, self.stopped, self.peak = threading.Event(), False, 0
        self._session, self._limit = session, limit

    def run(self) -> None:
        start, pause = time.monotonic(), 0.0
        while not self.ended.wait(pause):
            before = time.monotonic()
            self.peak = max(self.peak, sum(map(_memory, _processes(self._session))))
            pause = max(OFTEN, 20 * (time.monotonic() - before))
            if before - start > self._limit and not self.stopped:
                self.stopped = True
                for process in _processes(self._session):
                    os.kill(process, signal.SIGKILL)


def _processes(session: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(fields[3]) == session:
                found.append(int(folder.name))
    return found


def _memory(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
