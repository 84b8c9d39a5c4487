"""The records as a ledger keeps them, each in memory only while it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from .cache import LostError
from .errors import Problem
from .kinds import Kind
from .ledger import Ledger
from .ledger_entries import Key
from .load import Found, Loaded, tree_of
from .mentions import Row
from .parse import Document, Mark
from .records import Record
from .views.excerpts import Excerpt
from .views.shelf import Broken

RECORDS_KEPT = 1_000
"""Records in memory; a sheet of the usual size takes some 60 kB."""
EXCERPTS_KEPT = 20_000
"""What others are told of records, in memory: a few kB each."""
ROWS_KEPT = 200
"""Lists of mentions in memory."""
BROKEN_KEPT = 100
"""Files in memory that are no records: each is asked for once for each of its problems."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a ledger keeps of a record's file.

    Attributes:
        record: the record; None when it cannot be read.
        found: the file.
        problems: what was wrong with it by itself.
    """

    record: Record | None
    found: Found
    problems: tuple[Problem, ...] = ()


class FileOfRecord:
    """A record's file, read when somebody asks for places in it. It stands for a `Document`."""

    def __init__(self, kept: Kept, data: Callable[[], dict[str, Any] | None]) -> None:
        """Take what is kept of it, and how its tree is found."""
        self._kept, self._data = kept, data
        self._read: Document | None = None
        self.path = kept.found.shown

    @property
    def data(self) -> dict[str, Any]:
        """Its tree."""
        found = self._data()
        return self._document.data if found is None else found

    @property
    def marks(self) -> dict[tuple[str | int, ...], Mark]:
        """The place of everything in it."""
        return self._document.marks

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)

    @property
    def _document(self) -> Document:
        if self._read is None:
            self._read = tree_of(self._kept.found) or Document(self.path, {}, {})
        return self._read


class LedgerShelf:
    """A shelf for views."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger, in which no record changes meanwhile."""
        self._ledger = ledger
        self._kept = lru_cache(maxsize=RECORDS_KEPT)(self._read)
        self._excerpts = lru_cache(maxsize=EXCERPTS_KEPT)(ledger.excerpt)
        self._rows = lru_cache(maxsize=ROWS_KEPT)(ledger.mentions)
        self._read_again = lru_cache(maxsize=BROKEN_KEPT)(self._broken_file)
        self._loaded: dict[Key, Loaded] = {}
        self._ids: dict[str, list[str]] = {}
        self._broken: dict[Key, None] = {}
        self._standing: set[Key] = set()
        for key, is_broken, is_standing in ledger.there():
            if is_broken:
                self._broken[key] = None
            else:
                self._ids.setdefault(key[0], []).append(key[1])
            if is_standing:
                self._standing.add(key)
        self._there: Mapping[str, frozenset[str]] = {kind: frozenset(ids) for kind, ids in self._ids.items()}

    def _read(self, key: Key) -> Kept:
        kept = self._ledger.read(key)
        if not isinstance(kept, Kept):
            raise LostError(f"what is kept of {'/'.join(key)} is not as it was left")
        return kept

    def kept(self, key: Key) -> Kept:
        """What is kept of a record, or of what should be one."""
        return self._kept(key)

    def ids(self, kind: Kind) -> Sequence[str]:
        """All of a kind, in order."""
        return self._ids.get(kind, ())

    def record(self, kind: Kind, record_id: str) -> Record | None:
        """One of them."""
        return self._kept((kind, record_id)).record if record_id in self._there.get(kind, ()) else None

    def loaded(self, kind: Kind, record_id: str) -> Loaded | None:
        """The same with its file."""
        if record_id not in self._there.get(kind, ()):
            return None
        kept = self._kept((kind, record_id))
        assert kept.record
        return Loaded(kind, kept.record, self.file((kind, record_id)))

    def stands(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that was not withdrawn."""
        return (kind, record_id) in self._standing

    def excerpt(self, kind: Kind, record_id: str, name: str) -> Excerpt | None:
        """What is told of one, or a part of it, by the name that `excerpts` gives it."""
        found: Excerpt | None = self._excerpts((kind, record_id), name)
        return found

    def file(self, key: Key) -> Document:
        """A record's file."""
        return cast(Document, FileOfRecord(self._kept(key), lambda: self._ledger.data(key)))

    def is_broken(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that cannot be read."""
        return (kind, record_id) in self._broken

    def broken(self, kind: Kind, record_id: str) -> Broken | None:
        """What there is of it."""
        return self._read_again((kind, record_id)) if self.is_broken(kind, record_id) else None

    def _broken_file(self, key: Key) -> Broken:
        found = self._kept(key).found
        return Broken(None if found.misnamed else tree_of(found))

    def broken_keys(self) -> Sequence[Key]:
        """All of these."""
        return tuple(self._broken)

    def mentions(self, relation: str, key: str) -> Sequence[Row]:
        """What is said of something, in order of who says it."""
        return self._rows(relation, key)
