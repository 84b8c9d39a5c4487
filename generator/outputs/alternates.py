"""What a page's head says can be had of it in other forms."""

from __future__ import annotations

from dataclasses import dataclass

from ..kinds import Kind
from ..urls import MAP, TIMELINE, cite_file, index_uri
from .feed import ATOM, BRIEFINGS_FEED, BRIEFINGS_JSON, CHANGES_FEED, FOLLOWED, JSON_FEED, feed_path
from .geojson import EVENTS, PLACES
from .tables import DATA
from .values import record_path


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form.

    Attributes:
        type: its media type.
        title: what it is, in a few words.
        path: its file, from the site's root.
    """

    type: str
    title: str
    path: str


def alternates(kind: Kind, record_id: str) -> tuple[Alternate, ...]:
    """What a record's page can be had as."""
    found = [Alternate("application/json", "This record as data", record_path(kind, record_id))]
    if kind in FOLLOWED:
        about = "What changes in this sheet" if kind == "briefing" else f"What concerns this {kind}"
        found.append(Alternate(ATOM, about, feed_path(kind, record_id)))
    if kind == "briefing":
        found += [
            Alternate("application/x-bibtex", "Citations as BibTeX", cite_file(record_id, "bib")),
            Alternate("application/vnd.citationstyles.csl+json", "Citations as CSL-JSON", cite_file(record_id, "json")),
        ]
    return tuple(found)


CHANGES_FEEDS = (Alternate(ATOM, "Corrections and updates", CHANGES_FEED),)
BRIEFINGS_FEEDS = (
    Alternate(ATOM, "New and updated briefings", BRIEFINGS_FEED),
    Alternate(JSON_FEED, "New and updated briefings, as JSON", BRIEFINGS_JSON),
)
"""For pages about more than one record."""


_MAPS, _TABLES = "application/geo+json", "text/csv"
_OF_LISTS = {
    index_uri("briefing"): Alternate(_TABLES, "All claims as a table", f"{DATA}/claims.csv"),
    index_uri("measure"): Alternate(_TABLES, "All figures as a table", f"{DATA}/figures.csv"),
    index_uri("place"): Alternate(_MAPS, "All places for maps", PLACES),
    MAP: Alternate(_MAPS, "All places for maps", PLACES),
    TIMELINE: Alternate(_MAPS, "All events for maps", EVENTS),
}


def list_alternates(uri: str) -> tuple[Alternate, ...]:
    """What the whole of a list can be had as; its first page says so."""
    return (_OF_LISTS[uri],) if uri in _OF_LISTS else ()
