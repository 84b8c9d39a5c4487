"""Which ids there are, each with whose it is: what an editor offers while somebody writes a reference."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .catalog import Catalog, items_of
from .markup import plain
from .records import KINDS, Actor, Kind, Place, Source
from .records.references import id_fault

MOST = 1_000
"""So many ids of one sort are listed. With five times as many, an editor takes a second and a half for every key."""
MOST_OWN = 5_000
"""So many ids of parts are listed for all briefings together. An editor looks at those of one alone."""
PARTS = ("front", "claim", "figure", "event")
LENGTH = 120
"""Characters to say whose an id is."""

Listed = Mapping[str, str]
"""Ids in order, and for each whose it is."""


@dataclass(frozen=True, slots=True)
class OwnParts:
    """The parts that one briefing may name by their id alone.

    Attributes:
        briefing: its id.
        title: what it is called, by which an editor can tell it from others: its id is not in the file.
        parts: by sort, those of `PARTS` that it has.
    """

    briefing: str
    title: str
    parts: Mapping[str, Listed]


def list_of(named: str, records: Catalog) -> Listed:
    """The ids that a field of any record may name: of a kind of records, or `briefing#part`; none when they are too many.

    Args:
        named: kinds and parts, joined by "or", as schemas say what a field names.
        records: the records.
    """
    found: dict[str, str] = {}
    for each in named.split(" or "):
        ids = dict(_records(each, records) if each in KINDS else _elsewhere(each, records))
        if len(found) + len(ids) <= MOST:
            found |= ids
    return dict(sorted(found.items()))


def own_parts(records: Catalog) -> list[OwnParts]:
    """What each briefing may name in itself; nothing when that is too much."""
    found: list[OwnParts] = []
    if len(records.briefings) > MOST_OWN:  # each has a claim
        return found
    for briefing_id, data in _briefings(records).items():
        title = data.get("title")
        parts = {part: dict(sorted(_parts(part, data))) for part in PARTS}
        if isinstance(title, str):
            found.append(OwnParts(briefing_id, title.strip(), {part: listed for part, listed in parts.items() if listed}))
    return found if sum(len(listed) for own in found for listed in own.parts.values()) <= MOST_OWN else []


def _records(kind: Kind, records: Catalog) -> Iterator[tuple[str, str]]:
    for record_id, record in records.of_kind(kind).items():
        yield record_id, _short(_described(record))
    for (other, record_id), document in records.broken.items():
        if other == kind:
            data = document.data if document else {}
            name = data.get("name", data.get("title"))
            yield record_id, _short(f"{name} (with problems)" if isinstance(name, str) and name else "A record with problems")


def _described(record: Any) -> str:
    if isinstance(record, Source):
        return f"{record.title} ({record.publisher}{f', {record.date.words}' if record.date else ''})"
    if isinstance(record, Place | Actor):
        return f"{record.name} ({record.kind})"
    return str(getattr(record, "name", "") or getattr(record, "title", ""))


def _elsewhere(named: str, records: Catalog) -> Iterator[tuple[str, str]]:
    part = named.partition("#")[2]
    # Each has a claim, so those are too many too, and of more sheets nothing else is offered either.
    for briefing_id, data in _briefings(records).items() if part and len(records.briefings) <= MOST else ():
        yield from ((f"{briefing_id}#{part_id}", said) for part_id, said in _parts(part, data))


def _briefings(records: Catalog) -> dict[str, Mapping[str, Any]]:
    """The trees of all briefings by id: one keeps its claims while something else in it is broken."""
    trees = {record_id: loaded.document.data for (kind, record_id), loaded in records.documents.items() if kind == "briefing"}
    trees |= {record_id: document.data for (kind, record_id), document in records.broken.items() if kind == "briefing" and document}
    return dict(sorted(trees.items()))


def _parts(part: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parts of one sort in a briefing, a figure told by the claim that it is in."""
    if part == "figure":
        found = [(figure, claim) for claim in items_of(data, "claims") for figure in items_of(claim, "figures")]
    else:
        found = [(item, item) for item in items_of(data, f"{part}s")]
    for item, told in found:
        text = told.get("title", told.get("text"))
        if isinstance(item.get("id"), str) and not id_fault(item["id"]):
            yield item["id"], _short(plain(text)) if isinstance(text, str) else ""


def _short(text: str) -> str:
    if len(text) <= LENGTH and "\n" not in text:
        return text
    return textwrap.shorten(text, LENGTH, placeholder=" …")
