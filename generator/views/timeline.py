"""The timeline: all events in time, in pages, and what a reader can narrow them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..edtf import MONTHS, Edtf, Point
from ..mentions import Row
from ..urls import TIMELINE, Target
from . import parts
from .dates import dated
from .library import Library
from .paging import ListPage, paginate
from .parts import EventGroups, EventView, Sheet, by_strand, rest_of

EVENTS_PER_PAGE = 300
ROWS_IN_STRIP = 12
"""Groups of places in the picture; the places with fewest events share the last one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that events can be narrowed by: the word that stands for it in attributes and addresses, and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event in the list."""

    view: EventView
    coarse: str
    """What the source left open, where the words of the date do not say so: `day not stated`; may be empty."""
    strand: str
    """The key of its strand; may be empty."""


@dataclass(frozen=True, slots=True)
class MonthView:
    """The events that begin in a month, or in some month of a year."""

    title: str
    """`November 2017`; empty where the month is not known."""
    anchor: str
    entries: tuple[EventEntry, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """The events that begin in a year, those first whose month is not known."""

    year: int
    months: tuple[MonthView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A page of events, earliest first."""

    list: ListPage[EventView]
    years: tuple[YearView, ...]
    strip: EventGroups
    by_strand: bool
    """Whether the picture's groups are strands, not places."""
    places: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    strands: tuple[Choice, ...]
    several: bool
    """Whether events of more than one briefing are on the site."""


@dataclass(frozen=True, slots=True)
class TimelineCut:
    """A page of events before they are looked up, and whether the site has those of more than one briefing."""

    list: ListPage[Row]
    several: bool


def timeline_cuts(library: Library) -> tuple[TimelineCut, ...]:
    """All events of all briefings, page by page, unread. There is a first page even without events."""
    found = library.happened[""].sorted(lambda row: (dated(row[2]).sort_key, row[0]))  # as `parts.in_time`
    several = len({row[0] for row in found.rows}) > 1
    pages = paginate(found.rows, TIMELINE, size=EVENTS_PER_PAGE, heading=lambda row: None, label=_span, grows="at the end")
    return tuple(TimelineCut(page, several) for page in pages)


def timeline_view(library: Library, cut: TimelineCut) -> TimelineView:
    """A page of events."""
    several = cut.several
    events = tuple(parts.event_view(library, *found) for found in library.happened.of(cut.list.entries))
    at = dict(zip(cut.list.entries, events, strict=True))
    page = cut.list.map(at.__getitem__)
    strands = _choices((_strand(view), _strand_name(view.front, view.briefing, several)) for view in events if view.front)
    # A briefing's own strands tell its story best. Several briefings have no strands in common, but places.
    strands_first = bool(strands) and not several
    return TimelineView(
        list=page,
        years=_years(events),
        strip=by_strand(events) if strands_first else _by_place(events),
        by_strand=strands_first,
        places=_choices(pair for view in events for pair in zip(view.event.places, _names(view.places), strict=True)),
        actors=_choices(pair for view in events for pair in zip(view.event.actors, _names(view.actors), strict=True)),
        strands=strands,
        several=several,
    )


def _names(targets: Iterable[Target]) -> list[str]:
    return [target.text for target in targets]


def _choices(found: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Each once, by name."""
    return tuple(Choice(key, name) for key, name in sorted(set(found), key=lambda pair: (pair[1].casefold(), pair[0])))


def _strand(view: EventView) -> str:
    """A strand's id is unique in its briefing only."""
    return f"{view.briefing.id}.{view.event.front}" if view.event.front else ""


def _strand_name(front: Target, briefing: Sheet, several: bool) -> str:
    """Two briefings may each have an `Upstream`."""
    return f"{front.text} – {briefing.title}" if several else front.text


def _begin(date: Edtf) -> Point:
    point = date.start or date.end
    assert point is not None
    return point


def _month(point: Point) -> str:
    return f"{MONTHS[point.month - 1]} {point.year}" if point.month else str(point.year)


def _span(rows: Sequence[Row]) -> str:
    """The months in which a page's events begin: `March 2016 to May 2017`."""
    first, last = (_month(_begin(dated(row[2]))) for row in (rows[0], rows[-1]))
    return first if first == last else f"{first} to {last}"


def _years(events: Sequence[EventView]) -> tuple[YearView, ...]:
    ordered = sorted(events, key=lambda view: (_begin(view.date).year, _begin(view.date).month or 0))  # else as they are
    found = []
    for year, of_year in groupby(ordered, key=lambda view: _begin(view.date).year):
        months = []
        for month, of_month in groupby(of_year, key=lambda view: _begin(view.date).month):
            entries = tuple(EventEntry(view, _coarse(view.date), _strand(view)) for view in of_month)
            title, anchor = (f"{MONTHS[month - 1]} {year}", f"m{year}-{month:02}") if month else ("", "")
            months.append(MonthView(title, anchor, entries))
        found.append(YearView(year, tuple(months)))
    return tuple(found)


def _coarse(date: Edtf) -> str:
    if date.form != "point":
        return ""
    point = _begin(date)
    return "month and day not stated" if point.month is None else "day not stated" if point.day is None else ""


def _by_place(events: Sequence[EventView]) -> EventGroups:
    """In the order of their first events. An event at several places is at each; those at none are last."""
    groups: dict[Target, list[EventView]] = {}
    for view in events:
        for place in view.places:
            groups.setdefault(place, []).append(view)
    largest = sorted(groups, key=lambda place: -len(groups[place]))
    kept = set(largest if len(largest) <= ROWS_IN_STRIP else largest[: ROWS_IN_STRIP - 1])
    others = [view for view in events if view.places and not kept & set(view.places)]
    named = tuple((target, tuple(found)) for target, found in groups.items() if target in kept)
    return (*named, *rest_of("At other places", others), *rest_of("At no named place", [view for view in events if not view.places]))
