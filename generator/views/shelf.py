"""Where the records stand that views read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Protocol

from ..catalog import Catalog
from ..kinds import Kind
from ..load import Loaded
from ..mentions import CONCERNS, Mention, Row, broken_mentions, mentions
from ..parse import Document
from ..records import Record
from .excerpts import Excerpt, excerpts, stands
from .library import Key

ORDER: tuple[Kind, ...] = ("briefing", "source", "actor", "person", "place", "measure")
"""The kinds of record in the order in which what they say of others is listed."""


class Shelf(Protocol):
    """Where the records stand."""

    def ids(self, kind: Kind) -> Sequence[str]:
        """All of a kind, in order."""

    def record(self, kind: Kind, record_id: str) -> Record | None:
        """One of them."""

    def loaded(self, kind: Kind, record_id: str) -> Loaded | None:
        """The same with the file that it is from, where it is from one."""

    def stands(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that was not withdrawn."""

    def excerpt(self, kind: Kind, record_id: str, name: str) -> Excerpt | None:
        """What is told of one, or a part of it, by the name that `excerpts` gives it."""

    def is_broken(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that cannot be read."""

    def broken(self, kind: Kind, record_id: str) -> Broken | None:
        """What there is of it."""

    def broken_keys(self) -> Sequence[Key]:
        """All of these."""

    def mentions(self, relation: str, key: str) -> Sequence[Row]:
        """What is said of something, in order of who says it."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, with its tree if its file could be parsed."""

    document: Document | None


class InMemory:
    """A shelf of records that are all in memory."""

    def __init__(self, catalog: Catalog, more: Callable[[], Iterable[Mention]] = tuple) -> None:
        """Take the records, the withdrawn ones included, and what else is said of things, which may rest on them."""
        self._catalog, self._more = catalog, more
        self._excerpts: dict[Key, dict[str, Excerpt]] = {}

    def ids(self, kind: Kind) -> Sequence[str]:
        """All of a kind, in order."""
        return tuple(self._catalog.of_kind(kind))

    def record(self, kind: Kind, record_id: str) -> Record | None:
        """One of them."""
        return self._catalog.of_kind(kind).get(record_id)

    def loaded(self, kind: Kind, record_id: str) -> Loaded | None:
        """The same with the file that it is from, where it is from one."""
        return self._catalog.documents.get((kind, record_id))

    def stands(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that was not withdrawn."""
        return stands(kind, self.record(kind, record_id))

    def excerpt(self, kind: Kind, record_id: str, name: str) -> Excerpt | None:
        """What is told of one, or a part of it, by the name that `excerpts` gives it."""
        key = (kind, record_id)
        if key not in self._excerpts:
            record = self.record(kind, record_id)
            self._excerpts[key] = excerpts(kind, record) if record else {}
        return self._excerpts[key].get(name)

    def is_broken(self, kind: Kind, record_id: str) -> bool:
        """Whether there is one that cannot be read."""
        return (kind, record_id) in self._catalog.broken

    def broken(self, kind: Kind, record_id: str) -> Broken | None:
        """What there is of it."""
        return Broken(self._catalog.broken[kind, record_id]) if self.is_broken(kind, record_id) else None

    def broken_keys(self) -> Sequence[Key]:
        """All of these."""
        return tuple(self._catalog.broken)

    def mentions(self, relation: str, key: str) -> Sequence[Row]:
        """What is said of something, in order of who says it."""
        found = self._others if relation == CONCERNS else self._mentions
        return found.get((relation, key), ())

    @cached_property
    def _others(self) -> dict[tuple[str, str], list[Row]]:
        return _by_key(self._more())

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], list[Row]]:
        records = ((kind, record) for kind in ORDER for record in self._catalog.of_kind(kind).values())
        of_records = (mention for kind, record in records for mention in mentions(kind, record))
        of_others = (mention for key, document in self._catalog.broken.items() for mention in broken_mentions(*key, document))
        return _by_key(chain(of_records, of_others))


def _by_key(mentioned: Iterable[Mention]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for relation, key, row in mentioned:
        found.setdefault((relation, key), []).append(row)
    return found
