"""A site's folder made to hold just what it should, with as little done as that takes.

The folder may be empty, or hold an earlier site. What was noted of that one's files, and is still true of them, tells
which can stay.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Set
from pathlib import Path

from .cache import Cache
from .hashing import digest
from .progress import Progress

Stamp = tuple[str, int, int, int]
"""Of a file in a site: the name of its content among the cache's objects, its size, its time in nanoseconds, its inode."""
Notes = dict[str, Stamp]
"""By path from the site's root."""
Seen = tuple[int, int, int]
"""The last three of them: what a look at the file tells."""


def arrange(
    folder: Path,
    objects: Mapping[str, str],
    staged: Path,
    notes: Mapping[str, Stamp],
    there: Set[str],
    cache: Cache,
    progress: Progress,
) -> Notes:
    """Make a folder hold the objects and what is staged, and nothing else.

    Args:
        folder: the site's; what it holds may be removed.
        objects: by path in the site, the name of the object that is to be there.
        staged: a folder whose files go into the site, in place of objects at the same path. It is empty afterwards.
        notes: what was noted when this folder was last arranged, of the files of which it is still true.
        there: the paths of all files in the folder.
        cache: has the objects.
        progress: is told how far it is.

    Returns:
        Notes for the next time.

    Raises:
        LostError: an object is gone.
    """
    ready = looked_at(staged)
    place = _Places(os.fspath(folder))
    gone = there - (objects.keys() | ready.keys())
    for path in gone:
        place.clear(path)
    # Most stay, of a hundred thousand: what is done for each of them counts.
    done = {path: note for path, note in notes.items() if path not in gone}
    for path in ready:
        source = f"{staged}/{path}"
        with open(source, "rb") as stream:
            name = digest(stream.read()).hex()
        if path not in notes or notes[path][0] != name:
            target = place.free(path, path in there)
            os.replace(source, target)
            done[path] = (name, *_seen(os.lstat(target)))
    names = {path: note[0] for path, note in notes.items()}
    new = [(path, name) for path, name in objects.items() if names.get(path) != name and path not in ready]
    for path, name in progress.over("putting files in place", new, len(new)):
        done[path] = (name, *_seen(cache.link(name, place.free(path, path in there))))
    place.remove_empty()
    shutil.rmtree(staged, ignore_errors=True)
    return done


def replace(folder: Path, objects: Mapping[str, str], notes: Mapping[str, Stamp], cache: Cache) -> Notes:
    """Put some objects into a folder that holds what the notes say; returns notes on them.

    Raises:
        LostError: an object is gone.
    """
    place = _Places(os.fspath(folder))
    return {path: (name, *_seen(cache.link(name, place.free(path, path in notes)))) for path, name in objects.items()}


SEARCH = "pagefind"
"""A folder of the site that somebody else sees to."""


def looked_at(folder: Path) -> dict[str, Seen]:
    """Every file below a folder, by its path from there. What is neither file nor folder is removed."""
    found: dict[str, Seen] = {}
    waiting = [""]
    root = os.fspath(folder)
    while waiting:
        here = waiting.pop()
        with os.scandir(f"{root}/{here}") as entries:
            for entry in entries:
                path = f"{here}{entry.name}"
                if path == SEARCH:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    found[path] = _seen(entry.stat(follow_symlinks=False))
                else:
                    os.unlink(entry.path)
    return found


def _seen(found: os.stat_result) -> Seen:
    return found.st_size, found.st_mtime_ns, found.st_ino


class _Places:
    """The places for files in a folder."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._folders = {""}
        self._left: set[str] = set()

    def clear(self, path: str) -> None:
        """Remove a file."""
        os.unlink(f"{self._root}/{path}")
        self._left.add(path.rpartition("/")[0])

    def free(self, path: str, is_taken: bool) -> str:
        """A file's place, with a folder to be in and nothing there. A folder in its way, or a file in that of a folder, goes."""
        target = f"{self._root}/{path}"
        parent = path.rpartition("/")[0]
        if parent not in self._folders:
            self._make(parent)
        if is_taken:
            os.unlink(target)
        elif self._left and os.path.isdir(target):
            shutil.rmtree(target)
        return target

    def _make(self, folder: str) -> None:
        """A folder, and those around it."""
        around = folder.rpartition("/")[0]
        if around not in self._folders:
            self._make(around)
        path = f"{self._root}/{folder}"
        try:
            os.mkdir(path)
        except FileExistsError:
            if not os.path.isdir(path) or os.path.islink(path):
                os.unlink(path)
                os.mkdir(path)
        self._folders.add(folder)

    def remove_empty(self) -> None:
        """Remove the folders in which nothing is left."""
        for folder in self._left:
            while folder:
                try:
                    os.rmdir(f"{self._root}/{folder}")
                except OSError:
                    break  # something is in it, or it is gone already
                folder = folder.rpartition("/")[0]
