"""What a record says of others, turned around: each mention by what it is of.

All that pages show of what other records say comes from these. A record's mentions follow from it alone, so a changed
record takes back those that it made and makes others, and nothing else has to be looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from .anchors import anchored, former_anchors
from .catalog import part_key, texts_at
from .kinds import Kind
from .living import PARTS as WITHDRAWABLE
from .living import without_withdrawn
from .parse import Document
from .records import Actor, Briefing, Claim, Disagreement, Event, Figure, Front, Person, Place, Quote, Record, Source
from .views.names import line_of

SHORT_NAME = re.compile(r"\b[A-Z]{2,6}(?:/[A-Z]{1,4})?\b")
"""What is taken for an abbreviation of a name: capitals alone."""
CONCERNS = "concerns"
"""The relation of what is published to the records that it concerns. Unlike all others it rests on more than one record."""
GONE = "gone "
"""What the relations of what was withdrawn begin with."""
Row = tuple[Any, ...]
Mention = tuple[str, str, Row]
"""The relation, the id of what is mentioned, and what is said of it.

A part of a sheet is said by the sheet's id and its own, then by what lists need to put it in order before they look it up:
its dates, as they are written.
"""


def mentions(kind: Kind, record: Record) -> Iterator[Mention]:
    """Every mention that a record makes, in the order of the record.

    What was withdrawn mentions nothing that stands, but for sources, which what cites them goes on naming. Former ids lead
    on for ever, and what a withdrawn sheet was about is told that it went.
    """
    if isinstance(record, Briefing):
        listed = record.updates[-1].at if record.updates else record.published
        yield "published", "", (record.id, record.published.text, listed.text)
    for number, update in enumerate(record.updates):
        yield "updates", "", (kind, record.id, number, update.at.text, update.kind)
    for former in record.formerly:
        yield "formerly", f"{kind}:{former}", (record.id,)
    if isinstance(record, Briefing):
        for _, former, now in former_anchors(record):
            yield "part_formerly", f"{record.id}#{former}", (now,)
    for name in dict.fromkeys(name.casefold() for name in names_of(record)):
        yield "called", name, (kind, record.id)
    if isinstance(record, Briefing):
        yield from _seen(record)
    if not record.withdrawn or kind == "source":
        yield from _standing(kind, without_withdrawn(record) if isinstance(record, Briefing) else record)
    if record.withdrawn and kind != "source":
        taken_back: Record | None = record
    else:
        taken_back = _taken_back(record) if isinstance(record, Briefing) else None
    for relation, key, row in _standing(kind, taken_back) if taken_back else ():
        yield f"{GONE}{relation}", key, row


def _taken_back(briefing: Briefing) -> Briefing | None:
    """A sheet with just the parts that were withdrawn."""
    left = {name: tuple(part for part in getattr(briefing, name) if part.withdrawn) for name in WITHDRAWABLE}
    return briefing.model_copy(update={**left, "photos": (), "unknowns": (), "related": ()}) if any(left.values()) else None


def _standing(kind: Kind, record: Record) -> Iterator[Mention]:
    """What a record mentions, if it and its parts stand."""
    match record:
        case Briefing():
            yield from _of_briefing(record)
        case Source():
            yield "publishers", record.publisher.casefold(), (record.publisher,)
            yield from _each("copies_of", record.carries, (record.id, record.date.text if record.date else ""))
            shown = (citation.source for erratum in record.errata for citation in erratum.sources)
            yield from _each("records_citing", shown, (kind, record.id))
        case Actor():
            yield from _each("members_of", (record.part_of,), (record.id,))
            yield from _each("records_citing", (citation.source for citation in record.sources), (kind, record.id))
            for name in dict.fromkeys(name.casefold() for name in (*record.variants, record.name)):
                yield "actor_called", name, (record.id,)
            for name in dict.fromkeys((*record.variants, record.name)):
                if SHORT_NAME.fullmatch(name):
                    yield "short_names", name, (record.id, name in record.variants)
        case Person():
            yield from _each("people_of", (role.actor for role in record.roles), (record.id,))
            yield from _each("records_citing", (citation.source for role in record.roles for citation in role.sources), (kind, record.id))
        case Place():
            yield from _each("places_within", (record.within,), (record.id,))
            yield from _each("places_held_by", (control.holder for control in record.control), (record.id,))
            cited = [*record.sources, *(record.coordinates.sources if record.coordinates else ())]
            cited += [citation for control in record.control for citation in control.sources]
            yield from _each("records_citing", (citation.source for citation in cited), (kind, record.id))


def broken_mentions(kind: Kind, record_id: str, document: Document | None) -> Iterator[Mention]:
    """What a record that cannot be read may say of the claims of others: that one stands alone would be no second mistake."""
    if kind == "briefing" and document is None:
        yield "unreadable", "", (record_id,)
    elif kind == "briefing" and document:
        for field in ("disputes", "supersedes"):
            for reference in dict.fromkeys(texts_at(document.data, "claims", field)):
                yield f"perhaps_{field}", "#".join(part_key(record_id, reference)), (record_id,)


def names_of(record: Record) -> tuple[str, ...]:
    """What a record is called, by editors who do not know its id."""
    if isinstance(record, Place | Actor | Person):
        return (record.name, *record.names.values(), *record.variants)
    return (record.title,) if isinstance(record, Source) else ()


def _of_briefing(briefing: Briefing) -> Iterator[Mention]:
    own = briefing.id
    yield "sheets", "", (line_of(briefing),)
    yield from _each("related_to", briefing.related, (own,))
    for claim in briefing.claims:
        row: Row = (own, claim.id, briefing.covers.text, claim.said_on.text)
        yield "claims_called", claim.id, (own,)
        yield from _each("claims_by_speaker", claim.said_by, row)
        for subject in dict.fromkeys(claim.about):
            yield "claims_about", subject, (*row, subject in claim.said_by)
        yield from _each("claims_by_place", claim.places, row)
        cited = tuple(dict.fromkeys(citation.source for citation in claim.sources))
        for source in cited:
            yield "claims_by_source", source, (*row, claim.status, tuple(other for other in cited if other != source))
        for figure in claim.figures:
            yield "figures_by_measure", figure.measure, (own, claim.id, figure.id, figure.as_of.text)
        key = f"{own}#{claim.id}"
        for reference in claim.disputes:
            other = part_key(own, reference)
            yield "disputes", key, other
            yield "disputes", "#".join(other), (own, claim.id)
        for reference in claim.supersedes:
            yield "superseded_by", "#".join(part_key(own, reference)), (own, claim.id)
    for quote in briefing.quotes:
        row = (own, quote.id, quote.said_on.text)
        yield from _each("quotes_by_speaker", quote.said_by, row)
        citations = [*quote.sources]
        citations += [citation for alteration in quote.alterations for citation in alteration.sources]
        citations += [citation for variant in quote.variants for citation in variant.sources]
        yield from _each("quotes_by_source", (citation.source for citation in citations), row)
    for photo in briefing.photos:
        yield from _each("photos_by_source", (citation.source for citation in photo.sources), (own, photo.id))
    for unknown in briefing.unknowns:
        yield from _each("unknowns_by_source", (citation.source for citation in unknown.sources), (own, unknown.id))
    for event in briefing.events:
        yield "happened", "", (own, event.id, event.date.text)
        yield from _each("events_by_place", event.places, (own, event.id, event.date.text))
        yield from _each("events_by_actor", event.actors, (own, event.id, event.date.text))


def _each(relation: str, named: Iterable[str | None], row: Row) -> Iterator[Mention]:
    """A mention of each that is named, once."""
    return ((relation, name, row) for name in dict.fromkeys(named) if name)


# --- whom a sheet is about ----------------------------------------------------------------------------

SPEAKER = "speaker"
"""Stands for the kind of what is either an actor or a person."""
NamedIn = tuple[str, str]
"""The kind of a record, or `SPEAKER`, and its id."""
PARTS = frozenset({"highlights", "key_figures", "other_events", "claims", "disputes", "supersedes"})
"""Fields that name parts of sheets."""
_KIND_BY_FIELD: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("said_by", "about", "actors", "holder", "publisher_actor", "part_of"), SPEAKER)
    | dict.fromkeys(("places", "within"), "place")
    | dict.fromkeys(("sources", "source", "starting_point"), "source")
    | {"measure": "measure", "related": "briefing"}
)


def names_of_value(field: str, value: str) -> Iterator[NamedIn]:
    """What a field's value names itself, without what that names in its turn."""
    if field in _KIND_BY_FIELD:
        yield _KIND_BY_FIELD[field], value
    elif field in PARTS and "#" in value:
        yield "briefing", value.partition("#")[0]


