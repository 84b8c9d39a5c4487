"""The last whole index, kept between builds.

Several builds may use the folder at once, and any of them may be killed: an index is put in its place whole, under a
name that follows from its manifest, and nothing in it changes afterwards. Whatever cannot be read as it was written
counts as not there.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..disk import remove
from .facets import Files
from .files import Links, Stamp, as_json, digest, link_all, links, stamp, write_whole
from .guard import Words

FORM = 3
"""To be raised when what is kept, or what our code makes of it, changes."""
DELTA = "delta"
"""The second index, in the folder of the first."""
_MANIFEST, _LAST, _SAME, _WORDS, _INDEX = "manifest.json", "last", "same.json", "words.json", "index"


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
    """

    folder: Path
    digests: dict[str, str]
    fragments: dict[str, str]
    facets: Files
    files: dict[str, Stamp]
    same: dict[str, str]
    words: Words

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
        return Base(folder, found["digests"], found["fragments"], found["facets"], files, _same(folder), json.loads(words))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(kept: Path, index: Path, digests: Mapping[str, str], fragments: Mapping[str, str], facets: Files, words: Words) -> None:
    """Keep an index that was just made, in place of any other. Where that cannot be done, the next build does all again."""
    with contextlib.suppress(OSError):
        for folder in (kept.parent, kept):
            if not folder.is_dir():
                remove(folder)
        _keep(kept, index, digests, fragments, facets, as_json(words))


def link_into(folder: Path, target: Path, needed: Links) -> None:
    """Make a folder hold the index that is kept in another one, and nothing else.

    Raises:
        OSError: it is no longer whole, or somebody is taking it away.
    """
    link_all(folder / _INDEX, target, needed)


def tidy(folder: Path) -> None:
    """Remove other whole indexes: a build that was killed while it kept one has left that, or the one before.

    One that another build is about to name counts as not there then, and is made again.
    """
    with contextlib.suppress(OSError):
        for other in folder.parent.iterdir():
            if other.is_dir() and other != folder and not other.name.startswith("."):
                remove(other)


def remember(base: Base, same: Mapping[str, str]) -> None:
    """Keep which pages have changed without saying anything else to the search, so that they are not looked at again."""
    if same != base.same:
        with contextlib.suppress(OSError):
            write_whole(base.folder / _SAME, as_json(same))


def _keep(kept: Path, index: Path, digests: Mapping[str, str], fragments: Mapping[str, str], facets: Files, words: bytes) -> None:
    files = {file.relative_to(index).as_posix(): stamp(file.stat()) for file in index.rglob("*") if file.is_file()}
    manifest = as_json(
        {
            "versions": _versions(),
            "digests": digests,
            "fragments": fragments,
            "facets": facets,
            "files": files,
            "words": digest(words),
        }
    )
    name = digest(manifest)
    aside, old = (kept / f".{name}-{os.getpid()}-{word}" for word in ("new", "old"))
    try:
        link_all(index, aside / _INDEX, links(index, aside / _INDEX, files, apart=DELTA))
        (aside / _WORDS).write_bytes(words)
        (aside / _MANIFEST).write_bytes(manifest)
        if (kept / name).exists():  # of the same name, but who knows whether it is whole
            (kept / name).rename(old)
        aside.rename(kept / name)
        write_whole(kept / _LAST, name.encode())
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for other in kept.iterdir():
        if other.is_dir() and other.name != name:
            with contextlib.suppress(OSError):
                remove(other)


def _same(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _SAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _versions() -> list[str | int]:
    return [FORM, importlib.metadata.version("pagefind")]
