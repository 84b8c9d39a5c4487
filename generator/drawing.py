"""Views to pictures: what a map or chart is told, and the figure that a page shows."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .pictures import ChartValue, MapPoint, StripEvent, StripGroup, locator_map, measure_chart, overview_map, timeline_strip
from .urls import MAP, Target, published
from .views.parts import EventGroups, EventView, FigureView, PlacePoint

NAMED = 50
"""Places that a map's description names."""
FEW = 12
"""So many places have their names on the map of all; more are gathered in circles."""


def place_map(here: str, points: Sequence[PlacePoint], title: str) -> Markup:
    """A locator map of some places; of very many, the overview.

    Args:
        here: the page it stands on.
        points: the places.
        title: the map's name for those who cannot see it.
    """
    return _figure(locator_map(_map_points(here, points), title, _names(points), id_prefix="bb-map"))


def whole_map(here: str, points: Sequence[PlacePoint], title: str) -> Markup:
    """A map of all places of a site: each by its name while they are few."""
    if len(points) <= FEW:
        return place_map(here, points, title)
    more = "" if here == MAP else published(here, Target("", MAP))
    return _figure(overview_map(_map_points(here, points), title, _names(points), id_prefix="bb-map", more_href=more))


def figures_chart(here: str, figures: Sequence[FigureView], title: str, unit: str, begins: int = 1) -> Markup:
    """A chart of stated values; its numbers are the rows of the table beside it, of which the first may have any number."""
    values = [_chart_value(here, row, view) for row, view in enumerate(figures, begins)]
    desc = "; ".join(f"{view.figure.as_of.words}: {view.value}, {_speakers(view)}" for view in figures)
    return _figure(measure_chart(values, title, desc, unit=unit, id_prefix="bb-chart"))


def events_strip(here: str, groups: EventGroups, title: str) -> Markup:
    """A strip of events in groups; without events, nothing. The list beside it says the same in words.

    Args:
        here: the page it stands on.
        groups: each group's heading, with its page where it has one, and its events.
        title: the strip's name for those who cannot see it.
    """
    events = list(dict.fromkeys(view.target for _, found in groups for view in found))
    if not events:
        return Markup()
    drawn = [_strip_group(here, head, found) for head, found in groups if found]
    rows = "; ".join(f"{group.heading}: {len(group.events)}" for group in drawn if group.heading)
    desc = f"{len(events)} event{'s' if len(events) != 1 else ''}, earliest at the left{f'. {rows}' if rows else ''}. The list on this page has them in words."
    return _figure(timeline_strip(drawn, title, desc, id_prefix="bb-strip"))


def _strip_group(here: str, heading: Target, events: Sequence[EventView]) -> StripGroup:
    found = tuple(StripEvent(view.event.title, view.date, published(here, view.target)) for view in events)
    return StripGroup(heading.text, found, published(here, heading) if heading.uri else "")


def _figure(svg: str) -> Markup:
    """As a block that Markdown passes through: no blank line may stand in it."""
    return Markup(f'<figure class="bb-figure">\n{svg}\n</figure>')


def _map_points(here: str, points: Sequence[PlacePoint]) -> list[MapPoint]:
    found = []
    for point in points:
        spot = point.place.coordinates
        assert spot is not None
        language, name = next(iter(point.place.names.items()), ("", ""))
        found.append(
            MapPoint(
                name=point.place.name,
                lat=float(spot.lat),
                lon=float(spot.lon),
                local_name=name,
                language=language,
                href="" if point.target.uri == here else published(here, point.target),
                main=point.main,
                precision_km=float(spot.precision_km),
            )
        )
    return found


def _names(points: Sequence[PlacePoint]) -> str:
    """What the map shows, in words."""
    names = [point.place.name for point in points[:NAMED]]
    more = f" and {len(points) - NAMED} more" if len(points) > NAMED else ""
    return f"Shows {', '.join(names)}{more}. Locator only."


def _chart_value(here: str, row: int, view: FigureView) -> ChartValue:
    figure = view.figure
    low, high = (figure.value, figure.value) if figure.value is not None else (figure.low, figure.high)
    assert low is not None and high is not None
    return ChartValue(
        row=row,
        low=float(low),
        high=float(high),
        as_of=figure.as_of,
        speaker=_speakers(view),
        text=view.value,
        qualifier=figure.qualifier or "",
        status=view.status,
        href=published(here, view.target),
    )


def _speakers(view: FigureView) -> str:
    return ", ".join(target.text for target in view.said_by)
