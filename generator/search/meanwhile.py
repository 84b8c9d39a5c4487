"""What other processes do for the search while the rest of a site is made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..forked import Ahead
from . import whole
from .files import Links
from .kept import Base, load
from .pagefind import FEW_PAGES
from .second import Second, add


class Look(NamedTuple):
    """What makes a folder hold the last whole index.

    Attributes:
        base: where that is kept.
        needed: what it takes.
    """

    base: Path
    needed: Links


def look(target: Path, base: Base | None) -> Look | None:
    """Compare a folder with the last whole index.

    Args:
        target: the folder; need not be there.
        base: the index.

    Returns:
        None where there is no index to rely on.
    """
    try:
        return Look(base.folder, base.links(target)) if base else None
    except OSError:
        return None


def look_ahead(target: Path, kept: Path) -> Look | None:
    """The same with the index that is kept there."""
    return look(target, load(kept))


@dataclass(frozen=True, slots=True)
class Ready:
    """An index that is made.

    Attributes:
        folder: where.
        second: what there is in it, where that is a second index; None for a whole one.
        pages: by path, the digests of the pages that were known.
        others: by path of each page that was taken to be as it was, the digests that it can have then.
    """

    folder: Path
    second: Second | None
    pages: Mapping[str, str]
    others: Mapping[str, Collection[str]]

    def is_of(self, pages: Mapping[str, str]) -> bool:
        """Whether it is the index of these pages."""
        if pages.keys() != self.pages.keys() | self.others.keys():
            return False
        return all(digest == self.pages.get(path) or digest in self.others.get(path, ()) for path, digest in pages.items())


def prepare(pages: Mapping[str, str], file_of: Callable[[str], Path], elsewhere: Collection[str], kept: Path, folder: Path) -> Ready | None:
    """Make an index before every page is known: those that somebody else makes are mostly as they were.

    Args:
        pages: by path in the site, a digest of each page for the search that is finished.
        file_of: where any page is, by its digest.
        elsewhere: the folders of the site with pages that are not among these.
        kept: the folder with the last whole index.
        folder: where this one goes.

    Returns:
        None where too much has changed, or nobody knows what there was.

    Raises:
        SearchError, OSError: as `index`.
    """
    base = load(kept)
    if base is None:
        return None
    others = {path: digest for path, digest in base.digests.items() if path not in pages and path.partition("/")[0] in elsewhere}
    everything = {**pages, **others}

    def file(path: str) -> Path:
        return file_of(everything[path])

    second = add(base, everything, file, folder)
    if second:
        return Ready(folder, second, pages, {path: base.known(path) for path in others})
    if len(everything) > FEW_PAGES:
        return None
    whole.make(everything, file, folder, kept, base)
    return Ready(folder, None, pages, {path: [digest] for path, digest in others.items()})


class Indexing:
    """That, in another process. An error there only means that there is no index."""

    def __init__(
        self, pages: Mapping[str, str], file_of: Callable[[str], Path], elsewhere: Collection[str], kept: Path, folder: Path
    ) -> None:
        """Begin. What is taken is as for `prepare`, but for the folder: all that is done is in it, and goes with it."""
        self._folder, self._pages = folder, pages

        def made() -> Ready | None:
            ready = prepare(pages, file_of, elsewhere, kept, folder / "made")
            return replace(ready, pages={}) if ready else None  # which are here already

        self._ahead = Ahead(made)

    def result(self) -> Ready | None:
        """The index, if there is one."""
        ready = self._ahead.result()
        return replace(ready, pages=self._pages) if ready else None

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._ahead.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
