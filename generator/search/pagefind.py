"""Pagefind over some pages of a site: what it makes, without what we have no use for, in an order that does not vary.

Pagefind 1.5 writes filters, their values and sort keys in an order that differs from run to run. We take the filters
out, since a browser would have to fetch all of them to show one, and leave the rest to `facets`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import cbor2

from ..disk import naming
from ..errors import BriefbookError
from .files import as_json, link
from .form import CHUNKS, FILTERS, MAGIC, PAGES, SORTS, read, write

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
_ADDRESS = re.compile(rb'\{"url":("(?:[^"\\]|\\.)*")')


class SearchError(BriefbookError):
    """Pagefind failed."""


@dataclass(frozen=True, slots=True)
class Index:
    """What Pagefind made.

    Attributes:
        folder: where its files are.
        fragments: by address of a page, `/places/rawa/`, the name of what is stored of it.
        filters: by name of a filter and of a page's fragment, the values that the page gives.
    """

    folder: Path
    fragments: dict[str, str]
    filters: dict[str, dict[str, list[str]]]

    def by_path(self, paths: Iterable[str]) -> dict[str, str]:
        """What is stored of each page, of those that have something."""
        return {path: self.fragments[address(path)] for path in paths if address(path) in self.fragments}


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
    shutil.rmtree(folder, ignore_errors=True)
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
    try:
        filters = _put_in_order(folder, mark)
        fragments = {_address(file): file.stem for file in (folder / "fragment").iterdir()}
    except (cbor2.CBORError, zlib.error, EOFError, IndexError, KeyError, OSError, TypeError, ValueError) as error:
        raise SearchError(f"the search index has an unknown form; is Pagefind newer than 1.5? ({error})") from error
    return Index(folder, fragments, filters)


def _insist_that_all_is_there(folder: Path) -> None:
    """Pagefind leaves out what a full disk has no room for, and says nothing. Who writes next is told."""
    probe = folder / "room"
    with naming(str(folder)):
        probe.write_bytes(os.urandom(_ROOM))
    probe.unlink()
    empty = [file.name for file in folder.rglob("*") if file.is_file() and not file.stat().st_size]
    if empty:
        raise SearchError(f"the search index could not be made: {empty[0]} is empty; was the disk full?")


def address(path: str) -> str:
    """A page's address as Pagefind has it: `/places/rawa/` of `places/rawa/index.html`."""
    return "/" + re.sub(r"(^|(?<=/))index\.html$", "", path)


def _put_in_order(folder: Path, mark: str) -> dict[str, dict[str, list[str]]]:
    """Make the index depend on the pages alone and mark its fragments; take out the filters and return them."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    found: dict[str, dict[str, list[str]]] = {}
    for tag, language in entry["languages"].items():
        contents_file = folder / f"pagefind.{language['hash']}.pf_meta"
        contents = read(contents_file)
        for page in contents[PAGES]:
            if mark:
                (folder / "fragment" / f"{page[0]}.pf_fragment").rename(folder / "fragment" / f"{page[0]}{mark}.pf_fragment")
                page[0] += mark
        pages = [name for name, _ in contents[PAGES]]
        for _, file in contents[FILTERS]:
            name, values = read(folder / "filter" / f"{file}.pf_filter")
            of_pages = found.setdefault(name, {})
            for value, numbers in values:
                for number in numbers:
                    of_pages.setdefault(pages[number], []).append(value)
        contents[FILTERS] = contents[SORTS] = []
        if len(pages) <= FEW_PAGES:
            _sort_pages(folder, tag, contents)
        contents_file.unlink()
        language["hash"] = write(folder, f"pagefind.{tag}_", ".pf_meta", contents)
    shutil.rmtree(folder / "filter", ignore_errors=True)
    entry_file.write_bytes(as_json(entry))
    return found


def _sort_pages(folder: Path, tag: str, contents: list[Any]) -> None:
    """Number the pages by their names. Pagefind does so as it finds their files, which is another order on another disk."""
    pages = contents[PAGES]
    order = sorted(range(len(pages)), key=lambda number: str(pages[number][0]))
    now = {before: number for number, before in enumerate(order)}
    contents[PAGES] = [pages[number] for number in order]
    for chunk in contents[CHUNKS]:
        file = folder / "index" / f"{chunk[2]}.pf_index"
        words, *others = read(file)
        file.unlink()
        sorted_words = [
            [word, _renumbered(found, now), [[form, _renumbered(of_form, now)] for form, of_form in forms]] for word, found, forms in words
        ]
        chunk[2] = write(folder / "index", f"{tag}_", ".pf_index", [sorted_words, *others])


def _renumbered(found: list[list[Any]], now: Mapping[int, int]) -> list[list[Any]]:
    """The pages with a word. The first has its number, each other the difference from the one before."""
    numbers = [now[number] for number in accumulate(step for step, *_ in found)]
    in_order = sorted(zip(numbers, found, strict=True), key=lambda pair: pair[0])
    steps = (number - before for before, number in pairwise((0, *sorted(numbers))))
    return [[step, *places] for step, (_, (_, *places)) in zip(steps, in_order, strict=True)]


def _address(file: Path) -> str:
    """Whose fragment it is. Only its beginning is unpacked."""
    start = zlib.decompressobj(wbits=31).decompress(file.read_bytes(), 2000).removeprefix(MAGIC)
    found = _ADDRESS.match(start)
    if not found:
        raise ValueError(f"{file.name} begins otherwise")
    return str(json.loads(found[1]))
