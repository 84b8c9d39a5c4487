"""The records as a ledger keeps them, each in memory only while it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .kinds import Kind
from .ledger import Key, Ledger
from .load import Loaded
from .mentions import Row
from .parse import Document
from .records import Record

RECORDS_KEPT = 3_000
"""Records in memory; a sheet of the usual size takes some 60 kB."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a ledger keeps of a record's file.

    Attributes:
        record: the record.
        path: its file, as problems name it.
        data: its tree, where it has a history: earlier versions are found from it.
    """

    record: Record
    path: str
    data: dict[str, Any] | None


def kept(loaded: Loaded) -> Kept:
    """What to keep of a record."""
    return Kept(loaded.record, loaded.document.path, loaded.document.data if loaded.record.updates else None)


class LedgerShelf:
    """A shelf for views."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger, in which nothing changes meanwhile."""
        self._ledger = ledger
        self._kept = lru_cache(maxsize=RECORDS_KEPT)(ledger.read)
        self._ids: dict[str, list[str]] = {}
        self._there: set[Key] = set()
        for kind, record_id in ledger.digests():
            self._ids.setdefault(kind, []).append(record_id)
            self._there.add((kind, record_id))
        self.mentions = lru_cache(maxsize=200)(self._mentions)

    def ids(self, kind: Kind) -> Sequence[str]:
        """All of a kind, in order."""
        return self._ids.get(kind, ())

    def record(self, kind: Kind, record_id: str) -> Record | None:
        """One of them."""
        found = self._kept((kind, record_id)) if (kind, record_id) in self._there else None
        return found.record if found else None

    def loaded(self, kind: Kind, record_id: str) -> Loaded | None:
        """The same with its tree, where it has a history."""
        found = self._kept((kind, record_id)) if (kind, record_id) in self._there else None
        return Loaded(kind, found.record, Document(found.path, found.data or {}, {})) if found else None

    def _mentions(self, relation: str, key: str) -> Sequence[Row]:
        """What is said of something, in order of who says it."""
        return self._ledger.mentions(relation, key)
