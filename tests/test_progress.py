"""What is said of work while it is done."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import pytest

from generator.progress import BETWEEN, SHORT, Bar, Lines, Progress, Quiet
from tests.projects import ROOT, Project


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, pieces: int, seconds: float) -> Iterator[int]:
        for number in range(pieces):
            self.now += seconds
            yield number


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(made: type[Bar] | type[Lines], pieces: int, seconds: float) -> str:
    """What is written while so many pieces take so long each; all of them are passed on."""
    clock, stream = Clock(), Terminal() if made is Bar else io.StringIO()
    progress: Progress = made(stream, clock)
    assert list(progress.over("making pages", clock.work(pieces, seconds), pieces)) == list(range(pieces))
    return stream.getvalue()


@pytest.mark.parametrize("made", [Bar, Lines])
def test_short_work_is_done_in_silence(made: type[Bar] | type[Lines]) -> None:
    assert said(made, 10, SHORT / 20) == said(made, 0, 1) == ""


def test_a_terminal_has_a_bar() -> None:
    drawn = said(Bar, 40, SHORT / 4)
    assert "Making pages" in drawn
    assert "40/40" in drawn


def test_a_log_has_a_line_now_and_then() -> None:
    assert (BETWEEN, said(Lines, 40, 1).splitlines()) == (
        15,
        ["briefbook: making pages: 16 of 40", "briefbook: making pages: 32 of 40", "briefbook: making pages: 40 in 40 s"],
    )


def test_quiet_is_quiet() -> None:
    assert list(Quiet().over("making pages", iter("abc"), 3)) == ["a", "b", "c"]


def test_a_build_draws_a_bar_on_a_terminal_and_nowhere_else(project: Project) -> None:
    here, there = pty.openpty()
    at_once = "from generator import __main__, progress; progress.SHORT = 0; __main__.main()"  # however quick the machine is
    command = [sys.executable, "-c", at_once, "-C", str(project.folder), "build"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=there, text=True) as build:
        os.close(there)
        drawn = b""
        while build.poll() is None or drawn == b"":
            try:
                drawn += os.read(here, 4096)
            except OSError:  # nobody writes to it any more
                break
        assert build.stdout
        told = build.stdout.read()
    os.close(here)
    assert build.returncode == 0
    assert "Making pages" in drawn.decode()
    assert "Making pages" not in told
    assert told.startswith("Published ")


def test_a_quiet_build_says_what_is_wrong_and_nothing_else(project: Project) -> None:
    done = project.run("build", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    project.write("places/nowhere.yaml", "name: [")
    done = project.run("build", "--quiet")
    assert done.returncode == 1
    assert "nowhere.yaml" in done.stdout
