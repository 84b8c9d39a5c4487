"""The records as views read them: each when it is asked for, and noted.

What is noted are questions, such as what stands in a record, what it is called, or what others say of it. Two builds in
which all that a page asked has the same answers give the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from ..catalog import Catalog
from ..edtf import Edtf
from ..kinds import FOLDERS, KINDS, Kind
from ..living import without_withdrawn
from ..load import Loaded
from ..mentions import CONCERNS, SPEAKER, Row
from ..parse import Document
from ..records import Briefing, Claim
from .backlinks import Backlinks
from .excerpts import HEAD, LINE, NAME, part_name, stands
from .library import Key, Library, Occasion, Renames
from .names import Head, Line, Name
from .rows import Relation
from .shelf import Broken, Shelf

K = TypeVar("K")
V = TypeVar("V")
Note = Callable[..., object]
"""Takes the words of a question."""


def library(shelf: Shelf, review_day: Edtf | None = None, note: Note = lambda *words: None) -> Library:
    """The records on a shelf as views read them.

    Args:
        shelf: where they stand.
        review_day: the day by which reviews are judged to be due.
        note: is told each question that is asked.
    """
    read = _Reader(shelf, note)
    whole = Catalog(
        **{FOLDERS[kind]: _Records(read, kind, standing=False) for kind in KINDS},
        claims=_Claims(read, standing=False),
        documents=_Documents(read),
        broken=_BrokenRecords(read),
    )
    catalog = Catalog(
        **{FOLDERS[kind]: _Records(read, kind, standing=True) for kind in KINDS},
        claims=_Claims(read, standing=True),
        documents=whole.documents,
        broken=whole.broken,
    )
    return Library(
        catalog=catalog,
        backlinks=_backlinks(read),
        whole=whole,
        review_day=review_day,
        renames=Renames(
            _Looked(lambda key: read.last("formerly", f"{key[0]}:{key[1]}")),
            _Looked(lambda key: read.last("part_formerly", "#".join(key))),
        ),
        mentions=read.mentions,
        happened=_relation(read, "happened", read.part_in),
        names=_Looked(lambda key: read.name(*key)),
        heads=_Looked(read.head),
        lines=_Looked(read.line),
        parts=_Looked(lambda key: read.part(*key)),
        all_parts=_Looked(lambda key: read.part(*key, standing=False)),
        concerns=_Looked(
            lambda key: [Occasion(row[0], (row[1], row[2]), row[3], row[4]) for row in read.mentions(CONCERNS, ":".join(key))]
        ),
    )


class _Reader:
    """Reads from a shelf, and notes what is asked."""

    def __init__(self, shelf: Shelf, note: Note) -> None:
        self.shelf, self.note = shelf, note
        self._standing: dict[str, tuple[Briefing, Briefing]] = {}

    def record(self, kind: Kind, record_id: str, standing: bool) -> Any:
        """A record, or None."""
        self.note("record", kind, record_id)
        record = self.shelf.record(kind, record_id)
        if record is None or not standing:
            return record
        if not stands(kind, record):
            return None
        return self._without_withdrawn(record) if isinstance(record, Briefing) else record

    def _without_withdrawn(self, briefing: Briefing) -> Briefing:
        """The same sheet for the same record: views tell a sheet's own claims by it."""
        found = self._standing.get(briefing.id)
        if found is None or found[0] is not briefing:
            if len(self._standing) >= KEPT:
                self._standing.clear()
            found = self._standing[briefing.id] = briefing, without_withdrawn(briefing)
        return found[1]

    def has(self, kind: Kind, record_id: str, standing: bool) -> bool:
        """Whether there is such a record."""
        self.note("has", kind, record_id)
        return self.shelf.stands(kind, record_id) if standing else self.shelf.excerpt(kind, record_id, NAME) is not None

    def ids(self, kind: Kind, standing: bool) -> Sequence[str]:
        """All of a kind, in order."""
        self.note("ids", kind)
        found = self.shelf.ids(kind)
        if not standing:
            return found
        return tuple(each for each in found if self.shelf.stands(kind, each))

    def name(self, kind: Kind, record_id: str) -> Name | None:
        """What it is called."""
        self.note("name", kind, record_id)
        found: Name | None = self._excerpt(kind, record_id, NAME)
        return found

    def head(self, briefing_id: str) -> Head | None:
        """What is at the head of a sheet that stands."""
        self.note("head", briefing_id)
        found: Head | None = self._excerpt("briefing", briefing_id, HEAD, standing=True)
        return found

    def line(self, briefing_id: str) -> Line | None:
        """What lists tell of a sheet that stands."""
        self.note("line", briefing_id)
        found: Line | None = self._excerpt("briefing", briefing_id, LINE, standing=True)
        return found

    def part(self, briefing_id: str, part_id: str, standing: bool = True) -> Any:
        """A claim, event or other part of a sheet, by its id."""
        self.note("part", briefing_id, part_id)
        return self._excerpt("briefing", briefing_id, part_name(part_id), standing=standing)

    def _excerpt(self, kind: Kind, record_id: str, name: str, standing: bool = False) -> Any:
        found = self.shelf.excerpt(kind, record_id, name)
        return found.value if found and (found.stands or not standing) else None

    def is_broken(self, kind: Kind, record_id: str) -> bool:
        """Whether there is a record that cannot be read."""
        self.note("has", kind, record_id)
        return self.shelf.is_broken(kind, record_id)

    def broken(self, kind: Kind, record_id: str) -> Broken | None:
        """What there is of it."""
        self.note("has", kind, record_id)
        return self.shelf.broken(kind, record_id)

    def mentions(self, relation: str, key: str) -> Sequence[Row]:
        """What is said of something."""
        self.note("mentions", relation, key)
        return self.shelf.mentions(relation, key)

    def part_in(self, row: Row) -> Any:
        """The head of a sheet, and a part of it."""
        return self.head(row[0]), self.part(row[0], row[1])

    def pairs(self, relation: str, key: tuple[str, str]) -> list[tuple[str, str]]:
        """Parts that mention a part."""
        return [(row[0], row[1]) for row in self.mentions(relation, "#".join(key))]

    def firsts(self, relation: str, key: tuple[str, str]) -> list[str]:
        """Records that mention a part."""
        return [row[0] for row in self.mentions(relation, "#".join(key))]

    def last(self, relation: str, key: str) -> Any:
        """The same where one says one thing: the last."""
        found = self.mentions(relation, key)
        return found[-1][0] if found else None


