"""What can be found by a facet that is no record: the sheets of each year, and where claims of each status are.

They do without JavaScript what the search page does with it. Sheets are named, not claims: among ten thousand sheets a
status has tens of thousands of claims, and each of them needs its sheet to be understood.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..edtf import Edtf
from ..urls import Target, record_uri, status_uri, year_uri
from ..wording import span, year_name
from .facets import years_of
from .library import Library
from .names import Line
from .paging import Heading, ListPage, paginate

K = TypeVar("K", int, str)

PER_PAGE = 60
STATUSES = ("corroborated", "reported", "disputed", "superseded")
"""Best supported first."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet in a list."""

    target: Target
    covers: Edtf
    claims: int
    count: int
    """How many of its claims are meant; all of them in the list of a year."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[K]):
    """All that has one value of a facet."""

    key: K
    target: Target
    """Its first page, by its name."""
    pages: tuple[ListPage[SheetEntry], ...]
    sheets: int
    claims: int


def year_listings(library: Library) -> tuple[Listing[int], ...]:
    """The sheets that tell of each year, newest year first."""
    found: defaultdict[int, list[SheetEntry]] = defaultdict(list)
    for line in _newest_first(library):
        for year in years_of(line.covers):
            found[year].append(_entry(line, len(line.statuses)))
    return tuple(
        _listing(year, Target(year_name(year), year_uri(year)), found[year], by_year=False) for year in sorted(found, reverse=True)
    )


def status_listings(library: Library) -> tuple[Listing[str], ...]:
    """The sheets that have claims of each status, under the years that they begin in. A status without claims has a list that says so."""
    found: Mapping[str, list[SheetEntry]] = {status: [] for status in STATUSES}
    for line in _newest_first(library):
        for status, count in Counter(line.statuses).items():
            found[status].append(_entry(line, count))
    return tuple(
        _listing(status, Target(f"{status.capitalize()} claims", status_uri(status)), found[status], by_year=True) for status in STATUSES
    )


def _newest_first(library: Library) -> list[Line]:
    """As in the list of all sheets: by the time that they tell of."""
    lines = [line for (line,) in library.mentions("sheets", "")]  # by id
    return sorted(lines, key=lambda line: line.covers.sort_key, reverse=True)


def _entry(line: Line, count: int) -> SheetEntry:
    return SheetEntry(Target(line.title, record_uri("briefing", line.id)), line.covers, len(line.statuses), count)


def _listing(key: K, target: Target, entries: Iterable[SheetEntry], *, by_year: bool) -> Listing[K]:
    found = tuple(entries)
    pages = paginate(
        found,
        target.uri,
        size=PER_PAGE,
        heading=lambda entry: _year(entry.covers) if by_year else None,
        label=lambda part: span(entry.covers for entry in part),
        grows="at the start",
    )
    return Listing(key, target, pages, len(found), sum(entry.count for entry in found))


def _year(date: Edtf) -> Heading | None:
    point = date.start or date.end
    return Heading(year_name(point.year), f"y{point.year}") if point else None
