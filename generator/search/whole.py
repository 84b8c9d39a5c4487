"""An index of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from . import facets
from .kept import Base, keep
from .merging import Earlier, Index, address
from .pagefind import SearchError, run
from .state import STATE, state

MOST = 2
"""Where one page of so many has changed, to take the others from the last index saves nothing."""


def make(pages: Mapping[str, str], file_of: Callable[[str], Path], folder: Path, kept: Path | None, base: Base | None = None) -> None:
    """Make it, and keep it for the next time.

    Args:
        pages: by path in the site, a digest of each page.
        file_of: where a page is now, by its path in the site.
        folder: where the index goes; made anew.
        kept: where it is kept; None for nowhere.
        base: the last one, from which pages are taken that are as they were. The same files come out without it.

    Raises:
        SearchError, OSError: as `run`.
    """
    changed = [path for path, digest in pages.items() if base is None or base.digests.get(path) != digest]
    earlier = _rest(base, pages, changed) if base and len(changed) < len(pages) / MOST else None
    made = _added(changed, file_of, folder, earlier) if earlier else None
    made = made or run({path: file_of(path) for path in pages}, folder)
    found = facets.write(made)
    if kept:
        keep(kept, made, pages, found)
    (folder / STATE).write_bytes(state(found))


def _added(changed: list[str], file_of: Callable[[str], Path], folder: Path, earlier: Earlier) -> Index | None:
    """The index with the pages that have changed; None where the earlier one is damaged, or another build has just replaced it."""
    try:
        return run({path: file_of(path) for path in changed}, folder, earlier=earlier)
    except (SearchError, OSError):
        return None


def _rest(base: Base, pages: Mapping[str, str], changed: list[str]) -> Earlier | None:
    """What of the last index is to be in this one; None where there is none to rely on."""
    gone = base.digests.keys() - pages.keys()
    try:
        return base.without({address(path) for path in (*changed, *gone)})
    except (OSError, ValueError):
        return None
