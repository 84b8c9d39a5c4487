"""The map of all places of a site: near ones gathered in circles with their count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .countries import country_names
from .frame import Frame, fit
from .furniture import STRIP, degree_labels, rim, strip
from .geometry import Box, Point
from .graticule import graticule
from .labels import Placed, Wanted, place_some, text_x
from .points import MapPoint
from .svg import attributes, clean, document, escape, link, shorten, text_element
from .terrain import terrain
from .textwidth import text_width

WIDTH, HEIGHT = 360.0, 220.0
NOTE = "Circles count places; de facto borders"
_DOT = 3.0
_COUNT_SIZE, _NAME_SIZE = 10.0, 10.5
_NAMED = 5
"""How many places of a circle are named to those who ask what it holds."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places that fall close together on the paper; their middle and how large a circle they get."""

    middle: Point
    members: tuple[MapPoint, ...]

    @property
    def radius(self) -> float:
        """Area grows with the count, down to a dot for one and up to a limit."""
        count = len(self.members)
        return _DOT if count == 1 else min(18.0, 5.5 + 1.5 * math.sqrt(count), 5.5 + 2.2 * math.log(count, 1.8))

    @property
    def box(self) -> Box:
        """The circle's bounds."""
        reach = self.radius + 1
        return Box(self.middle[0] - reach, self.middle[1] - reach, self.middle[0] + reach, self.middle[1] + reach)


def clusters(places: Sequence[MapPoint], frame: Frame) -> list[Cluster]:
    """Places gathered until no two circles overlap, whatever order they come in."""
    spots: dict[Point, list[MapPoint]] = {}
    for place in sorted(places, key=lambda place: (place.name, place.lat, place.lon, place.href)):
        x, y = frame.place(place.lat, place.lon)
        # A grid first, so that thousands of places cost no more than hundreds.
        spots.setdefault((x // 5, y // 5), []).append(place)
    found = [_cluster(spots[spot], frame) for spot in sorted(spots)]
    merged = True
    while merged:
        merged = False
        found.sort(key=lambda cluster: (-len(cluster.members), cluster.middle))
        kept: list[Cluster] = []
        for cluster in found:
            near = next((index for index, other in enumerate(kept) if _touch(cluster, other)), None)
            if near is None:
                kept.append(cluster)
            else:
                kept[near] = _joined(kept[near], cluster)
                merged = True
        found = kept
    return found


def _cluster(members: Sequence[MapPoint], frame: Frame) -> Cluster:
    points = [frame.place(place.lat, place.lon) for place in members]
    return Cluster((sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)), tuple(members))


def _joined(a: Cluster, b: Cluster) -> Cluster:
    m, n = len(a.members), len(b.members)
    middle = ((a.middle[0] * m + b.middle[0] * n) / (m + n), (a.middle[1] * m + b.middle[1] * n) / (m + n))
    return Cluster(middle, tuple(sorted((*a.members, *b.members), key=lambda place: (place.name, place.lat, place.lon, place.href))))


def _touch(a: Cluster, b: Cluster) -> bool:
    return math.dist(a.middle, b.middle) < a.radius + b.radius + 1.5


def overview_map(
    points: Sequence[MapPoint],
    title: str,
    desc: str,
    *,
    id_prefix: str = "overview",
    more_href: str = "",
    width: float = WIDTH,
    height: float = HEIGHT,
    note: str = NOTE,
) -> str:
    """An SVG map of any number of places: the region they lie in, or the world.

    Single places are dots with their names where there is room; a circle with a number stands for several.

    Args:
        points: the places, in any order.
        title: the picture's name.
        desc: what it tells.
        id_prefix: unique on the page; ids in the picture begin with it.
        more_href: where circles lead, such as the list of places; empty for nowhere.
        width: of the picture.
        height: of the map without the strip below it; a map of the world has its own.
        note: what stands below on the right.
    """
    if not points:
        raise ValueError("a map of no places")
    frame = fit([(point.lat, point.lon) for point in points], width, height)
    grid = graticule(frame)
    ground, drawing = terrain(frame, grid, detail=not frame.is_world)
    found = clusters(points, frame)
    wanted, names = _names(found)
    circles = [cluster.box for cluster in found if len(cluster.members) > 1]
    placed = place_some(wanted, frame.box.grown(-3), circles)
    taken = [*(cluster.box for cluster in found), *(item.box for item in placed if item)]
    said = {clean(point.name) for point in points}
    countries, boxes = country_names(drawing.countries, drawing.borders, drawing.coasts, frame.box, taken, said)
    degrees, _ = degree_labels(grid.labels, [*taken, *boxes])
    singles = [cluster for cluster in found if len(cluster.members) == 1]
    marks = [_circle(cluster, more_href) for cluster in found if len(cluster.members) > 1]
    marks += [_dot(cluster, name, place) for cluster, name, place in zip(singles, names, placed, strict=True)]
    quiet = ['<g aria-hidden="true">', *degrees, *countries, "</g>"]
    body = [ground, *quiet, *marks, rim(frame), strip(frame, note)]
    return document("bb-map bb-overview", frame.width, frame.height + STRIP, title, desc, id_prefix, "".join(body))


def _names(found: Sequence[Cluster]) -> tuple[list[Wanted], list[str]]:
    wanted, names = [], []
    for cluster in found:
        if len(cluster.members) == 1:
            name = shorten(cluster.members[0].name, 22)
            names.append(name)
            wanted.append(Wanted(cluster.middle, cluster.box, text_width(name, _NAME_SIZE, bold=True), _NAME_SIZE * 1.15))
    return wanted, names


def _dot(cluster: Cluster, name: str, placed: Placed | None) -> str:
    x, y = cluster.middle
    place = cluster.members[0]
    look = (("class", "bb-marker"), ("cx", x), ("cy", y), ("r", _DOT), ("fill", "#b3261e"), ("stroke", "#fff"), ("stroke-width", 1))
    text = ""
    if placed:
        base = placed.box.top + _NAME_SIZE * 0.87
        text = text_element(text_x(placed), base, name, "bb-name bb-small bb-halo", _NAME_SIZE, anchor=placed.anchor, weight="600")
    return link(f"<circle{attributes(look)}/>{text}", place.href, place.name)


def _circle(cluster: Cluster, href: str) -> str:
    x, y = cluster.middle
    count = len(cluster.members)
    names = ", ".join(shorten(place.name, 30) for place in cluster.members[:_NAMED])
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    told = f"{count} places: {names}{more}"
    look = (
        ("class", "bb-cluster"),
        ("cx", x),
        ("cy", y),
        ("r", cluster.radius),
        ("fill", "#b3261e"),
        ("stroke", "#fff"),
        ("stroke-width", 1),
    )
    size = _COUNT_SIZE if count < 100 else _COUNT_SIZE - 1
    text = text_element(
        x,
        y + size * 0.36,
        f"{count:,}" if count < 10_000 else f"{count // 1000}k",
        "bb-count",
        size,
        anchor="middle",
        fill="#fff",
        weight="600",
    )
    inside = f"<title>{escape(told)}</title><circle{attributes(look)}/>{text}"
    return link(f"<g>{inside}</g>", href, told) if href else f"<g{attributes((('role', 'img'), ('aria-label', told)))}>{inside}</g>"
