"""What pages are called in a navigation that names only their files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .kinds import KINDS, Kind
from .urls import CHANGES, DATA, HOME, MAP, SEARCH, STATUSES, TIMELINE, YEARS, index_uri, record_id_of, record_uri
from .views.library import Library, record_target

INDEXES: Mapping[Kind, str] = MappingProxyType(
    {
        "briefing": "Briefings",
        "place": "Places",
        "actor": "Actors",
        "person": "People",
        "source": "Sources",
        "measure": "Measures",
    }
)
"""The title of each list of records."""
TITLES: Mapping[str, str] = MappingProxyType(
    {
        HOME: "Home",
        TIMELINE: "Timeline",
        MAP: "Map",
        CHANGES: "Changes",
        DATA: "Data and feeds",
        SEARCH: "Search",
        YEARS: "Years",
        STATUSES: "Statuses",
        **{index_uri(kind): title for kind, title in INDEXES.items()},
    }
)
"""By Markdown file: the title of each page that there is once."""


def title_of(records: Library, uri: str) -> str | None:
    """The title of a page that a navigation could name: one that there is once, or a record's; None for any other."""
    record_id = record_id_of(uri)
    for kind in KINDS:
        if uri == record_uri(kind, record_id) and record_id in records.whole.of_kind(kind):
            return record_target(records, kind, record_id).text
    return TITLES.get(uri)
