"""The map of one place, or of up to fifty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import NamedTuple

from .countries import country_names
from .frame import Frame, fit
from .furniture import STRIP, degree_labels, rim, strip
from .geometry import Box
from .graticule import graticule
from .inset import inset
from .labels import Placed, Wanted, place_labels, text_x
from .legend import legend
from .overview import overview_map
from .points import MapPoint
from .svg import attributes, clean, document, link, number, shorten, text_element
from .terrain import terrain
from .textwidth import text_width

NAME_SIZE, LOCAL_SIZE, NUMBER_SIZE = 12.0, 11.5, 10.0
WIDTH, HEIGHT = 360.0, 270.0
NOTE = "Locator only; de facto borders"
MOST = 50
_RADIUS, _MAIN_RADIUS = 3.2, 4.2
_LONGEST = 26
"""Characters of a name on the map; the link and the page have all of it."""


@dataclass(frozen=True, slots=True)
class LabelText:
    """One or two lines of a label and the room they take."""

    lines: tuple[tuple[str, str, str, float], ...]
    """Text, CSS classes, language and size of each line."""

    @property
    def width(self) -> float:
        """Of the wider line."""
        return max(text_width(text, size, bold="bb-name" in css) for text, css, _, size in self.lines)

    @property
    def height(self) -> float:
        """Of all lines."""
        return sum(size * 1.15 for _, _, _, size in self.lines)


def locator_map(
    places: Sequence[MapPoint],
    title: str,
    desc: str,
    *,
    id_prefix: str = "map",
    width: float = WIDTH,
    height: float = HEIGHT,
    note: str = NOTE,
    with_inset: bool = True,
) -> str:
    """An SVG map of 1 to 50 places anywhere on Earth; more are clustered as on the overview map.

    Sizes are units of the picture, in which a name is 12 high: made for a phone, and scaled up elsewhere.
    Labels that do not fit beside their points become numbers with a list below, and the picture grows by it.

    Args:
        places: what to show; the order settles the numbers.
        title: the picture's name, a few words.
        desc: what the picture tells, in a sentence or two.
        id_prefix: unique on the page; ids in the picture begin with it.
        width: of the picture.
        height: of the map without the strip below it; a map of the world has its own.
        note: what stands below on the right.
        with_inset: a small map of the continent in a free corner, on maps of less than a country or two.
    """
    if not places:
        raise ValueError("a map of no places")
    if len(places) > MOST:
        return overview_map(places, title, desc, id_prefix=id_prefix, width=width, height=height, note=note)
    drawn = _drawn(tuple(replace(place, href="") for place in places), width, height, note, with_inset)
    frame = drawn.frame
    marks = [link(mark, place.href, "" if drawn.numbered else place.name) for mark, place in zip(drawn.marks, places, strict=True)]
    below, grown = legend(places, frame.width, frame.height + STRIP) if drawn.numbered else ("", 0.0)
    marks = _quiet(marks) if below else marks  # the list has the same links, and names
    body = [drawn.below, *marks, drawn.above, below]
    return document("bb-map", frame.width, frame.height + STRIP + grown, title, desc, id_prefix, "".join(body))


MAPS_KEPT = 300
"""Maps in memory, of some 30 kB each. Pages of one subject show the same places, and to find room for names takes long."""


class _Drawn(NamedTuple):
    """All of a map but what depends on the page that it stands on.

    Attributes:
        frame: where everything is.
        below, above: what stands before and after the marks.
        marks: one for each place.
        numbered: whether they have numbers in place of names.
    """

    frame: Frame
    below: str
    marks: tuple[str, ...]
    above: str
    numbered: bool


@lru_cache(MAPS_KEPT)
def _drawn(places: tuple[MapPoint, ...], width: float, height: float, note: str, with_inset: bool) -> _Drawn:
    """A map of places without links."""
    frame = fit([(place.lat, place.lon) for place in places], width, height, [place.precision_km for place in places])
    grid = graticule(frame)
    ground, drawing = terrain(frame, grid)
    labels, placed, numbered = _labels(places, frame)
    points = [frame.place(place.lat, place.lon) for place in places]
    taken = [*(box.box.grown(1) for box in placed), *(_marker(place, point) for place, point in zip(places, points, strict=True))]
    corner = inset(frame, [*taken, *(_line_box(item) for item in placed)], len(ground)) if with_inset else None
    taken += [corner[1]] if corner else []
    taken += [_line_box(item) for item in placed]
    said = {clean(place.name) for place in places}
    countries, country_boxes = country_names(drawing.countries, drawing.borders, drawing.coasts, frame.box, taken, said)
    degrees, _ = degree_labels(grid.labels, [*taken, *country_boxes])
    marks = tuple(_mark(*item, frame) for item in zip(places, points, labels, placed, strict=True))
    rings = {place.precision_km for place in places if _ring(place, frame)}
    note = f"{note}; ring: ±{number(rings.pop())} km" if len(rings) == 1 else f"{note}; ring: how exact" if rings else note
    below = [ground, *_quiet(degrees), *_quiet(countries)]
    above = [corner[0] if corner else "", rim(frame), strip(frame, note)]
    return _Drawn(frame, "".join(below), marks, "".join(above), numbered)


def _quiet(texts: list[str]) -> list[str]:
    return ['<g aria-hidden="true">', *texts, "</g>"] if texts else []


def _labels(places: Sequence[MapPoint], frame: Frame) -> tuple[list[LabelText], list[Placed], bool]:
    """Texts and places: both names if they fit, else the names alone, else numbers (then the last value is True)."""
    inside = frame.box.grown(-3)
    full = [_label(place, local=True) for place in places]
    short = [_label(place, local=False) for place in places]
    for texts in (full, short):
        if len(places) <= 25 and (placed := place_labels(_wanted(places, texts, frame), inside)):
            return texts, placed, False
    numbers = [LabelText(((str(index), "bb-number bb-halo", "", NUMBER_SIZE),)) for index in range(1, len(places) + 1)]
    wanted = _wanted(places, numbers, frame)
    placed = place_labels(wanted, inside) or _anywhere(wanted, inside)
    return numbers, placed, True


def _anywhere(wanted: Sequence[Wanted], frame: Box) -> list[Placed]:
    """The nearest free spot of a grid for each, however far. A map of fifty numbers is never full."""
    placed: list[Placed] = []
    blocked = [item.marker for item in wanted]
    corners = [(x, y) for x in range(int(frame.left) + 1, int(frame.right), 6) for y in range(int(frame.top) + 1, int(frame.bottom), 5)]
    for item in wanted:
        at = (item.point[0] - item.width / 2, item.point[1] - item.height / 2)
        near = sorted(corners, key=partial(math.dist, at))
        boxes = (Box(x, y, x + item.width, y + item.height) for x, y in near)
        box = next(box for box in boxes if frame.holds(box) and not any(box.overlaps(other) for other in blocked))
        blocked.append(box.grown(1))
        placed.append(Placed(box, "middle", (item.point, _centre(box))))
    return placed


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _label(place: MapPoint, *, local: bool) -> LabelText:
    lines = [(shorten(place.name, _LONGEST), "bb-name bb-halo", "", NAME_SIZE)]
    if local and clean(place.local_name) and clean(place.local_name) != clean(place.name):
        lines.append((shorten(place.local_name, _LONGEST), "bb-local bb-halo", place.language, LOCAL_SIZE))
    return LabelText(tuple(lines))


def _radius(place: MapPoint) -> float:
    return _MAIN_RADIUS if place.main else _RADIUS


def _marker(place: MapPoint, point: tuple[float, float]) -> Box:
    reach = _radius(place) + 1
    return Box(point[0] - reach, point[1] - reach, point[0] + reach, point[1] + reach)


def _wanted(places: Sequence[MapPoint], texts: Sequence[LabelText], frame: Frame) -> list[Wanted]:
    points = [frame.place(place.lat, place.lon) for place in places]
    return [Wanted(point, _marker(place, point), text.width, text.height) for place, point, text in zip(places, points, texts, strict=True)]


def _line_box(placed: Placed) -> Box:
    """A leader's bounds, so that country names keep off it."""
    (ax, ay), (bx, by) = placed.leader or (_centre(placed.box), _centre(placed.box))
    return Box(min(ax, bx), min(ay, by), max(ax, bx) + 0.1, max(ay, by) + 0.1)


