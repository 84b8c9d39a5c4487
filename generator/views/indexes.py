"""Indexes: every record of a kind in pages, by time, by place or by name. The map is the places' other index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ..edtf import Edtf
from ..records import Actor, Briefing, Kind, Person, Place, Source
from ..records.base import Record
from ..urls import MAP, Target, index_uri, record_uri
from ..wording import country_name, span, year_name
from . import parts
from .alphabet import name_key
from .dates import dated
from .library import Library, record_target
from .names import Line
from .paging import Heading, ListPage, by_letter, names_label, paginate, short
from .parts import PlacePoint, StatusCount

R = TypeVar("R", bound=Record)

PER_PAGE = 100
BRIEFINGS_PER_PAGE = 11
SOURCES_PER_PAGE = 60
"""Entries on a page of a list. Of those that grow at their start, the first page has up to twice as many."""


@dataclass(frozen=True, slots=True)
class LocalName:
    """What a place is called where it is."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class IndexEntry(Generic[R]):
    """A record in an index."""

    target: Target
    record: R
    count: int
    """How many claims concern it; of a measure, how many values it has."""
    span: str = ""
    """Of a measure, the time that its values are about."""
    note: str = ""
    """What it is, in a few words: of a person, the role that began last."""
    local_name: LocalName | None = None


@dataclass(frozen=True, slots=True)
class BriefingEntry:
    """A briefing in a list."""

    target: Target
    briefing: Line
    updated: Edtf
    claims: int
    statuses: tuple[StatusCount, ...]
    """Best supported first."""


@dataclass(frozen=True, slots=True)
class MapView:
    """A page of the list of places; the first has the map of all."""

    list: ListPage[IndexEntry[Place]]
    points: tuple[PlacePoint, ...]


def briefing_pages(library: Library) -> tuple[ListPage[BriefingEntry], ...]:
    """All briefings by the time that they tell of, newest first."""
    return paginate(
        _briefing_entries(library),
        index_uri("briefing"),
        size=BRIEFINGS_PER_PAGE,
        heading=lambda entry: _year(entry.briefing.covers),
        label=lambda entries: span(entry.briefing.covers for entry in entries),
        grows="at the start",
    )


def _briefing_entries(library: Library) -> list[BriefingEntry]:
    """Newest events first; among equals the last updated, then by id."""
    entries = [_briefing_entry(line) for (line,) in library.mentions("sheets", "")]
    entries.sort(key=lambda entry: entry.briefing.id)
    return sorted(entries, key=lambda entry: (entry.briefing.covers.sort_key, entry.updated.sort_key), reverse=True)


def newest_briefing(library: Library) -> Briefing | None:
    """The first of them."""
    entries = _briefing_entries(library)
    return library.catalog.briefings[entries[0].briefing.id] if entries else None


def _briefing_entry(line: Line) -> BriefingEntry:
    target = Target(line.title, record_uri("briefing", line.id))
    return BriefingEntry(target, line, line.updated, len(line.statuses), parts.status_counts(line.statuses))


def place_pages(library: Library, uri: str = index_uri("place")) -> tuple[ListPage[IndexEntry[Place]], ...]:
    """All places by country, then by name.

    Args:
        uri: the first page, where it is not the index of places.
    """
    entries = sorted(
        index_entries(library, "place", library.catalog.places.values()),
        key=lambda entry: (not entry.record.country, name_key(_country(entry.record).text), name_key(entry.target.text), entry.record.id),
    )
    return paginate(entries, uri, size=PER_PAGE, heading=lambda entry: _country(entry.record), label=_places_label)


def _country(place: Place) -> Heading:
    if place.country is None:
        return Heading("In several countries or none", "country-none")
    return Heading(country_name(place.country), f"country-{place.country.lower()}")


