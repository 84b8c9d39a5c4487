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
from .merging import Index, merge

BODY = b"data-pagefind-body"
"""A page that holds this is read, and of it what is inside."""

FEW_PAGES = 500
"""So many are indexed within a second: they need no second index, and the same pages always give the same files."""
_NOT_OURS = ("pagefind-*ui.*", "pagefind-highlight.js")
"""What Pagefind brings for those who have no search form of their own."""
_PAGEFIND = """
import runpy, sys
if sys.platform == "linux":
    import ctypes, signal
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
runpy.run_module("pagefind", run_name="__main__", alter_sys=True)
"""
"""Pagefind, which ends when we are killed: on a large site it would go on for minutes, with all the memory that the next one needs."""
_ROOM = 64_000
"""Bytes that must be left on the disk."""
TOGETHER = 1_000
"""So many pages are indexed at once. Twice as many take twice the memory."""


class SearchError(BriefbookError):
    """Pagefind failed."""


def run(files: Mapping[str, Path], folder: Path, mark: str = "") -> Index:
    """Index some pages.

    Args:
        files: by path in the site, where each page is now.
        folder: where the index goes; made anew.
        mark: what the names of its fragments end with: those of two indexes that are read together must differ.

    Raises:
        SearchError: Pagefind could not run or did not finish, or its files have another form than 1.5 gives them.
        OSError: the disk is full.
    """
    parts = folder.with_name(f"{folder.name}-parts")
    paths = list(files)
    shutil.rmtree(parts, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        made = []
        for start in range(0, max(1, len(paths)), TOGETHER):
            made.append(parts / str(start))
            _run({path: files[path] for path in paths[start : start + TOGETHER]}, made[-1])
        folder.mkdir(parents=True)
        return merge(made, folder, mark)
    except (cbor2.CBORError, zlib.error, EOFError, FileNotFoundError, IndexError, KeyError, TypeError, ValueError) as error:
        raise SearchError(f"the search index has an unknown form; is Pagefind newer than 1.5? ({error})") from error
    finally:
        shutil.rmtree(parts, ignore_errors=True)


def _run(files: Mapping[str, Path], folder: Path) -> None:
    """Index some pages as Pagefind does it."""
    chosen = folder.with_name(f"{folder.name}-pages")
    try:
        for path, file in files.items():
            link(file, chosen / path)
        command = [sys.executable, "-c", _PAGEFIND, "--site", str(chosen), "--output-path", str(folder), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise SearchError(f"the search index could not be made: {error}") from error
    finally:
        shutil.rmtree(chosen, ignore_errors=True)
    if done.returncode or not (folder / "pagefind.js").is_file():
        raise SearchError(f"the search index could not be made: {(done.stderr or done.stdout).strip()[-500:]}")
    _insist_that_all_is_there(folder)
    for pattern in _NOT_OURS:
        for file in folder.glob(pattern):
            file.unlink()


def _insist_that_all_is_there(folder: Path) -> None:
    """Pagefind leaves out what a full disk has no room for, and says nothing. Who writes next is told."""
    probe = folder / "room"
    with naming(str(folder)):
        probe.write_bytes(os.urandom(_ROOM))
    probe.unlink()
    empty = [file.name for file in folder.rglob("*") if file.is_file() and not file.stat().st_size]
    if empty:
        raise SearchError(f"the search index could not be made: {empty[0]} is empty; was the disk full?")
