"""What a record's page can be sorted out by in the search: places, actors, who is cited, statuses, years, and a date.

Of a sheet these are its claims' as much as its own: it is found under a place when one of its claims is about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from ..edtf import Edtf
from ..records import Actor, Briefing, Citation, Person, Place, Record, Source
from .alphabet import name_key
from .library import Library, record_targets, speakers

T = TypeVar("T")

Facets = Mapping[str, tuple[str, ...]]

MOST_YEARS = 200
"""A longer time is no help in finding anything."""


def facets_of(library: Library, record: Record) -> Facets:
    """By facet: the values of a record's page. Those without any are left out."""
    found: dict[str, Iterable[str]] = {}
    match record:
        case Briefing():
            found = _of_sheet(library, record)
        case Place():
            found = {"place": [record.name]}
        case Actor() | Person():
            found = {"actor": [record.name]}
        case Source():
            found = {"source": [record.publisher], **_in_time(record.date)}
    values = {name: tuple(sorted(set(of_facet), key=name_key)) for name, of_facet in found.items()}
    return {name: of_facet for name, of_facet in values.items() if of_facet}


def _of_sheet(library: Library, briefing: Briefing) -> dict[str, Iterable[str]]:
    catalog = library.catalog
    fronts, claims, events, quotes = briefing.fronts, briefing.claims, briefing.events, briefing.quotes
    places = _all(*(front.places for front in fronts), *(claim.places for claim in claims), *(event.places for event in events))
    acting = _all(*(front.actors for front in fronts), *(event.actors for event in events))
    speaking = _all(*(claim.said_by for claim in claims), *(quote.said_by for quote in quotes))
    spoken_of = _all(*(claim.about for claim in claims))
    return {
        "place": (target.text for target in record_targets(library, "place", places)),
        "actor": (target.text for target in speakers(library, _all(acting, speaking, spoken_of))),
        "source": (catalog.sources[citation.source].publisher for citation in _cited(briefing)),
        "status": (claim.status for claim in briefing.claims),
        **_in_time(briefing.covers),
    }


def _cited(briefing: Briefing) -> Iterator[Citation]:
    """Everywhere in a sheet."""
    yield from _all(*(claim.sources for claim in briefing.claims), *(unknown.sources for unknown in briefing.unknowns))
    yield from _all(*(photo.sources for photo in briefing.photos))
    for quote in briefing.quotes:
        others = (*(one.sources for one in quote.alterations), *(one.sources for one in quote.variants))
        yield from _all(quote.sources, *others)


def _all(*found: Iterable[T]) -> Iterator[T]:
    return chain.from_iterable(found)


def _in_time(date: Edtf | None) -> dict[str, Iterable[str]]:
    """The years that a date touches, and the day to sort by: its first."""
    years = years_of(date)
    point = date and (date.start or date.end)
    return {"year": map(str, years), "date": [point.first.isoformat()] if point else []}


def years_of(date: Edtf | None) -> range:
    """The years that a date touches; of one without a beginning or an end the one that it has."""
    years = [point.year for point in (date and date.start, date and date.end) if point]
    return range(years[0], years[-1] + 1)[-MOST_YEARS:] if years else range(0)
