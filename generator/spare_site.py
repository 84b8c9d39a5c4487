"""The site before the last, kept beside the cache with notes on its files: most of it can stay in the next.

It was published once, so anybody may have changed its files. They are looked at while the next site is made.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Set
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from .cache import Cache
from .disk import remove
from .hashing import digest
from .site_tree import Notes, Seen, Stamp, looked_at

_STAGE = "site"


class Look(NamedTuple):
    """What a look through a site's folder told.

    Attributes:
        mark: of the notes that it was held against.
        differing: by path of each file that is otherwise than they say, whether there is one.
    """

    mark: str
    differing: dict[str, bool]


def spare_of(memory: Path, name: str) -> Path:
    """Where it is kept, in the cache's folder."""
    return memory / "spare" / name


def take(spare: Path, site: Path) -> None:
    """Begin with it, if it is there and no other build has taken it; else with nothing."""
    try:
        if spare.is_symlink() or not spare.is_dir():
            remove(spare)
        spare.rename(site)
    except OSError:
        site.mkdir()


def keep(old: Path, spare: Path, cache: Cache) -> None:
    """Put away the site that was replaced, for the next build. Where that cannot be, it is removed with what is left over."""
    if old.exists():
        with suppress(OSError):
            if not spare.parent.is_dir():
                remove(spare.parent)
            spare.parent.mkdir(parents=True, exist_ok=True)
            old.rename(spare)
            cache.still_used((), [(_STAGE, _key(spare))])  # its notes: without them every file would be put into it anew


def is_known(site: Path, cache: Cache) -> bool:
    """Whether there is a site, and notes on it."""
    return site.exists() and cache.was_put(_STAGE, _key(site))


def double(site: Path, folder: Path, spare: Path, notes: Notes, cache: Cache) -> None:
    """Have the files of a site in another folder too, as the same files. Where that cannot be, the folder is not there afterwards.

    Args:
        site: the site.
        folder: beside it; whatever is there goes.
        spare: where the folder is to be kept.
        notes: on the site's files.
        cache: takes the same notes on the folder.
    """
    try:
        if spare.exists() or cache.home or cache.folder.stat().st_dev != site.stat().st_dev:
            return  # it could not be kept
        remove(folder)
        shutil.copytree(site, folder, copy_function=os.link, symlinks=True)
        note(folder, notes, cache)
    except OSError:  # of which `shutil.Error` is one
        shutil.rmtree(folder, ignore_errors=True)


def note(site: Path, notes: Notes, cache: Cache) -> None:
    """Note what was put into a site's folder. Each time the notes have another mark, wherever the folder is moved to."""
    cache.put(_STAGE, _key(site), (uuid.uuid4().hex, notes))
    cache.flush()  # before anybody else can have the folder


def look_ahead(memory: Path, spare: Path) -> Look:
    """Look through it before it is taken.

    Raises:
        OSError: it is not there, or somebody takes it away.
    """
    key = _key(spare)
    with closing(Cache(memory)) as cache:
        mark, notes = _noted(cache, key)
    found = looked_at(spare)
    return Look(mark, {path: path in found for path in {*found, *notes} if not _is_as_noted(found.get(path), notes.get(path))})


class Known(NamedTuple):
    """What is known of a site's folder.

    Attributes:
        notes: what was noted, of the files of which it is true.
        there: the paths of all files in it.
        is_from_look: whether that was told by a look ahead.
    """

    notes: Notes
    there: Set[str]
    is_from_look: bool


def what_is_in(site: Path, cache: Cache, look: Look | None) -> Known:
    """What is in a site's folder.

    Args:
        site: the folder, which nobody else can change any more.
        cache: has the notes.
        look: what a look ahead told, if somebody had one.
    """
    mark, notes = _noted(cache, _key(site))
    if not look or look.mark != mark or not mark:
        found = looked_at(site)
        return Known({path: note for path, note in notes.items() if found.get(path) == note[1:]}, found.keys(), False)
    for path in look.differing:
        notes.pop(path, None)
    return Known(notes, notes.keys() | {path for path, is_there in look.differing.items() if is_there}, True)


def _noted(cache: Cache, key: bytes) -> tuple[str, Notes]:
    found = cache.get(_STAGE, key)
    return found if isinstance(found, tuple) else ("", {})


def _is_as_noted(seen: Seen | None, noted: Stamp | None) -> bool:
    return noted is not None and seen == noted[1:]


def _key(folder: Path) -> bytes:
    """By which the notes on a site's folder are found, wherever it is moved to."""
    found = folder.stat()
    return digest(str(found.st_dev), str(found.st_ino))
