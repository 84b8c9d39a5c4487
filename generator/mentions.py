"""What a record says of others, turned around: each mention by what it is of.

All that pages show of what other records say comes from these. A record's mentions follow from it alone, so a changed
record takes back those that it made and makes others, and nothing else has to be looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .anchors import former_anchors
from .catalog import part_key
from .kinds import Kind
from .living import without_withdrawn
from .records import Actor, Briefing, Person, Place, Record, Source

SHORT_NAME = re.compile(r"\b[A-Z]{2,6}(?:/[A-Z]{1,4})?\b")
"""What is taken for an abbreviation of a name: capitals alone."""
Row = tuple[Any, ...]
Mention = tuple[str, str, Row]
"""The relation, the id of what is mentioned, and what is said of it."""


def mentions(kind: Kind, record: Record) -> Iterator[Mention]:
    """Every mention that a record makes, in the order of the record.

    What was withdrawn mentions nothing, but for sources, which what cites them goes on naming; and for former ids, which
    lead on for ever.
    """
    for former in record.formerly:
        yield "formerly", f"{kind}:{former}", (record.id,)
    if isinstance(record, Briefing):
        for _, former, now in former_anchors(record):
            yield "part_formerly", f"{record.id}#{former}", (now,)
    if record.withdrawn and kind != "source":
        return
    match record:
        case Briefing():
            yield from _of_briefing(without_withdrawn(record))
        case Source():
            yield "publishers", record.publisher.casefold(), (record.publisher,)
            yield from _each("copies_of", record.carries, (record.id,))
            shown = (citation.source for erratum in record.errata for citation in erratum.sources)
            yield from _each("records_citing", shown, (kind, record.id))
        case Actor():
            yield from _each("members_of", (record.part_of,), (record.id,))
            yield from _each("records_citing", (citation.source for citation in record.sources), (kind, record.id))
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


def _of_briefing(briefing: Briefing) -> Iterator[Mention]:
    own = briefing.id
    yield from _each("related_to", briefing.related, (own,))
    for claim in briefing.claims:
        row = (own, claim.id)
        yield from _each("claims_by_speaker", claim.said_by, row)
        yield from _each("claims_about", claim.about, row)
        yield from _each("claims_by_place", claim.places, row)
        yield from _each("claims_by_source", (citation.source for citation in claim.sources), row)
        for figure in claim.figures:
            yield "figures_by_measure", figure.measure, (own, claim.id, figure.id)
        key = f"{own}#{claim.id}"
        for reference in claim.disputes:
            other = part_key(own, reference)
            yield "disputes", key, other
            yield "disputes", "#".join(other), row
        for reference in claim.supersedes:
            yield "superseded_by", "#".join(part_key(own, reference)), row
    for quote in briefing.quotes:
        row = (own, quote.id)
        yield from _each("quotes_by_speaker", quote.said_by, row)
        cited = [*quote.sources]
        cited += [citation for alteration in quote.alterations for citation in alteration.sources]
        cited += [citation for variant in quote.variants for citation in variant.sources]
        yield from _each("quotes_by_source", (citation.source for citation in cited), row)
    for photo in briefing.photos:
        yield from _each("photos_by_source", (citation.source for citation in photo.sources), (own, photo.id))
    for unknown in briefing.unknowns:
        yield from _each("unknowns_by_source", (citation.source for citation in unknown.sources), (own, unknown.id))
    for event in briefing.events:
        yield from _each("events_by_place", event.places, (own, event.id))
        yield from _each("events_by_actor", event.actors, (own, event.id))


def _each(relation: str, named: Iterable[str | None], row: Row) -> Iterator[Mention]:
    """A mention of each that is named, once."""
    return ((relation, name, row) for name in dict.fromkeys(named) if name)
