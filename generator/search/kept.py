"""The last whole index, kept between builds.

Several builds may use the folder at once, and any of them may be killed: an index is put in its place whole, under a
name that follows from its manifest, and nothing in it changes afterwards. Whatever cannot be read as it was written
counts as not there.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..disk import remove
from .facets import Files
from .files import Links, Stamp, as_json, aside_of, clear_aside, digest, link_all, links, stamp, write_whole
from .guard import Words
from .merging import Earlier, Index

FORM = 4
"""To be raised when what is kept, or what our code makes of it, changes."""
DELTA = "delta"
"""The second index, in the folder of the first."""
_MANIFEST, _LAST, _SAME, _WORDS, _FILTERS, _INDEX = "manifest.json", "last", "same.json", "words.json", "filters.json", "index"


@dataclass(frozen=True, slots=True)
class Base:
    """An index and what it was made from.

    Attributes:
        folder: where it is kept.
        digests: by path of a page in the site, its digest then.
        fragments: by path, what is stored of it; a page without text for the search has none.
        facets: the files with its facets.
        files: every file of the index, with its stamp.
        same: by path, a later digest of a page that says the same to the search.
        words: every word of the index.
        of_filters: a digest of the file with its filters.
    """

    folder: Path
    digests: dict[str, str]
    fragments: dict[str, str]
    facets: Files
    files: dict[str, Stamp]
    same: dict[str, str]
    words: Words
    of_filters: str

    def without(self, addresses: Collection[str]) -> Earlier:
        """All of it but some pages, to be put into another index.

        Raises:
            OSError: it is not whole any more.
            ValueError: its filters are not as they were.
        """
        index = self.folder / _INDEX
        links(index, index, self.files, apart=DELTA)  # which looks at each file
        filters = (self.folder / _FILTERS).read_bytes()
        if digest(filters) != self.of_filters:
            raise ValueError("filters are not as they were")
        return Earlier(index, json.loads(filters), addresses)

    def links(self, target: Path) -> Links:
        """What makes a folder hold the index and nothing else, but for a second one.

        Raises:
            OSError: it is no longer whole, or somebody is taking it away.
        """
        return links(self.folder / _INDEX, target, self.files, apart=DELTA)

    def known(self, path: str) -> frozenset[str]:
        """The digests by which a page is as it was."""
        return frozenset(found[path] for found in (self.digests, self.same) if path in found)

    def fragment(self, path: str) -> bytes:
        """What is stored of a page; nothing where that cannot be told."""
        try:
            return (self.folder / _INDEX / "fragment" / f"{self.fragments[path]}.pf_fragment").read_bytes()
        except (KeyError, OSError):
            return b""


def load(kept: Path) -> Base | None:
    """The index that was kept last; None where there is none to rely on."""
    try:
        folder = kept / (kept / _LAST).read_text(encoding="utf-8")
        data = (folder / _MANIFEST).read_bytes()
        if digest(data) != folder.name:
            return None
        found = json.loads(data)
        if found["versions"] != _versions():
            return None
        words = (folder / _WORDS).read_bytes()
        if digest(words) != found["words"]:
            return None
        files = {path: (size, time) for path, (size, time) in found["files"].items()}
        return Base(
            folder, found["digests"], found["fragments"], found["facets"], files, _same(folder), json.loads(words), found["filters"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(kept: Path, made: Index, digests: Mapping[str, str], facets: Files) -> None:
    """Keep an index that was just made, in place of any other. Where that cannot be done, the next build does all again.

    Args:
        kept: where.
        made: the index.
        digests: by path in the site, a digest of each page.
        facets: the files with its facets.
    """
    with contextlib.suppress(OSError):
        for folder in (kept.parent, kept):
            if not folder.is_dir():
                remove(folder)
        _keep(kept, made, digests, facets)


def link_into(folder: Path, target: Path, needed: Links) -> None:
    """Make a folder hold the index that is kept in another one, and nothing else.

    Raises:
        OSError: it is no longer whole, or somebody is taking it away.
    """
    link_all(folder / _INDEX, target, needed)


def tidy(folder: Path) -> None:
    """Remove other whole indexes, unless one of them is the last, and what builds have left aside that were killed while they kept one.

    One that another build is about to name counts as not there then, and is made again.
    """
    with contextlib.suppress(OSError):
        if (folder.parent / _LAST).read_text(encoding="utf-8") != folder.name:
            return
        for other in folder.parent.iterdir():
            if other.is_dir() and other != folder and not other.name.startswith("."):
                remove(other)
        for each in (folder.parent, folder):
            clear_aside(each)


def remember(base: Base, same: Mapping[str, str]) -> None:
    """Keep which pages have changed without saying anything else to the search, so that they are not looked at again."""
    if same != base.same:
        with contextlib.suppress(OSError):
            write_whole(base.folder / _SAME, as_json(same))


def _keep(kept: Path, made: Index, digests: Mapping[str, str], facets: Files) -> None:
    index = made.folder
    files = {file.relative_to(index).as_posix(): stamp(file.stat()) for file in index.rglob("*") if file.is_file()}
    words, filters = as_json(made.words), as_json(made.filters)
    manifest = as_json(
        {
            "versions": _versions(),
            "digests": digests,
            "fragments": made.by_path(digests),
            "facets": facets,
            "files": files,
            "words": digest(words),
            "filters": digest(filters),
        }
    )
    name = digest(manifest)
    aside, old = (aside_of(kept / name, word) for word in ("new", "old"))
    try:
        link_all(index, aside / _INDEX, links(index, aside / _INDEX, files, apart=DELTA))
        (aside / _WORDS).write_bytes(words)
        (aside / _FILTERS).write_bytes(filters)
        (aside / _MANIFEST).write_bytes(manifest)
        if (kept / name).exists():  # of the same name, but who knows whether it is whole
            (kept / name).rename(old)
        aside.rename(kept / name)
        write_whole(kept / _LAST, name.encode())
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)
    tidy(kept / name)


def _same(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _SAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _versions() -> list[str | int]:
    return [FORM, importlib.metadata.version("pagefind")]