KEPT = 500
"""Sheets without what was withdrawn that are kept in memory."""


class _Lazy(Mapping[K, V]):
    """A mapping whose values are found when they are asked for."""

    def __iter__(self) -> Iterator[K]:
        raise TypeError("only what is asked for by its key is noted")

    def __len__(self) -> int:
        raise TypeError("only what is asked for by its key is noted")


class _Looked(_Lazy[K, V]):
    """One in which None stands for nothing."""

    def __init__(self, look: Callable[[K], V | None]) -> None:
        self._look = look

    def __getitem__(self, key: K) -> V:
        found = self._look(key)
        if found is None:
            raise KeyError(key)
        return found


class _Records(Mapping[str, Any]):
    def __init__(self, read: _Reader, kind: Kind, *, standing: bool) -> None:
        self._read, self._kind, self._standing = read, kind, standing

    def __getitem__(self, record_id: str) -> Any:
        found = self._read.record(self._kind, record_id, self._standing)
        if found is None:
            raise KeyError(record_id)
        return found

    def __contains__(self, record_id: object) -> bool:
        return isinstance(record_id, str) and self._read.has(self._kind, record_id, self._standing)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read.ids(self._kind, self._standing))

    def __len__(self) -> int:
        return len(self._read.ids(self._kind, self._standing))


