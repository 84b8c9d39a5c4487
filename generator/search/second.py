"""A small second index of what has changed since the last whole one, which the search page reads together with that."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from . import facets
from .guard import add_words
from .kept import Base, remember
from .merging import Index, address
from .pagefind import FEW_PAGES, run
from .state import state

MARK = "_d"
"""Ends the names of what the second index stores."""


@dataclass(frozen=True, slots=True)
class Second:
    """A second index, in the folder in which it was made.

    Attributes:
        base: the folder of the whole index beside which it is to stand.
        state: what the search page needs to know of both.
        is_empty: whether there is nothing to add, and no folder.
    """

    base: Path
    state: bytes
    is_empty: bool


def room(count: int) -> int:
    """How many pages may differ from the last whole index of so many.

    Each further build indexes all of them again. With as many as the root of twice the pages, what edits of one page
    each cost together until then is what the whole index costs.
    """
    return math.isqrt(2 * count) if count > FEW_PAGES else 0


def add(base: Base, pages: Mapping[str, str], file_of: Callable[[str], Path], folder: Path) -> Second | None:
    """Index what has changed.

    Args:
        base: the last whole index.
        pages: by path in the site, a digest of each page for the search.
        file_of: where a page is now, by its path in the site.
        folder: where the index goes; made anew.

    Returns:
        The second index; None when too much has changed.

    Raises:
        SearchError, OSError: as `run`.
    """
    changed = [path for path, digest in pages.items() if digest not in (base.digests.get(path), base.same.get(path))]
    gone = base.digests.keys() - pages.keys()
    if len(changed) + len(gone) > room(len(base.digests)):
        return None
    made = run({path: file_of(path) for path in changed}, folder, MARK) if changed else None
    if made:
        same = {path for path in changed if _stored(made, path) == base.fragment(path) != b""}
        if same:
            remember(base, base.same | {path: pages[path] for path in same})
            changed = [path for path in changed if path not in same]
            made = run({path: file_of(path) for path in changed}, folder, MARK) if changed else None
    if made is None:
        shutil.rmtree(folder, ignore_errors=True)
    fragments = made.by_path(changed) if made else {}
    stale = {base.fragments[path]: fragments.get(path, "") for path in (*changed, *gone) if path in base.fragments}
    found = facets.write(made) if made else None
    new = add_words(made.folder, base.words) if made else []
    if made:
        for pattern in ("pagefind.js", "pagefind-worker.js", "wasm.*.pagefind"):  # the first index has them
            for double in made.folder.glob(pattern):
                double.unlink()
    return Second(base.folder, state(base.facets, found, stale, new), made is None)


def _stored(made: Index, path: str) -> bytes:
    name = made.fragments.get(address(path))
    return (made.folder / "fragment" / f"{name}.pf_fragment").read_bytes() if name else b""
