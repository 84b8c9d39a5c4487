"""The pages about all records: home, indexes, map list, changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from ..catalog import anchors
from ..edtf import Edtf
from ..records import FOLDERS, Briefing, Kind, Place, Source, Update
from ..records.base import Change, Record
from ..records.briefing import Status
from ..urls import CHANGES, MAP, Target, index_uri, record_uri
from ..wording import country_name, span, year_name
from . import parts
from .alphabet import name_key
from .paging import Heading, ListPage, by_letter, names_label, paginate, short
from .parts import Library, PlacePoint

R = TypeVar("R", bound=Record)

PER_PAGE = 100
BRIEFINGS_PER_PAGE = 20
CHANGES_PER_PAGE = 50
"""Entries on a page of a list."""
HOME_BRIEFINGS = 7
HOME_CHANGES = 5
HOME_PLACES = 12
HOME_ACTORS = 10
HOME_YEARS = 10
"""As much of each as the first page shows."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[R]):
    """A record in an index."""

    target: Target
    record: R
    count: int
    """How many claims concern it; of a measure, how many values it has."""
    span: str = ""
    """Of a measure, the time that its values are about."""


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims of a briefing have a status, and how many stand before them in a row of all."""

    status: Status
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class BriefingEntry:
    """A briefing in a list."""

    target: Target
    briefing: Briefing
    updated: Edtf
    claims: int
    statuses: tuple[StatusCount, ...]
    """Best supported first."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an update changed."""

    path: str
    before: str | None
    after: str | None
    target: Target | None
    """The claim, event or other part that it belongs to, where that has a place of its own on a page."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An update of some record."""

    record: Target
    kind: Kind
    update: Update
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the site: what is used most or newest, and how much there is."""

    found: tuple[tuple[Target, int], ...]
    """Records or years, each with its number of claims or briefings."""
    total: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    briefings: tuple[BriefingEntry, ...]
    briefing_count: int
    points: tuple[PlacePoint, ...]
    places: Way
    actors: Way
    years: Way
    changes: tuple[ChangeView, ...]
    change_count: int
    events: int
    people: int
    sources: int
    measures: int


@dataclass(frozen=True, slots=True)
class MapView:
    """A page of the list of places; the first has the map of all."""

    list: ListPage[Entry[Place]]
    points: tuple[PlacePoint, ...]


def home_view(library: Library) -> HomeView:
    """The latest of everything, and the ways to the rest."""
    briefings = _briefing_entries(library)
    changes = latest_changes(library)
    places = _entries(library, "place", library.catalog.places.values())
    actors = _entries(library, "actor", library.catalog.actors.values())
    return HomeView(
        briefings=tuple(sorted(briefings, key=lambda entry: entry.updated.sort_key, reverse=True)[:HOME_BRIEFINGS]),
        briefing_count=len(briefings),
        points=_points(places),
        places=_most_used(places, HOME_PLACES),
        actors=_most_used(actors, HOME_ACTORS),
        years=_years(library),
        changes=changes[:HOME_CHANGES],
        change_count=len(changes),
        people=len(library.catalog.people),
        sources=len(library.catalog.sources),
        measures=len(library.catalog.measures),
        events=sum(len(briefing.events) for briefing in library.catalog.briefings.values()),
    )


def _most_used(entries: Iterable[Entry[R]], limit: int) -> Way:
    ordered = sorted(entries, key=lambda entry: -entry.count)
    return Way(tuple((entry.target, entry.count) for entry in ordered[:limit] if entry.count), len(ordered))


def _years(library: Library) -> Way:
    """Years that briefings tell of, newest first: each leads to its place in the list of briefings."""
    counts: dict[str, int] = {}
    targets: dict[str, Target] = {}
    for page in briefing_pages(library):
        for group in page.groups:
            assert group.heading is not None
            targets.setdefault(group.heading.text, Target(group.heading.text, page.here.uri, group.heading.anchor))
            counts[group.heading.text] = counts.get(group.heading.text, 0) + len(group.entries)
    found = tuple((target, counts[year]) for year, target in targets.items())
    return Way(found[:HOME_YEARS], len(found))


# --- indexes ------------------------------------------------------------------------------------------


def briefing_pages(library: Library) -> tuple[ListPage[BriefingEntry], ...]:
    """All briefings by the time that they tell of, newest first."""
    return paginate(
        _briefing_entries(library),
        index_uri("briefing"),
        size=BRIEFINGS_PER_PAGE,
        heading=lambda entry: _year(entry.briefing.covers),
        label=lambda entries: span(entry.briefing.covers for entry in entries),
    )


STATUSES: tuple[Status, ...] = ("corroborated", "reported", "disputed", "superseded")


def _briefing_entries(library: Library) -> list[BriefingEntry]:
    """Newest events first; among equals the last updated, then by id."""
    entries = [_briefing_entry(library, briefing) for briefing in library.catalog.briefings.values()]
    entries.sort(key=lambda entry: entry.briefing.id)
    return sorted(entries, key=lambda entry: (entry.briefing.covers.sort_key, entry.updated.sort_key), reverse=True)


def _briefing_entry(library: Library, briefing: Briefing) -> BriefingEntry:
    all_statuses = [claim.status for claim in briefing.claims]
    statuses, before = [], 0
    for status in STATUSES:
        if count := all_statuses.count(status):
            statuses.append(StatusCount(status, count, before))
            before += count
    updated = briefing.updates[-1].at if briefing.updates else briefing.published
    target = parts.record_target(library, "briefing", briefing.id)
    return BriefingEntry(target, briefing, updated, len(all_statuses), tuple(statuses))


def place_pages(library: Library, uri: str = index_uri("place")) -> tuple[ListPage[Entry[Place]], ...]:
    """All places by country, then by name.

    Args:
        uri: the first page, where it is not the index of places.
    """
    entries = sorted(
        _entries(library, "place", library.catalog.places.values()),
        key=lambda entry: (not entry.record.country, name_key(_country(entry.record).text), name_key(entry.target.text), entry.record.id),
    )
    return paginate(entries, uri, size=PER_PAGE, heading=lambda entry: _country(entry.record), label=_places_label)


def _country(place: Place) -> Heading:
    if place.country is None:
        return Heading("In several countries or none", "country-none")
    return Heading(country_name(place.country), f"country-{place.country.lower()}")


def _places_label(entries: Sequence[Entry[Place]]) -> str:
    first, last = entries[0], entries[-1]
    one, other = _country(first.record).text, _country(last.record).text
    if one == other:
        return f"{short(one)}: {names_label(first.target.text, last.target.text)}"
    return names_label(one, other)


def name_pages(library: Library, kind: Kind) -> tuple[ListPage[Entry[Any]], ...]:
    """All actors, people or measures by name, under letters when they are many."""
    entries: list[Entry[Any]] = _entries(library, kind, library.catalog.of_kind(kind).values())
    letter = by_letter([entry.target.text for entry in entries])
    return paginate(
        entries,
        index_uri(kind),
        size=PER_PAGE,
        heading=lambda entry: letter(entry.target.text),
        label=lambda page: names_label(page[0].target.text, page[-1].target.text),
    )


def source_pages(library: Library) -> tuple[ListPage[Entry[Source]], ...]:
    """All sources by date, newest first and those without one last; on one day by publisher and title."""
    entries = _entries(library, "source", library.catalog.sources.values())
    entries.sort(key=lambda entry: name_key(entry.record.publisher))
    dated = sorted((entry for entry in entries if entry.record.date), key=_source_date, reverse=True)
    undated = [entry for entry in entries if not entry.record.date]
    return paginate(
        [*dated, *undated], index_uri("source"), size=PER_PAGE, heading=lambda entry: _year(entry.record.date), label=_sources_label
    )


def _source_date(entry: Entry[Source]) -> tuple[date, date, str]:
    assert entry.record.date is not None
    return entry.record.date.sort_key


def _sources_label(entries: Sequence[Entry[Source]]) -> str:
    dates = [entry.record.date for entry in entries if entry.record.date]
    undated = "date not seen" if len(dates) < len(entries) else ""
    return "; ".join(filter(None, (span(dates), undated)))


def _year(date: Edtf | None) -> Heading:
    """The year that a date sorts under."""
    point = date and (date.start or date.end)
    return Heading(year_name(point.year), f"y{point.year}") if point else Heading("Date not seen", "undated")


def _entries(library: Library, kind: Kind, records: Iterable[R]) -> list[Entry[R]]:
    """Records with what concerns them, by name."""
    found = []
    for record in records:
        figures = library.backlinks.figures_by_measure.get(record.id, ()) if kind == "measure" else ()
        when = span(figure.as_of for _, _, figure in figures)
        count = len(figures) if kind == "measure" else _claims(library, kind, record.id)
        found.append(Entry(parts.record_target(library, kind, record.id), record, count, when))
    return sorted(found, key=lambda entry: (name_key(entry.target.text), entry.record.id))


def _claims(library: Library, kind: Kind, record_id: str) -> int:
    links = library.backlinks
    if kind == "place":
        return len(links.claims_by_place.get(record_id, ()))
    if kind == "source":
        return len(links.claims_by_source.get(record_id, ()))
    both = [*links.claims_by_speaker.get(record_id, ()), *links.claims_about.get(record_id, ())]
    return len({(briefing.id, claim.id) for briefing, claim in both})


# --- map ----------------------------------------------------------------------------------------------


def map_pages(library: Library) -> tuple[MapView, ...]:
    """Places by country, and a map of them all."""
    pages = place_pages(library, MAP)
    points = _points(entry for page in pages for entry in page.entries)
    return tuple(MapView(page, () if page.previous else points) for page in pages)


def _points(entries: Iterable[Entry[Place]]) -> tuple[PlacePoint, ...]:
    return tuple(PlacePoint(entry.record, entry.target, main=False) for entry in entries if entry.record.coordinates)


# --- changes ------------------------------------------------------------------------------------------

CHANGED = {
    "correction": Heading("Corrected", "corrected"),
    "withdrawal": Heading("Withdrawn", "withdrawn"),
    "clarification": Heading("Clarified", "clarified"),
    "update": Heading("Updated", "updated"),
}
"""What was done, the gravest first."""


def change_pages(library: Library) -> tuple[ListPage[ChangeView], ...]:
    """Everything that changed after publication, by what was done, newest first."""
    order = list(CHANGED)
    return paginate(
        sorted(latest_changes(library), key=lambda view: order.index(view.update.kind)),
        CHANGES,
        size=CHANGES_PER_PAGE,
        heading=lambda view: CHANGED[view.update.kind],
        label=_changes_label,
    )


def _changes_label(views: Sequence[ChangeView]) -> str:
    first, last = CHANGED[views[0].update.kind].text, CHANGED[views[-1].update.kind].text
    if first == last:
        return f"{first}, {span(view.update.at for view in views)}"
    return names_label(first, last)


def latest_changes(library: Library) -> tuple[ChangeView, ...]:
    """Every update of every record, newest first."""
    found = sorted(_changes(library), key=lambda view: (view.record.uri, view.kind))
    return tuple(sorted(found, key=lambda view: view.update.at.sort_key, reverse=True))


def _changes(library: Library) -> Iterator[ChangeView]:
    for kind in FOLDERS:
        for record in library.catalog.of_kind(kind).values():
            if not record.updates:
                continue
            places = {anchor for _, anchor in anchors(record)} if isinstance(record, Briefing) else set()
            for update in reversed(record.updates):
                fields = tuple(_field_change(kind, record.id, change, places) for change in update.changes)
                yield ChangeView(parts.record_target(library, kind, record.id), kind, update, fields)


_NAMED_PART = re.compile(r"\[(?![0-9]+\])([a-z0-9-]+)\]")


def _field_change(kind: Kind, record_id: str, change: Change, places: set[str]) -> FieldChange:
    return FieldChange(change.path, _text(change.from_), _text(change.to), _part(kind, record_id, change.path, places))


def _text(value: object) -> str | None:
    """A field's value on one line; None where there was none."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(part) or "" for part in value)
    return None if value is None else str(value)


def _part(kind: Kind, record_id: str, path: str, places: set[str]) -> Target | None:
    """Where on its page the changed field stands: `claims[cl-losses].figures[0].high` belongs to `cl-losses`."""
    named = [name for name in _NAMED_PART.findall(path) if name in places]
    return Target(path, record_uri(kind, record_id), named[-1]) if named else None