def names_in_part(part: Any) -> Iterator[NamedIn]:
    """The records that a part of a sheet names."""
    match part:
        case Claim():
            yield from _all(part, "places", "said_by", "about", "sources", "disputes", "supersedes")
            yield from (("measure", figure.measure) for figure in part.figures)
        case Figure():
            yield "measure", part.measure
        case Quote():
            yield from _all(part, "said_by", "sources")
            for other in (*part.alterations, *part.variants):
                yield from _all(other, "sources")
        case Event():
            yield from _all(part, "places", "actors", "claims")
        case Front():
            yield from _all(part, "places", "actors")
        case Disagreement():
            yield from _all(part, "claims")
        case _:
            yield from _all(part, "sources")


def _all(part: Any, *fields: str) -> Iterator[NamedIn]:
    for field in fields:
        for value in getattr(part, field):
            yield from names_of_value(field, value if isinstance(value, str) else value.source)


def names_in_head(briefing: Briefing) -> Iterator[NamedIn]:
    """What a sheet names outside of its parts."""
    for field in ("related", "highlights", "key_figures", "other_events"):
        for value in getattr(briefing, field):
            yield from names_of_value(field, value)
    if briefing.starting_point:
        yield "source", briefing.starting_point


def picked(briefing: Briefing) -> list[str]:
    """The parts that a sheet begins with, or has on its timeline from others."""
    return [*briefing.highlights, *briefing.key_figures, *briefing.other_events]


def _seen(briefing: Briefing) -> Iterator[Mention]:
    """Whom a sheet is about, and the parts of other sheets that it shows."""
    named = dict.fromkeys(names_in_head(briefing))
    for _, part in anchored(briefing):
        named |= dict.fromkeys(names_in_part(part))
    for kind, record_id in named:
        yield "named_by", f"{kind}:{record_id}", (briefing.id,)
    shown = picked(briefing)
    for reference in dict.fromkeys(shown):
        if "#" in reference:
            yield "picked_by", reference, (briefing.id,)
    for claim in briefing.claims:
        shown += [*claim.disputes, *claim.supersedes]
    shown += [claim for event in briefing.events for claim in event.claims]
    shown += [claim for item in briefing.disagreements for claim in item.claims]
    for reference in dict.fromkeys(shown):
        if "#" in reference:
            yield "shown_by", reference, (briefing.id,)
