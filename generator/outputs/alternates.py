"""What a page's head says can be had of it in other forms."""

from __future__ import annotations

from dataclasses import dataclass

from ..kinds import Kind
from ..urls import MAP, TIMELINE, index_uri
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
    return (Alternate("application/json", "This record as data", record_path(kind, record_id)),)


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
