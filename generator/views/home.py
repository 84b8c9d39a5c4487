"""The first page: the latest of everything, and the ways to the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..urls import Target
from . import parts
from .changes import change_of, latest_changes
from .history import ChangeView
from .indexes import BriefingEntry, IndexEntry, briefing_pages, index_entries
from .library import Library
from .paging import ListPage
from .parts import PlacePoint

HOME_BRIEFINGS = 7
HOME_CHANGES = 5
HOME_PLACES = 12
HOME_ACTORS = 10
HOME_YEARS = 10
"""As much of each as the first page shows."""


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


def home_view(library: Library) -> HomeView:
    """The latest of everything, and the ways to the rest."""
    pages = briefing_pages(library)
    briefings = [entry for page in pages for entry in page.entries]
    changes = latest_changes(library)
    places = index_entries(library, "place", library.catalog.places.values())
    actors = index_entries(library, "actor", library.catalog.actors.values())
    return HomeView(
        briefings=tuple(sorted(briefings, key=lambda entry: entry.updated.sort_key, reverse=True)[:HOME_BRIEFINGS]),
        briefing_count=len(briefings),
        points=parts.place_points(library, (entry.record.id for entry in places), ()),
        places=_most_used(places, HOME_PLACES),
        actors=_most_used(actors, HOME_ACTORS),
        years=_years(pages),
        changes=tuple(change_of(library, row) for row in changes[:HOME_CHANGES]),
        change_count=len(changes),
        people=len(library.catalog.people),
        sources=len(library.catalog.sources),
        measures=len(library.catalog.measures),
        events=len(library.happened[""]),
    )


def _most_used(entries: Iterable[IndexEntry[Any]], limit: int) -> Way:
    ordered = sorted(entries, key=lambda entry: -entry.count)
    return Way(tuple((entry.target, entry.count) for entry in ordered[:limit] if entry.count), len(ordered))


def _years(pages: Iterable[ListPage[BriefingEntry]]) -> Way:
    """Years that briefings tell of, newest first: each leads to its place in the list of briefings."""
    counts: dict[str, int] = {}
    targets: dict[str, Target] = {}
    for page in pages:
        for group in page.groups:
            assert group.heading is not None
            targets.setdefault(group.heading.text, Target(group.heading.text, page.here.uri, group.heading.anchor))
            counts[group.heading.text] = counts.get(group.heading.text, 0) + len(group.entries)
    found = tuple((target, counts[year]) for year, target in targets.items())
    return Way(found[:HOME_YEARS], len(found))
