"""What the last build of a site read and made, so that the next one makes only what an edit touches.

A site is made in units of work, such as all that is made of one record. Whatever a unit asks of the records is noted as a
question. When a record changes, the questions are found that have another answer now, and with them the units to be done
again. All of it is in one database, which is always in step with itself: an interrupted build goes on where it stopped.
"""

from __future__ import annotations

import os
import re
import sqlite3
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from .cache import LostError
from .database import discard, is_damaged, opened
from .hashing import digest
from .kept_values import pickled, squeezed, unpickled, unsqueezed
from .ledger_entries import Done, Entry, Key
from .mentions import Mention, Row

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, digest BLOB, broken INTEGER, stands INTEGER, stamp TEXT,
    answers BLOB, read BLOB, refs BLOB, data BLOB, PRIMARY KEY (kind, id));
CREATE INDEX IF NOT EXISTS record_seen ON record (kind, id, digest, broken, stands, stamp);
CREATE TABLE IF NOT EXISTS excerpt (kind TEXT, id TEXT, name TEXT, value BLOB, PRIMARY KEY (kind, id, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mention (relation TEXT, key TEXT, rank INTEGER, owner TEXT, rows BLOB,
    PRIMARY KEY (relation, key, rank, owner)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mention_owner ON mention (owner);
CREATE TABLE IF NOT EXISTS unit (number INTEGER PRIMARY KEY, name TEXT UNIQUE, answers BLOB, todo INTEGER, asked BLOB);
CREATE INDEX IF NOT EXISTS unit_todo ON unit (number) WHERE todo;
CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked (question INTEGER, unit INTEGER, PRIMARY KEY (question, unit)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked_since (question INTEGER, unit INTEGER);
CREATE TABLE IF NOT EXISTS answered_since (question INTEGER);
CREATE TABLE IF NOT EXISTS piece (path TEXT, unit TEXT, place INTEGER, data BLOB, PRIMARY KEY (path, unit, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_unit ON piece (unit);
CREATE TABLE IF NOT EXISTS replaced (number INTEGER PRIMARY KEY, path TEXT, old BLOB, new BLOB);
"""
_FORM = zlib.crc32(_TABLES.encode()) & 0x7FFFFFFF
"""Stands for the form of the tables in the database itself."""
FEW = 3
"""So many pieces of a file are looked up in it and replaced: each takes a fifth of what it takes to put together all."""
_NAMES = re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", _TABLES)
PAGE = 8192
"""Bytes that are read from the disk at once, in a new database: what a page of the site needs is in a few places, each with a list."""
WAIT = 60
"""Seconds that it waits for another process that writes."""
RANKS: Mapping[str, int] = {"briefing": 0, "source": 1, "actor": 2, "person": 3, "place": 4, "measure": 5}
"""The order of mentions by the kind of record that makes them."""
SAME_READ = 100
"""So many values are not unpacked again at once."""
AFTER_RECORDS = 9
"""That of those that units make."""


class Ledger:
    """The database of one site. Only one process may change it at a time; those that it forks may read."""

    def __init__(self, file: Path) -> None:
        """Open it, and make it if need be.

        Raises:
            sqlite3.Error, OSError: it can be neither made nor read.
        """
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        self._process = 0
        self._connection: sqlite3.Connection | None = None
        try:
            is_ours = self._database.execute("PRAGMA user_version").fetchone()[0] in (0, _FORM)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            is_ours = False
        if not is_ours:
            # No database any more, or one of another form: begin again with an empty one.
            self.close()
            discard(file)
        self._is_emptied = not is_ours
        self._database.executescript(f"{_TABLES}; PRAGMA user_version = {_FORM}")

    @property
    def _database(self) -> sqlite3.Connection:
        """A connection of this very process: one must not be taken along when it forks."""
        if self._connection is None or self._process != os.getpid():
            self._connection = opened(self._file, WAIT, PAGE)
            self._process = os.getpid()
        return self._connection

    def close(self) -> None:
        """Let go of it."""
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    # --- what it was made with ------------------------------------------------------------------------

    def begin(self, code: bytes) -> bool:
        """Empty the database, unless it was filled by the same code.

        Returns:
            Whether there was something in it, which the next build has to make again.
        """
        with self._noting("code", code) as is_other:
            is_emptied = is_other and self._is_any("unit")
            for table in _NAMES if is_other else ():
                self._database.execute(f"DELETE FROM {table}")
        return is_emptied or self._is_emptied

    def made_with(self, name: str, value: bytes, units: Iterable[str] = (), asked: Iterable[int] = ()) -> None:
        """Note what units are made with; where that is not what it was, they have to be done again.

        Args:
            name, value: what it is.
            units: what the names of those begin with that rest on it.
            asked: the questions of others that it answers.
        """
        with self._noting(name, value) as is_other:
            if is_other:
                self._drop(self.names(units))
                self._database.execute("DELETE FROM meta WHERE name GLOB 'file *'")  # one without pieces rests on the same
                self._concern(asked)

    @contextmanager
    def _noting(self, name: str, value: bytes) -> Iterator[bool]:
        """Whether a value is another than it was: it is noted together with whatever is done because of it, or not at all."""
        with self._together() as database:
            row = database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
            yield row is None or row[0] != value
            database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _together(self) -> sqlite3.Connection:
        self._database.execute("BEGIN IMMEDIATE")
        return self._database  # commits at the end of `with`, or takes all back

    # --- records --------------------------------------------------------------------------------------

    def digests(self) -> dict[Key, tuple[bytes, str | None]]:
        """Every record, with the digest of its file and by what that can be known unread, in order."""
        found = self._database.execute("SELECT kind, id, digest, stamp FROM record ORDER BY kind, id")
        return {(kind, record_id): (value, stamp) for kind, record_id, value, stamp in found}

    def know(self, stamps: Mapping[Key, str | None]) -> None:
        """Note by what files can be known unread; those that were read again have lost theirs."""
        with self._together() as database:
            database.executemany("UPDATE record SET stamp = ? WHERE kind = ? AND id = ?", [(stamp, *key) for key, stamp in stamps.items()])

    def there(self) -> list[tuple[Key, bool, bool]]:
        """Every record, in order, with whether it is broken, and whether it stands."""
        found = self._database.execute("SELECT kind, id, broken, stands FROM record ORDER BY kind, id")
        return [((kind, record_id), bool(broken), bool(stands)) for kind, record_id, broken, stands in found]

    def refs(self, key: Key) -> Any:
        """A record's references."""
        row = self._database.execute("SELECT refs FROM record WHERE kind = ? AND id = ?", key).fetchone()
        return unpickled(row[0]) if row else ()

    def data(self, key: Key) -> Any:
        """A record's tree; None when its file cannot be parsed."""
        row = self._database.execute("SELECT data FROM record WHERE kind = ? AND id = ?", key).fetchone()
        return unpickled(row[0]) if row else None

    def read(self, key: Key) -> Any:
        """What was read from a record's file; None when there is none."""
        row = self._database.execute("SELECT read FROM record WHERE kind = ? AND id = ?", key).fetchone()
        return unpickled(row[0]) if row else None

    def excerpt(self, key: Key, name: str) -> Any:
        """What others are told of a record, by the name of that; None when there is no such thing."""
        row = self._database.execute("SELECT value FROM excerpt WHERE kind = ? AND id = ? AND name = ?", (*key, name)).fetchone()
        return unpickled(row[0]) if row else None

    def change(self, entries: Iterable[Entry], gone: Iterable[Key]) -> None:
        """Take in what changed, and note which units that concerns."""
        database = self._database
        with self._together():
            concerned = set[int]()
            for key in gone:
                concerned |= self._forget(key).keys()
                database.execute("DELETE FROM record WHERE kind = ? AND id = ?", key)
            for entry in entries:
                before = self._forget(entry.key)
                answers, owner = dict(entry.answers), "/".join(entry.key)
                answers |= self._mention(owner, RANKS[entry.key[0]], entry.mentions)
                concerned |= differing(before, answers)
                database.execute(
                    "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)",
                    (*entry.key, entry.digest, entry.broken, entry.stands, pickled(answers), entry.read, entry.refs, entry.data),
                )
                told = [(*entry.key, name, value) for name, value in entry.excerpts.items()]
                database.executemany("INSERT INTO excerpt VALUES (?, ?, ?, ?)", told)
            self._concern(concerned)

    def _forget(self, key: Key) -> dict[int, bytes]:
        """Take back a record's mentions and excerpts; returns what it answered."""
        row = self._database.execute("SELECT answers FROM record WHERE kind = ? AND id = ?", key).fetchone()
        if row is None:
            return {}
        self._database.execute("DELETE FROM mention WHERE owner = ?", ("/".join(key),))
        self._database.execute("DELETE FROM excerpt WHERE kind = ? AND id = ?", key)
        return unpickled(row[0]) or {}

    def _mention(self, owner: str, rank: int, mentions: Iterable[Mention]) -> dict[int, bytes]:
        """Note mentions; returns what they answer."""
        found: dict[tuple[str, str], list[Row]] = {}
        for relation, key, row in mentions:
            found.setdefault((relation, key), []).append(row)
        packed = [(relation, key, rank, owner, pickled(rows)) for (relation, key), rows in found.items()]
        self._database.executemany("INSERT INTO mention VALUES (?, ?, ?, ?, ?)", packed)
        return {question("mentions", relation, key): digest(repr(rows)) for (relation, key), rows in found.items()}

    def mentions(self, relation: str, key: str) -> list[Row]:
        """All that is said of something, in the order of who says it."""
        found = self._database.execute("SELECT rows FROM mention WHERE relation = ? AND key = ? ORDER BY rank, owner", (relation, key))
        return [row for (rows,) in found for row in unpickled(rows)]

    # --- units ----------------------------------------------------------------------------------------

    def _concern(self, questions: Iterable[int]) -> None:
        """These questions have other answers now: who asked is to be done again."""
        if self._is_any("asked", "asked_since"):
            self._database.executemany("INSERT INTO answered_since VALUES (?)", [(each,) for each in questions])

    def settle(self) -> None:
        """Find the units that are to be done again since the last time.

        Who asked what stands in the order of the questions, which are digests: to put in the questions of each unit by itself would
        write all of that anew, over and over. So they wait, and are put in at once, as they are sorted.
        """
        if self._is_any("asked_since", "answered_since"):
            with self._together():
                self._settle()

    def _settle(self) -> None:
        database = self._database
        database.execute("INSERT OR IGNORE INTO asked SELECT question, unit FROM asked_since ORDER BY question, unit")
        database.execute("DELETE FROM asked_since")
        asking = "SELECT unit FROM answered_since CROSS JOIN asked USING (question)"
        database.execute(f"UPDATE unit SET todo = 1 WHERE number IN ({asking})")
        database.execute("DELETE FROM answered_since")

    def _is_any(self, *tables: str) -> bool:
        return any(self._database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in tables)

    def made(self, prefix: str) -> dict[str, Any]:
        """By name of each unit that begins so and need not be done again: what it made."""
        todo = self.todo()
        # All of them at each build, so they stand together: what units asked is five times as much, and seldom read.
        after = f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}"
        found = self._database.execute("SELECT name, value FROM made WHERE name >= ? AND name < ?", (prefix, after))
        # Most checks found the same: nothing.
        read = lru_cache(SAME_READ)(unpickled)
        return {name: made for name, value in found if name not in todo and (made := read(value)) is not None}

    def todo(self) -> set[str]:
        """The units that have to be done again."""
        self.settle()
        return {name for (name,) in self._database.execute("SELECT name FROM unit WHERE todo")}

    def names(self, prefixes: Iterable[str]) -> set[str]:
        """Every unit that begins so."""
        found = (self._database.execute("SELECT name FROM unit WHERE name GLOB ?", (f"{prefix}*",)) for prefix in prefixes)
        return {name for names in found for (name,) in names}

    def note(self, done: Iterable[Done]) -> None:
        """Take in what units came to, and note which others that concerns."""
        database = self._database
        with self._together():
            concerned = set[int]()
            for each in done:
                row = database.execute("SELECT number, answers, asked FROM unit WHERE name = ?", (each.unit,)).fetchone()
                before = (unpickled(row[1]) or {}) if row else {}
                if before:
                    database.execute("DELETE FROM mention WHERE owner = ?", (each.unit,))
                answers = self._mention(each.unit, AFTER_RECORDS, each.mentions)
                concerned |= differing(before, answers)
                values = (each.unit, pickled(answers), not each.final, _packed(each.asked))
                if row:
                    database.execute("UPDATE unit SET name = ?, answers = ?, todo = ?, asked = ? WHERE number = ?", (*values, row[0]))
                    number = row[0]
                else:
                    new = "INSERT INTO unit (name, answers, todo, asked) VALUES (?, ?, ?, ?)"
                    number = database.execute(new, values).lastrowid
                database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (each.unit, pickled(each.made, plain=True)))
                self._put_asked(number, _unpacked(row[2]) if row else set(), set(each.asked))
                self._put_pieces(each)
            self._concern(concerned)

    def _put_asked(self, unit: int, before: set[int], now: set[int]) -> None:
        """Note what a unit asked. Most is what it asked before."""
        self._database.executemany("DELETE FROM asked WHERE question = ? AND unit = ?", [(each, unit) for each in before - now])
        self._database.executemany("INSERT INTO asked_since VALUES (?, ?)", [(each, unit) for each in now - before])

    def drop(self, units: Iterable[str]) -> None:
        """Forget units that are no more."""
        with self._together():
            self._drop(units)

    def _drop(self, units: Iterable[str]) -> None:
        database, concerned = self._database, set[int]()
        self._settle()
        for unit in units:
            row = database.execute("SELECT number, answers, asked FROM unit WHERE name = ?", (unit,)).fetchone()
            if row:
                concerned |= (unpickled(row[1]) or {}).keys()
                self._put_asked(row[0], _unpacked(row[2]), set())
                database.execute("DELETE FROM unit WHERE number = ?", (row[0],))
                database.execute("DELETE FROM made WHERE name = ?", (unit,))
                database.execute("DELETE FROM mention WHERE owner = ?", (unit,))
                self._put_pieces(Done(unit, (), None))
        self._concern(concerned)

    # --- pieces ---------------------------------------------------------------------------------------

    def _put_pieces(self, done: Done) -> None:
        before = self._database.execute("SELECT path, data FROM piece WHERE unit = ? ORDER BY path, place", (done.unit,)).fetchall()
        now = sorted(((path, squeezed(data)) for path, data in done.pieces), key=lambda piece: piece[0])
        if before == now:
            return
        self._database.execute("DELETE FROM piece WHERE unit = ?", (done.unit,))
        rows = [(path, done.unit, place, data) for place, (path, data) in enumerate(now)]
        self._database.executemany("INSERT INTO piece VALUES (?, ?, ?, ?)", rows)
        old, new = _by_path(before), _by_path(now)
        for path in sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path)):
            match old.get(path, []), new.get(path, []):
                case [[one], [other]] if one and other and self._is_replaced_rarely(path):
                    self._database.execute("INSERT INTO replaced (path, old, new) VALUES (?, ?, ?)", (path, one, other))
                case _:
                    self._database.execute("DELETE FROM meta WHERE name = ?", (f"file {path}",))

    def _is_replaced_rarely(self, path: str) -> bool:
        """Whether it is worth while to note another piece of a file that is not what it was."""
        (count,) = self._database.execute("SELECT COUNT(*) FROM replaced WHERE path = ?", (path,)).fetchone()
        return bool(count < FEW)

    def pieces(self, path: str) -> Iterator[bytes]:
        """All pieces of a file, in the order of the units."""
        try:
            for (data,) in self._database.execute("SELECT data FROM piece WHERE path = ? ORDER BY unit, place", (path,)):
                yield unsqueezed(data)
        except zlib.error as error:
            raise LostError(f"{path}: a piece of it is not as it was left") from error

    def together(self, path: str, make: Callable[[], str], change: Callable[[str, Sequence[tuple[bytes, bytes]]], str | None]) -> str:
        """The object that a file of pieces is: the one before while its pieces are the same.

        Args:
            path: the file.
            make: puts all pieces together.
            change: is given the object before and the pieces in it that are others now, each with that, in the order in which they
                became so; returns None where that does not tell what the file is.
        """
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (f"file {path}",)).fetchone()
        found = self._database.execute("SELECT old, new FROM replaced WHERE path = ? ORDER BY number", (path,)).fetchall()
        if row and not found:
            return str(row[0])
        made = None
        with suppress(zlib.error):  # a piece is not as it was left
            made = change(str(row[0]), [(unsqueezed(old), unsqueezed(new)) for old, new in found]) if row else None
        made = made or make()
        with self._together() as database:
            database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"file {path}", made))
            database.execute("DELETE FROM replaced WHERE path = ?", (path,))
        return made


def _by_path(pieces: Iterable[tuple[str, bytes]]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for path, data in pieces:
        found.setdefault(path, []).append(data)
    return found


def _packed(asked: Iterable[int]) -> bytes:
    return array("q", asked).tobytes()


def _unpacked(asked: bytes) -> set[int]:
    return set(array("q", asked))


def question(*words: str) -> int:
    """The number of a question: two have the same once in 2**63 times, and then too much is done, not too little."""
    return int.from_bytes(digest(*words)[:8], signed=True)


def differing(before: Mapping[int, bytes], now: Mapping[int, bytes]) -> set[int]:
    """Questions whose answers are not the same."""
    return {question for question in before.keys() | now.keys() if before.get(question) != now.get(question)}
