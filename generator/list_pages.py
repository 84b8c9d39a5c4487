"""The pages of lists: of all records of a kind, of what stands in many of them, and of what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from .mentions import Row
from .outputs.alternates import BRIEFINGS_FEEDS, CHANGES_FEEDS, list_alternates
from .page import Page
from .records import Kind
from .titles import INDEXES, TITLES
from .urls import CHANGES, MAP, STATUSES, TIMELINE, YEARS
from .views import changes, indexes, listings
from .views.library import Library
from .views.paging import ListPage
from .views.timeline import TimelineCut, timeline_cuts, timeline_view


def _briefings(records: Library) -> Iterator[Page]:
    for page in _list_pages("briefings.md.j2", "briefing", indexes.briefing_pages(records)):
        yield replace(page, alternates=BRIEFINGS_FEEDS)


def _timeline(records: Library, cut: TimelineCut) -> Page:
    about = "Every event of this site, earliest first, with dates no finer than the sources give them."
    view = timeline_view(records, cut)
    return _list_page("timeline.md.j2", TITLES[TIMELINE], about, view.list, view)


def _map(records: Library) -> Iterator[Page]:
    about = "Every place of this site, by country, and how far each point can be trusted."
    for view in indexes.map_pages(records):
        yield _list_page("map.md.j2", TITLES[MAP], about, view.list, view)


def _changes(records: Library, cut: ListPage[Row]) -> Page:
    about = "What was corrected, withdrawn, clarified or updated after it was first published, newest first."
    view = changes.change_page(records, cut)
    newest_day = max((change.update.at.text for change in view.entries), default=None)
    return replace(_list_page("changes.md.j2", TITLES[CHANGES], about, view, view), updated=newest_day, alternates=CHANGES_FEEDS)


def _years(records: Library) -> Iterator[Page]:
    """What the search can narrow by and what is no record has pages for those without JavaScript."""
    found = listings.year_listings(records)
    yield Page(YEARS, "listings.md.j2", TITLES[YEARS], "Every year that sheets tell of, newest first.", found)
    for year in found:
        yield from _listing_pages(year, f"Every sheet that tells of {year.target.text}, newest first, with the number of its claims.")


def _statuses(records: Library) -> Iterator[Page]:
    found = listings.status_listings(records)
    yield Page(STATUSES, "listings.md.j2", TITLES[STATUSES], "How well claims stand, and on which sheets each status is found.", found)
    for status in found:
        yield from _listing_pages(status, f"Every sheet with a {status.key} claim, newest first, and how many of its claims are.")


def _listing_pages(listing: listings.Listing[Any], about: str) -> Iterator[Page]:
    for view in listing.pages:
        yield _list_page("sheets.md.j2", listing.target.text, about, view, view)


LISTS: Mapping[str, Callable[[Library], Iterator[Page]]] = MappingProxyType(
    {
        "briefings": _briefings,
        "places": lambda records: _list_pages("places.md.j2", "place", indexes.place_pages(records)),
        "actors": lambda records: _list_pages("names.md.j2", "actor", indexes.name_pages(records, "actor")),
        "people": lambda records: _list_pages("names.md.j2", "person", indexes.name_pages(records, "person")),
        "sources": lambda records: _list_pages("sources.md.j2", "source", indexes.source_pages(records)),
        "measures": lambda records: _list_pages("measures.md.j2", "measure", indexes.name_pages(records, "measure")),
        "map": _map,
        "years": _years,
        "statuses": _statuses,
    }
)
"""Lists by name: their pages, in order."""
CUT_LISTS: Mapping[str, tuple[Callable[[Library], Sequence[Any]], Callable[[Library, Any], Page]]] = MappingProxyType(
    {"timeline": (timeline_cuts, _timeline), "changes": (changes.change_cuts, _changes)}
)
"""Lists of what stands in many records: how each is cut into pages before anything is looked up, and how a page is made."""


_ORDER: Mapping[Kind, str] = MappingProxyType(
    {
        "briefing": "Every fact sheet, by the time that it tells of, newest first.",
        "place": "Every place on this site, by country, then by name.",
        "actor": "Everyone who acts or speaks as a body, such as an authority, a company or a newsroom. By name.",
        "person": "Everyone who speaks or is spoken of, by name, with the role held last.",
        "source": "Everything that claims rest on, newest first, with how much rests on it and how good it is.",
        "measure": "What is counted, by name: rival numbers for the same thing stand side by side.",
    }
)
"""What each list of records holds, and in what order."""


def _list_pages(template: str, kind: Kind, views: tuple[ListPage[Any], ...]) -> Iterator[Page]:
    for view in views:
        yield _list_page(template, INDEXES[kind], _ORDER[kind], view, view)


def _list_page(template: str, title: str, about: str, position: ListPage[Any], view: object) -> Page:
    """A page of a list. Those after the first say in title and description which they are and what is on them."""
    here = position.here
    if position.previous:
        title, about = f"{title}, page {here.number}", f"{title}, page {here.number} of {position.count}: {here.label}."
    return Page(here.uri, template, title, about, view, alternates=list_alternates(here.uri))
