"""A site's folder made to hold just what it should, with as little done as that takes.

The folder may be empty, or hold an earlier site. What was noted of that one's files, and is still true of them, tells
which can stay.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from .cache import Cache, digest

Stamp = tuple[str, int, int, int]
"""Of a file in a site: the name of its content among the cache's objects, its size, its time in nanoseconds, its inode."""
Notes = dict[str, Stamp]
"""By path from the site's root."""


def arrange(folder: Path, objects: Mapping[str, str], staged: Path, notes: Mapping[str, Stamp], cache: Cache) -> Notes:
    """Make a folder hold the objects and what is staged, and nothing else.

    Args:
        folder: the site's; what it holds may be removed.
        objects: by path in the site, the name of the object that is to be there.
        staged: a folder whose files go into the site, in place of objects at the same path. It is empty afterwards.
        notes: what was noted when this folder was last arranged; nothing of a new one.
        cache: has the objects.

    Returns:
        Notes for the next time.

    Raises:
        LostError: an object is gone.
    """
    ready = _files(staged)
    found = _files(folder)
    done: Notes = {}
    made = {""}
    for path in found.keys() - (objects.keys() | ready.keys()):
        (folder / path).unlink()
    for path in ready:
        source = staged / path
        name = digest(source.read_bytes()).hex()
        if path in found and _holds(notes.get(path), name, found[path]):
            done[path] = notes[path]
            continue
        target = _free(folder, path, path in found, made)
        os.replace(source, target)
        done[path] = _stamp(name, os.lstat(target))
    for path, name in objects.items():
        if path in ready:
            continue
        if path in found and _holds(notes.get(path), name, found[path]):
            done[path] = notes[path]
            continue
        target = _free(folder, path, path in found, made)
        done[path] = _stamp(name, cache.link(name, target))
    _remove_empty(folder, done)
    shutil.rmtree(staged, ignore_errors=True)
    return done


SEARCH = "pagefind"
"""A folder of the site that somebody else sees to."""


def _files(folder: Path) -> dict[str, os.stat_result]:
    """Every file below a folder, by its path from there. What is neither file nor folder is removed."""
    found: dict[str, os.stat_result] = {}
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
                    found[path] = entry.stat(follow_symlinks=False)
                else:
                    os.unlink(entry.path)
    return found


def _holds(noted: Stamp | None, name: str, found: os.stat_result) -> bool:
    return noted == _stamp(name, found)


def _stamp(name: str, found: os.stat_result) -> Stamp:
    return name, found.st_size, found.st_mtime_ns, found.st_ino


def _free(folder: Path, path: str, is_taken: bool, made: set[str]) -> str:
    """A file's place, with a folder to be in and nothing there yet. A folder in its way, or a file in that of a folder, goes."""
    target = f"{folder}/{path}"
    parent = path.rpartition("/")[0]
    if parent not in made:
        try:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            for end in range(len(parent) + 1):
                if end == len(parent) or parent[end] == "/":
                    step = f"{folder}/{parent[:end]}"
                    if os.path.lexists(step) and not os.path.isdir(step):
                        os.unlink(step)
            os.makedirs(f"{folder}/{parent}", exist_ok=True)
        made.add(parent)
    if is_taken:
        os.unlink(target)
    elif os.path.isdir(target):
        shutil.rmtree(target)
    return target


def _remove_empty(folder: Path, kept: Mapping[str, object]) -> None:
    """Remove folders in which nothing is left."""
    needed = {"", SEARCH}
    for path in kept:
        parent = path.rpartition("/")[0]
        while parent not in needed:
            needed.add(parent)
            parent = parent.rpartition("/")[0]
    root = os.fspath(folder)
    for here, names, _ in os.walk(root):
        inside = os.path.relpath(here, root)
        for name in list(names):
            if inside == SEARCH or inside.startswith(f"{SEARCH}/"):
                continue
            path = name if inside == "." else f"{inside}/{name}"
            if path not in needed:
                shutil.rmtree(f"{root}/{path}")
                names.remove(name)