def _ring(place: MapPoint, frame: Frame) -> float:
    """Radius of the ring that shows how exact a point is; 0 where the marker covers it."""
    radius = place.precision_km / frame.km_per_unit
    return radius if radius > _radius(place) + 2 and not frame.is_world else 0.0


def _mark(place: MapPoint, point: tuple[float, float], text: LabelText, placed: Placed, frame: Frame) -> str:
    """Leader, ring, marker and label of a place."""
    x, y = point
    parts = []
    if placed.leader:
        (ax, ay), (bx, by) = placed.leader
        ends = (("x1", ax), ("y1", ay), ("x2", bx), ("y2", by))
        parts.append(f"<line{attributes((('class', 'bb-leader'), *ends, ('stroke', '#59636e'), ('stroke-width', 0.8)))}/>")
    if ring := _ring(place, frame):
        look = (
            ("class", "bb-precision"),
            ("cx", x),
            ("cy", y),
            ("r", ring),
            ("fill", "none"),
            ("stroke", "#b3261e"),
            ("stroke-width", 0.8),
        )
        parts.append(f"<circle{attributes((*look, ('stroke-dasharray', '2 2')))}/>")
    css = "bb-marker bb-main" if place.main else "bb-marker"
    look = (("class", css), ("cx", x), ("cy", y), ("r", _radius(place)), ("fill", "#b3261e"), ("stroke", "#fff"), ("stroke-width", 1.2))
    parts.append(f"<circle{attributes(look)}/>")
    baseline = placed.box.top
    for words, css, language, size in text.lines:
        baseline += size * 1.15
        weight = "600" if "bb-name" in css or "bb-number" in css else None
        parts.append(
            text_element(text_x(placed), baseline - size * 0.28, words, css, size, anchor=placed.anchor, language=language, weight=weight)
        )
    return "".join(parts)
