"""Databases in which builds keep what may be lost: SQLite, in files that anybody may delete, damage or use at the same time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .disk import remove


def opened(file: Path, wait: float, page: int | None = None) -> sqlite3.Connection:
    """A connection that may read while another writes. Nothing begins a transaction by itself.

    Args:
        file: the database, which is made if need be.
        wait: seconds that it waits for another that writes.
        page: bytes that a new database reads at once; by itself, as SQLite has it.

    Raises:
        sqlite3.Error: it can be neither made nor read.
    """
    database = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        if page:
            database.execute(f"PRAGMA page_size={page}")
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
    except BaseException:
        database.close()
        raise
    return database


def discard(file: Path) -> None:
    """Remove a database, with what stands beside it while it is used."""
    for ending in ("", "-wal", "-shm"):
        remove(file.with_name(file.name + ending))


def is_damaged(error: sqlite3.Error) -> bool:
    """Whether what is in the place of a database is none, rather than that the system is busy or full."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN  # such as a folder
    return isinstance(error, sqlite3.DatabaseError)
