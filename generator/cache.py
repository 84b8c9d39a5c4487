"""What builds remember from one to the next, in a folder that anybody may delete at any time.

Everything in it is found by a digest of all that it was made from, so nothing in it can be out of date: what rests on
something else has another digest and is not found. There are entries, small values in a database, and objects, the
finished files of a site, each by the digest of its own content. Two builds may use the folder at once. When anything
in it is not as it was left, it counts as not there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .database import discard, is_damaged, opened
from .disk import is_abandoned, naming, owner, remove
from .errors import BriefbookError
from .hashing import digest
from .kept_values import pickled, unpickled

FORM = "1"
"""Changes with the form of what is kept; another form is another folder."""
LIMIT = 2 * 1024**3
"""Bytes of files by which it may grow before what the last site has no use for is thrown away."""
WAIT = 20
"""Seconds that one build waits for another that writes."""
TOGETHER = 2_000
"""So many values are written at once."""
FEW = 1_000
"""Objects that are looked up one by one."""
GROWN = "grown"
"""The entry that says how many bytes of objects were written since some were thrown away: beside these, entries are little."""


def forget(folder: Path) -> None:
    """Delete all that builds remember. The folder may be a link to another disk, and stays one."""
    if folder.is_dir():
        for path in folder.iterdir():
            remove(path)
    else:
        remove(folder)


class LostError(BriefbookError):
    """Something that was kept a moment ago is gone: somebody deletes the cache while a build uses it."""


class Cache:
    """The folder, as one build uses it."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """Open it, and make it if need be.

        Args:
            folder: where.
            limit: by how many bytes it may grow before something is thrown away.

        Raises:
            OSError: it can be neither made nor written.
        """
        self.folder = folder
        self.home: object = None
        """Whatever must last as long as this."""
        self._folder = folder / FORM
        self._objects = self._folder / "objects"
        self._aside = self._folder / "aside"
        """Where objects are before they are whole."""
        self._root = os.fspath(self._objects)
        self._limit = limit
        self._used: set[tuple[str, bytes]] = set()
        self._still_used: list[tuple[Iterable[str], Iterable[tuple[str, bytes]]]] = []
        self._checked: dict[str, bool] = {}
        self._folders: set[str] = set()
        self._entries: dict[tuple[str, bytes], bytes] = {}
        self._stamps: dict[str, tuple[int, int]] = {}
        self._known: dict[str, tuple[int, int]] | None = None
        self._asked = 0
        self._written = 0
        folder.parent.mkdir(parents=True, exist_ok=True)
        for each in (folder, self._folder, self._objects, self._aside):
            _make_folder(each)
        self._clear_aside()
        self._process = 0
        self._connection: sqlite3.Connection | None = None
        _ = self._database

    def _clear_aside(self) -> None:
        """Remove what builds have left there that were killed."""
        for file in self._aside.iterdir():
            if is_abandoned(file.name):
                remove(file)

    @property
    def _database(self) -> sqlite3.Connection:
        """A connection of this very process: one must not be taken along when it forks."""
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = self._open()
        return self._connection

    def _open(self) -> sqlite3.Connection:
        file = self._folder / "entries.sqlite"
        try:
            return _opened(file)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            discard(file)
            return _opened(file)

    # --- entries ---------------------------------------------------------------------------------------

    def get(self, stage: str, key: bytes) -> Any:
        """What was put there; None when nothing was, or it is not as it was left.

        Raises:
            sqlite3.DatabaseError: the database is damaged.
        """
        self._used.add((stage, key))
        if (stage, key) in self._entries:
            return unpickled(self._entries[stage, key])
        try:
            row = self._database.execute("SELECT value FROM entry WHERE stage = ? AND key = ?", (stage, key)).fetchone()
        except sqlite3.OperationalError:
            return None
        value = _unsealed(stage, key, row[0]) if row else None
        return None if value is None else unpickled(value)

    def was_put(self, stage: str, key: bytes) -> bool:
        """Whether there is something, unread."""
        try:
            return bool(self._database.execute("SELECT 1 FROM entry WHERE stage = ? AND key = ?", (stage, key)).fetchone())
        except sqlite3.OperationalError:
            return False

    def put(self, stage: str, key: bytes, value: object) -> None:
        """Keep a value, in place of the one before."""
        self._used.add((stage, key))
        self._entries[stage, key] = pickled(value)
        if len(self._entries) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write down what was put so far, for this build's other processes, and for other builds.

        It is written in one short transaction, since another build may be waiting. What cannot be written is made again
        next time.
        """
        entries = [(stage, key, _seal(stage, key, value) + value) for (stage, key), value in self._entries.items()]
        objects = [(name, *stamp) for name, stamp in self._stamps.items()]
        self._entries.clear()
        self._written += sum(size for _, size, _ in objects)
        if self._known is not None:
            self._known |= self._stamps
        self._stamps.clear()
        if not entries and not objects:
            return
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", entries)
            self._database.executemany("INSERT OR REPLACE INTO object VALUES (?, ?, ?)", objects)
            self._database.execute("COMMIT")
        except sqlite3.DatabaseError:
            with contextlib.suppress(sqlite3.DatabaseError):
                self._database.execute("ROLLBACK")

    # --- objects ---------------------------------------------------------------------------------------

    def keep(self, content: bytes) -> str:
        """Keep a file's content; returns its name among the objects."""
        name = digest(content).hex()
        if not self.has(name):
            self.know(name, self.write(name, content))
        return name

    def write(self, name: str, content: bytes) -> tuple[int, int]:
        """Write an object without noting it, as a process beside the first one does; returns what `know` is to be told.

        Args:
            name: a digest of the content.
            content: the object.

        Raises:
            LostError: the folder is gone.
            OSError: the disk is full.
        """
        try:
            return self._write(name, content)
        except FileNotFoundError as error:
            raise LostError(f"{error.filename}: gone") from error

    def _write(self, name: str, content: bytes) -> tuple[int, int]:
        file = self._file(name)
        folder = os.path.dirname(file)
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        handle, aside = tempfile.mkstemp(prefix=owner(), dir=self._aside)
        try:
            with open(handle, "wb") as stream, naming(file):
                stream.write(content)
                stream.flush()
            os.chmod(aside, 0o644)
            try:
                os.link(aside, file)
            except FileExistsError:
                # Another process may have written it just now: then its time is noted already, and stays.
                if self._holds(file, content):
                    os.unlink(aside)
                else:
                    os.replace(aside, file)
            except OSError:  # a file system without links
                os.replace(aside, file)
            else:
                os.unlink(aside)
            found = os.lstat(file)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(aside)
            raise
        return found.st_size, found.st_mtime_ns

    @staticmethod
    def _holds(file: str, content: bytes) -> bool:
        with contextlib.suppress(OSError), open(file, "rb") as stream:
            return stream.read() == content
        return False

    def know(self, name: str, stamp: tuple[int, int]) -> None:
        """Note an object that was written: its size and time."""
        self._checked[name] = True
        self._stamps[name] = stamp
        if len(self._stamps) >= TOGETHER:
            self.flush()

    def has(self, name: str) -> bool:
        """Whether an object is there as it was left."""
        if name not in self._checked:
            try:
                self._checked[name] = self._is_as_left(name, os.lstat(self._file(name)))
            except OSError:
                self._checked[name] = False
        return self._checked[name]

    def found(self, name: str) -> Path:
        """Where an object is. Nobody may write into it.

        Raises:
            LostError: it is gone, or is not as it was left.
        """
        if not self.has(name):
            raise LostError(f"{self._file(name)}: gone, or not as it was left")
        return Path(self._file(name))

    def _is_as_left(self, name: str, found: os.stat_result) -> bool:
        """Whether a file is an object as it was noted.

        Where its stamp is another, or was not noted because a build was killed, what is in it tells: its name is a digest of that.
        """
        if not stat.S_ISREG(found.st_mode):
            return False
        stamp = found.st_size, found.st_mtime_ns
        noted = self._stamps.get(name) or self._noted(name)
        if noted == stamp:
            return True
        try:
            with open(self._file(name), "rb") as stream:
                is_same = digest(stream.read()).hex() == name
        except OSError:
            return False
        if is_same:
            self.know(name, stamp)
        return is_same

    def _noted(self, name: str) -> tuple[int, int] | None:
        """The stamp of an object: those of a few are looked up, those of many are all read at once."""
        try:
            if self._known is None and self._asked < FEW:
                self._asked += 1
                found: tuple[int, int] | None = self._database.execute("SELECT size, mtime FROM object WHERE name = ?", (name,)).fetchone()
                return found
            if self._known is None:
                self._known = {name: (size, time) for name, size, time in self._database.execute("SELECT * FROM object")}
        except sqlite3.OperationalError:
            self._known = {}
        return self._known.get(name)

    def link(self, name: str, target: str) -> os.stat_result:
        """Put an object's file into a site, where no file is yet; returns what the system says of that file.

        Raises:
            LostError: the object is gone, or is not as it was left.
        """
        source = self._file(name)
        try:
            try:
                os.link(source, target)
            except OSError:
                # Another file system, one without links, or more links than it allows.
                shutil.copy2(source, target)
        except FileNotFoundError as error:
            if not os.path.exists(source):
                raise LostError(f"{source}: gone") from error
            raise
        found = os.lstat(target)
        if not self._is_as_left(name, found):
            os.unlink(target)
            raise LostError(f"{source}: not as it was left")
        return found

    def _file(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name[2:]}"

    def compiled(self, code: bytes) -> Path:
        """A folder for templates that were compiled by this code; those of other code go."""
        folder = self._folder / "templates" / code.hex()
        if not folder.is_dir():
            remove(folder.parent)
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    # --- the end ---------------------------------------------------------------------------------------

    def still_used(self, objects: Iterable[str], entries: Iterable[tuple[str, bytes]]) -> None:
        """Say what a site is made of, whether or not anybody asked for it now. Without that, nothing is thrown away."""
        self._still_used.append((objects, entries))

    def close(self) -> None:
        """Keep what was put, and throw away what is too much."""
        self.flush()
        if self._written:
            with contextlib.suppress(sqlite3.DatabaseError):
                grown = (self.get(GROWN, b"") or 0) + self._written
                if self._still_used and grown > self._limit:
                    self._prune()
                    grown = 0
                self.put(GROWN, b"", grown)
                self.flush()
        self._database.close()
        with contextlib.suppress(OSError):
            self._clear_aside()  # once more: of a killed build some process may have ended only after we began

    def _prune(self) -> None:
        """Throw away what this build neither made nor asked for, and the site does not need."""
        database, needed = self._database, set[str]()
        for objects, entries in self._still_used:
            needed.update(objects)
            self._used.update(entries)
        database.execute("BEGIN IMMEDIATE")
        for stage, key in database.execute("SELECT stage, key FROM entry").fetchall():
            if (stage, key) not in self._used:
                database.execute("DELETE FROM entry WHERE stage = ? AND key = ?", (stage, key))
        for (name,) in database.execute("SELECT name FROM object").fetchall():
            if name not in self._checked and name not in needed:
                database.execute("DELETE FROM object WHERE name = ?", (name,))
                Path(self._file(name)).unlink(missing_ok=True)
        database.execute("COMMIT")
        pages, free = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
        if free > pages / ROOM:  # else it is for what comes: to write the database anew takes longer than a build
            database.execute("VACUUM")


ROOM = 2
"""Of so many pages of the database one may be empty."""
SEAL = 8
"""Bytes before each value that tell whether it is as it was left: a damaged database may well be one still."""


def _seal(stage: str, key: bytes, value: bytes) -> bytes:
    return digest(stage, key, value)[:SEAL]


def _unsealed(stage: str, key: bytes, kept: object) -> bytes | None:
    if not isinstance(kept, bytes) or kept[:SEAL] != _seal(stage, key, kept[SEAL:]):
        return None
    return kept[SEAL:]


def _make_folder(path: Path) -> None:
    """Have a folder there, whatever else is in its place. What another process has just put there stays."""
    if not path.is_dir():
        with contextlib.suppress(IsADirectoryError, PermissionError):
            path.unlink(missing_ok=True)
        path.mkdir(exist_ok=True)


def _opened(file: Path) -> sqlite3.Connection:
    database = opened(file, WAIT)
    try:
        database.execute("CREATE TABLE IF NOT EXISTS entry (stage TEXT, key BLOB, value BLOB, PRIMARY KEY (stage, key))")
        database.execute("CREATE TABLE IF NOT EXISTS object (name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER) WITHOUT ROWID")
    except BaseException:
        database.close()
        raise
    return database
