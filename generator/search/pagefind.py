"""Pagefind over some pages of a site: what it makes, without what we have no use for.

Filters are taken out, since a browser would have to fetch all of them to show one, and left to `facets`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import cbor2

from ..disk import naming
from ..errors import BriefbookError
from .files import link
from .merging import Earlier, Index, merge

BODY = b"data-pagefind-body"
"""A page that holds this is read, and of it what is inside."""

FEW_PAGES = 500
"""So many are indexed within a second: they need no second index, and the same pages always give the same files."""
_PAGEFIND = """
import os, runpy, sys
if sys.platform == "linux":
    import ctypes, signal
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != STARTER:
        os._exit(1)
runpy.run_module("pagefind", run_name="__main__", alter_sys=True)
"""
"""Pagefind, which ends when we are killed: on a large site it would go on for minutes, with all the memory that the next one needs."""
_ROOM = 64_000
"""Bytes that must be left on the disk."""
TOGETHER = 500
"""So many pages are indexed at once. Twice as many take twice the memory."""


class SearchError(BriefbookError):
    """Pagefind failed."""


def run(files: Mapping[str, Path], folder: Path, mark: str = "", earlier: Earlier | None = None) -> Index:
    """Index some pages.

    Args:
        files: by path in the site, where each page is now.
        folder: where the index goes; made anew.
        mark: what the names of its fragments end with: those of two indexes that are read together must differ.
        earlier: an index from which other pages are taken.

    Raises:
        SearchError: Pagefind could not run or did not finish, or its files have another form than 1.5 gives them.
        OSError: the disk is full.
    """
    work = folder.with_name(f"{folder.name}-parts")
    paths = list(files)
    starts = range(0, len(paths) if earlier else max(1, len(paths)), TOGETHER)
    parts = {work / str(start): paths[start : start + TOGETHER] for start in starts}
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    running: list[tuple[Path, subprocess.Popen[str]]] = []
    try:
        for part, chosen in parts.items():
            if len(running) == _cores():
                _finish(*running[0])
                del running[0]
            running.append((part, _begun(part, {path: files[path] for path in chosen})))
        while running:
            _finish(*running[0])
            del running[0]
        folder.mkdir(parents=True)
        return merge(list(parts), folder, mark, earlier)
    except (cbor2.CBORError, zlib.error, EOFError, FileNotFoundError, IndexError, KeyError, TypeError, ValueError) as error:
        raise SearchError(f"the search index has an unknown form; is Pagefind newer than 1.5? ({error})") from error
    finally:
        for _, process in running:
            with process:
                process.kill()
        shutil.rmtree(work, ignore_errors=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _begun(folder: Path, files: Mapping[str, Path]) -> subprocess.Popen[str]:
    """Pagefind, at work on some pages. It uses one core."""
    chosen = folder.with_name(f"{folder.name}-pages")
    try:
        for path, file in files.items():
            link(file, chosen / path)
        command = [
            sys.executable,
            "-c",
            _PAGEFIND.replace("STARTER", str(os.getpid())),
            "--site",
            str(chosen),
            "--output-path",
            str(folder),
            "--quiet",
        ]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from error


def _finish(folder: Path, process: subprocess.Popen[str]) -> None:
    """Wait for it, and make sure that it has done its work."""
    said, _ = process.communicate()
    if process.returncode or not (folder / "pagefind.js").is_file():
        raise SearchError(f"the search index could not be made: {said.strip()[-500:]}")
    _insist_that_all_is_there(folder)


def _insist_that_all_is_there(folder: Path) -> None:
    """Pagefind leaves out what a full disk has no room for, and says nothing. Who writes next is told."""
    probe = folder / "room"
    with naming(str(folder)):
        probe.write_bytes(os.urandom(_ROOM))
    probe.unlink()
    empty = [file.name for file in folder.rglob("*") if file.is_file() and not file.stat().st_size]
    if empty:
        raise SearchError(f"the search index could not be made: {empty[0]} is empty; was the disk full?")
