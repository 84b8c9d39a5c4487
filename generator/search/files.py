"""Files in two places at once, and files that are whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..disk import is_abandoned, owner, remove


def link(source: Path, target: Path) -> None:
    """Have a file in another place too, as the same file where that can be.

    Nobody may write into either: it would change both. A new file under the old name is no such writing.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, target)


Stamp = tuple[int, int]
"""The size of a file and the time of its last writing, in nanoseconds."""


def stamp(found: os.stat_result) -> Stamp:
    """By what can be told that a file is as it was."""
    return found.st_size, found.st_mtime_ns


class Links(NamedTuple):
    """What makes a folder hold all files of another one, and nothing else.

    Attributes:
        gone: files that are too much in it.
        new: files that it lacks, or has otherwise.
    """

    gone: list[str]
    new: list[str]


def links(source: Path, target: Path, files: Mapping[str, Stamp], apart: str) -> Links:
    """Compare a folder with one whose files it is to have. What it has of them stays.

    Args:
        source: that one.
        target: the folder; need not be there.
        files: of that one, from there, with their stamps.
        apart: a folder in the target that is somebody else's.

    Raises:
        OSError: one is not there, or not as it was.
    """
    there = {path: inode for path, inode in _inodes(target).items() if not path.startswith(f"{apart}/")}
    gone, new = list(there.keys() - files.keys()), []
    is_near = target.exists() and source.stat().st_dev == target.stat().st_dev
    for path, known in files.items():
        # Ten thousand of them: as plain text, since paths as objects take four times as long.
        found = os.stat(f"{source}/{path}")  # noqa: PTH116 - see above
        if stamp(found) != known:
            raise OSError(f"{path} is not as it was")
        if not is_near or there.get(path) != found.st_ino:
            new.append(path)
            if path in there:
                gone.append(path)
    return Links(gone, new)


def link_all(source: Path, target: Path, needed: Links) -> None:
    """Have all files of a folder in another one too.

    Args:
        source: the folder.
        target: the other one.
        needed: what that takes.

    Raises:
        OSError: a file is not there, or is already there.
    """
    for path in needed.gone:
        (target / path).unlink()
    for folder in {path.rpartition("/")[0] for path in needed.new}:
        (target / folder).mkdir(parents=True, exist_ok=True)
    for path in needed.new:
        try:
            os.link(f"{source}/{path}", f"{target}/{path}")
        except OSError:
            link(source / path, target / path)


def _inodes(folder: Path) -> dict[str, int]:
    """Everything below a folder that is no folder, by its path from there; nothing where it is not there."""
    found: dict[str, int] = {}
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(f"{folder}/{here}") as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{here}{entry.name}/")
                    else:
                        found[f"{here}{entry.name}"] = entry.inode()
        except FileNotFoundError:
            if here:
                raise  # somebody is taking it away
    return found


def as_json(value: Any) -> bytes:
    """The same value, the same bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest(data: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(data).hexdigest()


def aside_of(file: Path, word: str = "new") -> Path:
    """Where a file or folder is before or after it is in its place. Its name tells of the process that will see to that."""
    return file.with_name(f".{owner()}{file.name}-{word}")


def clear_aside(folder: Path) -> None:
    """Remove what is aside there of processes that were killed.

    Raises:
        OSError: the folder is not there.
    """
    for each in folder.iterdir():
        if each.name.startswith(".") and is_abandoned(each.name, "."):
            remove(each)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file aside, then put it in its place in one step."""
    aside = aside_of(file)
    try:
        aside.write_bytes(data)
        if file.is_dir():
            remove(file)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