class _BrokenRecords(_Lazy[Key, "Document | None"]):
    """By kind and id: the tree of a record that cannot be read, if its file could be parsed."""

    def __init__(self, read: _Reader) -> None:
        self._read = read

    def __getitem__(self, key: Key) -> Document | None:
        found = self._read.broken(*key)
        if found is None:
            raise KeyError(key)
        return found.document

    def __contains__(self, key: object) -> bool:
        # Without a look into its file: many records may name it, and it would have to be parsed for each.
        return isinstance(key, tuple) and self._read.is_broken(*key)

    def __iter__(self) -> Iterator[Key]:
        self._read.note("broken")
        return iter(self._read.shelf.broken_keys())

    def __len__(self) -> int:
        return len(tuple(iter(self)))


class _Claims(Mapping[tuple[str, str], Claim]):
    """By id of the sheet and of the claim."""

    def __init__(self, read: _Reader, *, standing: bool) -> None:
        self._read, self._standing = read, standing

    def __getitem__(self, key: tuple[str, str]) -> Claim:
        found = self._read.part(*key, standing=self._standing)
        if not isinstance(found, Claim):
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for briefing_id in self._read.ids("briefing", self._standing):
            for claim in self._read.record("briefing", briefing_id, self._standing).claims:
                yield briefing_id, claim.id

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Documents(Mapping[tuple[Kind, str], Loaded]):
    """By kind and id."""

    def __init__(self, read: _Reader) -> None:
        self._read = read

    def __getitem__(self, key: tuple[Kind, str]) -> Loaded:
        self._read.note("record", *key)
        found = self._read.shelf.loaded(*key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[tuple[Kind, str]]:
        return ((kind, record_id) for kind in KINDS for record_id in self._read.ids(kind, standing=False))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _NamedBy(_Lazy[Key, Sequence[str]]):
    """Sheets by what they name. Some fields name actors or people, and the sheet does not say which."""

    def __init__(self, read: _Reader) -> None:
        self._read = read

    def __getitem__(self, key: Key) -> Sequence[str]:
        found = self._read.mentions("named_by", ":".join(key))
        if key[0] in ("actor", "person"):
            found = [*found, *self._read.mentions("named_by", f"{SPEAKER}:{key[1]}")]
        return [row[0] for row in found]


def _relation(read: _Reader, relation: str, look: Callable[[Row], V]) -> Relation[str, V]:
    return Relation(lambda key: read.mentions(relation, key), look)


def _backlinks(read: _Reader) -> Backlinks:
    def figure(row: Row) -> Any:
        claim = read.part(row[0], row[1])
        return read.head(row[0]), claim, next(figure for figure in claim.figures if figure.id == row[2])

    def first(row: Row) -> Any:
        return row[0]

    def short(name: str) -> str | None:
        found = read.mentions("short_names", name)
        return found[0][0] if len(found) == 1 and found[0][1] else None

    parts = "claims_by_speaker claims_about claims_by_place claims_by_source quotes_by_speaker quotes_by_source"
    parts += " photos_by_source unknowns_by_source events_by_place events_by_actor"
    names = "related_to copies_of members_of people_of places_within places_held_by"
    found: dict[str, Any] = {relation: _relation(read, relation, read.part_in) for relation in parts.split()}
    found |= {relation: _relation(read, relation, first) for relation in names.split()}
    return Backlinks(
        **found,
        figures_by_measure=_relation(read, "figures_by_measure", figure),
        records_citing=_relation(read, "records_citing", lambda row: (row[0], row[1])),
        disputes=_Looked(lambda key: read.pairs("disputes", key)),
        superseded_by=_Looked(lambda key: read.pairs("superseded_by", key)),
        named_by=_NamedBy(read),
        shown_by=_Looked(lambda key: read.firsts("shown_by", key)),
        picked_by=_Looked(lambda key: read.firsts("picked_by", key)),
        publishers=_Looked(lambda name: read.last("publishers", name)),
        short_names=_Looked(short),
    )
