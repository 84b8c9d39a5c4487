"""Digests of what pages depend on besides records: this package, the others, and folders of the project."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from .hashing import digest

PACKAGE = Path(__file__).parent


@cache
def of_code() -> bytes:
    """This package as it is installed, the Python that runs it, and the names and versions of all that it can import."""
    return digest(sys.version, *of_packages(sys.path), of_folder(PACKAGE, lambda name: not name.endswith(".pyc")))


def of_packages(folders: Iterable[str]) -> list[str]:
    """Every installed package with its version: the names of the folders in which their metadata stand."""
    found = set[str]()
    for folder in folders:
        if os.path.isdir(folder):
            found |= {name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))}
    return sorted(found)


def of_folder(folder: Path, counts: Callable[[str], bool] = lambda name: True) -> bytes:
    """The files below a folder, by name and content; one that is missing has none.

    Args:
        folder: where.
        counts: whether a file of that name does.
    """
    parts: list[str | bytes] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if counts(name):
                file = Path(here, name)
                parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return digest(*parts)
