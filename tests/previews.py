"""A running preview, for tests that look at it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from .projects import ROOT, Project, read_html, words

DEADLINE = 30
"""Seconds to wait for a change to show; it takes less than two on an idle machine."""


class Preview:
    """A running `briefbook serve`."""

    def __init__(self, project: Project, temporary: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.project = project
        self.address = f"http://127.0.0.1:{port}/facts"
        self.log = temporary / "log.txt"
        command = [sys.executable, "-m", "generator", "-C", str(project.folder), "serve", "--address", f"127.0.0.1:{port}"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, "TMPDIR": str(temporary)}
            )

    def get(self, path: str) -> str:
        """A page's text, whether it is there or not."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=DEADLINE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as answer:
            return answer.read().decode("utf-8")
        except (urllib.error.URLError, ConnectionError):
            return ""

    def wait(self, path: str, holds: Callable[[str], object]) -> str:
        """Ask for a page until it is as wanted."""
        end = time.monotonic() + DEADLINE
        text = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the preview has ended:\n{self.log.read_text(encoding='utf-8')}"
            text = self.get(path)
            if text and holds(text):
                return text
            time.sleep(0.05)
        pytest.fail(f"{path} never became as wanted. It says:\n{article(text)}\n\n{self.log.read_text(encoding='utf-8')}")

    def hears(self, pattern: str) -> str:
        """Wait until it has said something; returns all that it said."""
        end = time.monotonic() + DEADLINE
        while not re.search(pattern, said := self.log.read_text(encoding="utf-8")):
            assert time.monotonic() < end, f"it never said {pattern!r}, but:\n{said}"
            time.sleep(0.05)
        return said

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def article(text: str) -> str:
    found = re.search("<article.*?</article>", text, re.DOTALL)
    return words(read_html(found[0])) if found else text[:200]


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
