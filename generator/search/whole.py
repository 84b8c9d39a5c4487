"""An index of all pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from . import facets
from .kept import keep
from .pagefind import run
from .state import STATE, state


def make(pages: Mapping[str, str], file_of: Callable[[str], Path], folder: Path, kept: Path | None) -> None:
    """Make it, and keep it for the next time.

    Args:
        pages: by path in the site, a digest of each page.
        file_of: where a page is now, by its path in the site.
        folder: where the index goes; made anew.
        kept: where it is kept; None for nowhere.

    Raises:
        SearchError, OSError: as `run`.
    """
    made = run({path: file_of(path) for path in pages}, folder)
    found = facets.write(made)
    if kept:
        keep(kept, folder, pages, made.by_path(pages), found, made.words)
    (folder / STATE).write_bytes(state(found))
