"""Work on all cores comes to what it comes to on one, its errors included."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from tests.projects import ROOT

# In a process of its own: those that run tests have threads, beside which nothing is forked.
WORK = """
import os, signal
from generator import forked
from generator.errors import ContentError, Problem

forked.processes, forked.ALONE = lambda: 3, 0
PIECES = 40
here = os.getpid()

def work(number):
    if number == 30 and "{what}" == "a problem":
        raise ContentError([Problem("a.yaml", 3, 1, "", "found", "expected")])
    if number == 30 and "{what}" == "an end":
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number, os.getpid()

try:
    called = []
    found = dict(forked.spread(work, PIECES, lambda: called.append(os.getpid())))
    assert called == [here], "once, and here"
    assert {{number: square for number, (square, _) in found.items()}} == {{number: number**2 for number in range(PIECES)}}
    assert here not in {{process for _, process in found.values()}}
    print("all")
except Exception as error:
    print(type(error).__name__, *getattr(error, "problems", ()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
@pytest.mark.parametrize(
    ("what", "said"),
    [("nothing", "all"), ("a problem", "ContentError a.yaml:3:1: found; expected"), ("an end", "WorkerError")],
)
def test_work_in_several_processes(what: str, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", WORK.format(what=what)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == said, done.stderr


AHEAD = """
import multiprocessing, os, threading
from generator import forked
from generator.forked import Ahead

forked.processes = lambda: {cores}

def failing(error):
    def fail():
        raise error
    return fail

found = Ahead(os.getpid).result()
print("another" if found not in (None, os.getpid()) else found)
print([Ahead(failing(error)).result() for error in (ValueError, KeyboardInterrupt, SystemExit)])
here, there = multiprocessing.Pipe()
ahead = Ahead(lambda: (there.send(os.getpid()), threading.Event().wait()))
process = here.recv() if {cores} > 1 else 0
print(ahead.result(0.01))
ahead.stop()
try:
    os.kill(process, 0)
except ProcessLookupError:
    print("ended")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is done ahead")
@pytest.mark.parametrize(
    ("cores", "expected"),
    [(2, "another\n[None, None, None]\nNone\nended\n"), (1, "None\n[None, None, None]\nNone\n")],
    ids=["two cores", "one"],
)
def test_work_ahead(cores: int, expected: str) -> None:
    """It is done meanwhile, comes to nothing when it fails, and ends when nobody waits for it any more."""
    script = AHEAD.format(cores=cores)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert (done.stdout, done.stderr) == (expected, "")


ORPHANS = """
import os, signal
from generator import forked

forked.processes, forked.ALONE = lambda: 3, 0

for number, (process, _) in forked.spread(lambda number: (os.getpid(), b"x" * 1_000_000), 40):
    print("started", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does it all")
def test_nobody_works_for_one_that_was_killed() -> None:
    """Not even who is about to give it more than a pipe holds."""
    # It ends when all have that could write into the pipe.
    done = subprocess.run([sys.executable, "-c", ORPHANS], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "started\n", "")
