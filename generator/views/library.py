"""What every view is made from, and links into it by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..catalog import Catalog
from ..edtf import Edtf
from ..mentions import Row
from ..records import Kind, Source
from ..urls import Target, record_uri
from .backlinks import Backlinks, EventIn
from .names import Head, Line, Name
from .rows import Relation

Key = tuple[Kind, str]
"""A record: its kind and id."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which something was published that concerns a record.

    Attributes:
        day: when.
        key: the record in whose history it is.
        number: of its entry, from 1; 0 for the first publication of a sheet.
        listed: by which day it is listed: a sheet moves up with each of its changes.
    """

    day: Edtf
    key: Key
    number: int
    listed: Edtf


@dataclass(frozen=True, slots=True)
class Renames:
    """What is called otherwise than it was.

    Attributes:
        records: by kind and former id, the id now.
        parts: by id of a briefing and former id of a part, the part's id now.
    """

    records: Mapping[tuple[Kind, str], str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Library:
    """What every view is made from."""

    catalog: Catalog
    """Without what was withdrawn."""
    backlinks: Backlinks
    whole: Catalog
    """With it."""
    mentions: Callable[[str, str], Sequence[Row]]
    """What is said of something in some relation, in order of who says it."""
    happened: Relation[str, EventIn]
    """All events, under no name."""
    names: Mapping[Key, Name]
    """What each record is called."""
    heads: Mapping[str, Head]
    """Of each sheet that stands."""
    lines: Mapping[str, Line]
    """What lists tell of it."""
    concerns: Mapping[Key, Sequence[Occasion]]
    """By record: everything that was published and concerns it."""
    parts: Mapping[tuple[str, str], Any]
    """By sheet and id: its claims, figures, events and whatever else has a place on its page, if it stands."""
    all_parts: Mapping[tuple[str, str], Any]
    """The same with those that were withdrawn."""
    review_day: Edtf | None = None
    """The day by which reviews are judged to be due; without one, none is."""
    renames: Renames = field(default_factory=Renames)
    """Former ids, by which earlier versions name things."""


def record_target(library: Library, kind: Kind, record_id: str) -> Target:
    """A link to a record's page, by its name."""
    name = library.names[kind, record_id]
    return Target(name.text, record_uri(kind, record_id), lang=name.language)


def source_target(source: Source) -> Target:
    """A link to a source's page, by its headline in the headline's own language."""
    return Target(source.title, record_uri("source", source.id), lang="" if source.title_basis == "described" else source.language)


def record_targets(library: Library, kind: Kind, record_ids: Iterable[str]) -> tuple[Target, ...]:
    """Links to several records of one kind."""
    return tuple(record_target(library, kind, record_id) for record_id in record_ids)


def speakers(library: Library, speaker_ids: Iterable[str]) -> tuple[Target, ...]:
    """Links to actors and people."""
    found = []
    for speaker_id in speaker_ids:
        kind: Kind = "actor" if speaker_id in library.catalog.actors else "person"
        found.append(record_target(library, kind, speaker_id))
    return tuple(found)
