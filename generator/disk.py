"""What is done with files and folders wherever they are."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def naming(file: str) -> Iterator[None]:
    """Have errors say which file: the system does not when a disk is full."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or file
        raise


_MARK = secrets.token_hex(4)
"""Of this program's run: in a container the next one may well have the same number."""


def owner() -> str:
    """What the names of files begin with, or go on with, that this process will put in their places or remove."""
    return f"{os.getpid()}-{_MARK}-"


def is_abandoned(name: str, prefix: str = "") -> bool:
    """Whether the process has ended whose name stands in a file's, behind a prefix."""
    pid, dash, rest = name.removeprefix(prefix).partition("-")
    if not (dash and pid.isascii() and pid.isdecimal()):
        return False
    if int(pid) == os.getpid():
        return not rest.startswith(f"{_MARK}-")
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return _is_only_listed(pid)


def _is_only_listed(pid: str) -> bool:
    """Whether a process has ended and keeps its number for want of somebody who asks how, as it is in many containers."""
    try:
        return Path("/proc", pid, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] in ("Z", "X")  # see proc(5)
    except (OSError, ValueError, IndexError):
        return False  # gone just now, or no Linux
