"""The pages about all records: home, indexes, map list, changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..edtf import Edtf
from ..records import FOLDERS, KINDS, Briefing, Kind, Measure, Place, Source, Update
from ..urls import Target, index_uri
from . import parts
from .parts import Library, PlacePoint

NAMES: dict[Kind, tuple[str, str]] = {
    "briefing": ("briefing", "Briefings"),
    "place": ("place", "Places"),
    "actor": ("actor", "Actors"),
    "person": ("person", "People"),
    "source": ("source", "Sources"),
    "measure": ("measure", "Measures"),
}
"""How readers know a kind: one, and the heading for many."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an index."""

    target: Target
    detail: str
    """A few plain words that tell it from others; may be empty."""
    count: int
    """How many claims concern it."""


@dataclass(frozen=True, slots=True)
class BriefingEntry:
    """A briefing in a list."""

    target: Target
    briefing: Briefing
    updated: Edtf
    claims: int


@dataclass(frozen=True, slots=True)
class IndexView:
    """All records of a kind, in the order a reader would look for them."""

    kind: Kind
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BriefingIndexView:
    """All briefings, latest first."""

    entries: tuple[BriefingEntry, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An update of some record."""

    record: Target
    kind: Kind
    update: Update


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    briefings: tuple[BriefingEntry, ...]
    counts: tuple[tuple[Target, int], ...]
    points: tuple[PlacePoint, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class MapView:
    """Every place: those with a point, and those without."""

    mapped: tuple[PlacePoint, ...]
    unmapped: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """Everything that changed after publication, newest first."""

    changes: tuple[ChangeView, ...]


HOME_BRIEFINGS = 10
HOME_CHANGES = 5


def home_view(library: Library) -> HomeView:
    """The latest of everything."""
    counts = tuple((Target(NAMES[kind][1], index_uri(kind)), len(library.catalog.of_kind(kind))) for kind in KINDS)
    changes = changes_view(library).changes[:HOME_CHANGES]
    return HomeView(briefing_entries(library)[:HOME_BRIEFINGS], counts, map_view(library).mapped, changes)


def briefing_entries(library: Library) -> tuple[BriefingEntry, ...]:
    """Briefings, latest first; among equals by what they cover, then by id."""
    entries = [
        BriefingEntry(
            parts.record_target(library, "briefing", briefing.id),
            briefing,
            briefing.updates[-1].at if briefing.updates else briefing.published,
            len(briefing.claims),
        )
        for briefing in library.catalog.briefings.values()
    ]
    entries.sort(key=lambda entry: entry.briefing.id)
    return tuple(sorted(entries, key=lambda entry: (entry.updated.sort_key, entry.briefing.covers.sort_key), reverse=True))


def index_view(library: Library, kind: Kind) -> IndexView:
    """Every record of a kind, by name; sources by date."""
    records = list(library.catalog.of_kind(kind).values())
    if kind == "source":
        records.sort(key=lambda source: (source.date.sort_key if source.date else _LAST, source.publisher.casefold(), source.id))
    else:
        records.sort(key=lambda record: (parts.record_target(library, kind, record.id).text.casefold(), record.id))
    entries = (
        Entry(parts.record_target(library, kind, record.id), _detail(record), _count(library, kind, record.id)) for record in records
    )
    return IndexView(kind, NAMES[kind][1], tuple(entries))


_LAST = Edtf("9999", "point", None, None).sort_key


def _detail(record: object) -> str:
    if isinstance(record, Source):
        when = record.date.words if record.date else "no date seen"
        return f"{record.publisher}, {when}, grade {record.grade}"
    if isinstance(record, Place):
        return ", ".join([record.kind, *reversed(record.admin)])
    if isinstance(record, Measure):
        return record.unit
    roles = getattr(record, "roles", ())
    return roles[-1].title if roles else str(getattr(record, "kind", ""))


def _count(library: Library, kind: Kind, record_id: str) -> int:
    links = library.backlinks
    if kind == "place":
        return len(links.claims_by_place.get(record_id, ()))
    if kind == "source":
        return len(links.claims_by_source.get(record_id, ()))
    if kind == "measure":
        return len(links.figures_by_measure.get(record_id, ()))
    both = [*links.claims_by_speaker.get(record_id, ()), *links.claims_about.get(record_id, ())]
    return len({(briefing.id, claim.id) for briefing, claim in both})


def map_view(library: Library) -> MapView:
    """Places with their points."""
    places = sorted(library.catalog.places.values(), key=lambda place: (place.name.casefold(), place.id))
    return MapView(
        parts.place_points(library, (place.id for place in places), ()),
        parts.record_targets(library, "place", (place.id for place in places if not place.coordinates)),
    )


def changes_view(library: Library) -> ChangesView:
    """Every update of every record."""
    found = sorted(_changes(library), key=lambda view: (view.record.uri, view.kind))
    return ChangesView(tuple(sorted(found, key=lambda view: view.update.at.sort_key, reverse=True)))


def _changes(library: Library) -> Iterator[ChangeView]:
    for kind in FOLDERS:
        for record in library.catalog.of_kind(kind).values():
            for update in reversed(record.updates):
                yield ChangeView(parts.record_target(library, kind, record.id), kind, update)