def _places_label(entries: Sequence[IndexEntry[Place]]) -> str:
    first, last = entries[0], entries[-1]
    one, other = _country(first.record).text, _country(last.record).text
    if one == other:
        return f"{short(one)}: {names_label(first.target.text, last.target.text)}"
    return names_label(one, other)


def name_pages(library: Library, kind: Kind) -> tuple[ListPage[IndexEntry[Any]], ...]:
    """All actors, people or measures by name, under letters when they are many."""
    entries: list[IndexEntry[Any]] = index_entries(library, kind, library.catalog.of_kind(kind).values())
    letter = by_letter([entry.target.text for entry in entries])
    return paginate(
        entries,
        index_uri(kind),
        size=PER_PAGE,
        heading=lambda entry: letter(entry.target.text),
        label=lambda page: names_label(page[0].target.text, page[-1].target.text),
    )


def source_pages(library: Library) -> tuple[ListPage[IndexEntry[Source]], ...]:
    """All sources by date, newest first and those without one last; on one day by publisher and title."""
    entries = index_entries(library, "source", library.catalog.sources.values())
    entries.sort(key=lambda entry: name_key(entry.record.publisher))
    dated = sorted((entry for entry in entries if entry.record.date), key=_source_date, reverse=True)
    undated = [entry for entry in entries if not entry.record.date]
    return paginate(
        [*dated, *undated],
        index_uri("source"),
        size=SOURCES_PER_PAGE,
        heading=lambda entry: _year(entry.record.date),
        label=_sources_label,
        grows="at the start",
    )


def _source_date(entry: IndexEntry[Source]) -> tuple[date, date, str]:
    assert entry.record.date is not None
    return entry.record.date.sort_key


def _sources_label(entries: Sequence[IndexEntry[Source]]) -> str:
    dates = [entry.record.date for entry in entries if entry.record.date]
    undated = "date not seen" if len(dates) < len(entries) else ""
    return "; ".join(filter(None, (span(dates), undated)))


def _year(date: Edtf | None) -> Heading:
    """The year that a date sorts under."""
    point = date and (date.start or date.end)
    return Heading(year_name(point.year), f"y{point.year}") if point else Heading("Date not seen", "undated")


def index_entries(library: Library, kind: Kind, records: Iterable[R]) -> list[IndexEntry[R]]:
    """Records with what concerns them, by name."""
    found = []
    for record in records:
        figures = library.backlinks.figures_by_measure[record.id] if kind == "measure" else None
        when = span(dated(row[3]) for row in figures.rows) if figures is not None else ""
        count = len(figures) if figures is not None else _claims(library, kind, record.id)
        target = record_target(library, kind, record.id)
        found.append(IndexEntry(target, record, count, when, _note(record), _local_name(record)))
    return sorted(found, key=lambda entry: (name_key(entry.target.text), entry.record.id))


def _note(record: Record) -> str:
    match record:
        case Person():
            return parts.roles_in_time(record)[-1].title
        case Place():
            return ", ".join((record.kind, *reversed(record.admin)))
        case Actor():
            return record.kind
    return ""


def _local_name(record: Record) -> LocalName | None:
    """The first of a place's names, which is that of its own country."""
    if not isinstance(record, Place) or not record.names:
        return None
    language, name = next(iter(record.names.items()))
    return LocalName(name, language)


def _claims(library: Library, kind: Kind, record_id: str) -> int:
    links = library.backlinks
    if kind == "place":
        return len(links.claims_by_place.get(record_id, ()))
    if kind == "source":
        return len(links.claims_by_source.get(record_id, ()))
    return len({row[:2] for row in (*links.claims_by_speaker[record_id].rows, *links.claims_about[record_id].rows)})


def map_pages(library: Library) -> tuple[MapView, ...]:
    """Places by country, and a map of them all."""
    pages = place_pages(library, MAP)
    points = parts.place_points(library, (entry.record.id for page in pages for entry in page.entries), ())
    return tuple(MapView(page, () if page.previous else points) for page in pages)
