"""What is told of a record wherever it is named."""

from __future__ import annotations

from dataclasses import dataclass

from ..edtf import Edtf
from ..records import Actor, Briefing, Measure, Person, Place, Record, Source
from ..records.briefing import Status


@dataclass(frozen=True, slots=True)
class Name:
    """What a record is called, and what that takes.

    Attributes:
        text: in plain words.
        language: of the words, when not the site's own.
        sort: what it is, in the record's own word.
        whole: of an actor, the one that it is part of.
    """

    text: str
    language: str = ""
    sort: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class FrontName:
    """A strand of a sheet by its name."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is told of a sheet wherever a part of it is shown."""

    id: str
    title: str
    covers: Edtf
    fronts: tuple[FrontName, ...]


def name_of(record: Record) -> Name:
    """What a record is called."""
    match record:
        case Source():
            return Name(record.title, "" if record.title_basis == "described" else record.language, record.type)
        case Actor():
            return Name(record.name, sort=record.kind, whole=record.part_of or "")
        case Place():
            return Name(record.name, sort=record.kind)
        case Person():
            return Name(record.name)
    assert isinstance(record, Briefing | Measure)
    return Name(record.title)


def head_of(briefing: Briefing) -> Head:
    """What is at the head of a sheet."""
    return Head(briefing.id, briefing.title, briefing.covers, tuple(FrontName(front.id, front.title) for front in briefing.fronts))


@dataclass(frozen=True, slots=True)
class Line:
    """What a list of sheets tells of one.

    Attributes:
        id, title, label, covers, answer: as in the record.
        updated: the day of its last update, or of its publication.
        updates: how many updates it has had.
        statuses: of each of its claims.
    """

    id: str
    title: str
    label: str
    covers: Edtf
    answer: str
    updated: Edtf
    updates: int
    statuses: tuple[Status, ...]


def line_of(briefing: Briefing) -> Line:
    """What a list tells of a sheet."""
    updated = briefing.updates[-1].at if briefing.updates else briefing.published
    statuses = tuple(claim.status for claim in briefing.claims)
    return Line(briefing.id, briefing.title, briefing.label, briefing.covers, briefing.answer, updated, len(briefing.updates), statuses)
