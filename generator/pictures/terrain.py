"""Land, water and boundaries of a frame, as a handful of paths."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from .frame import Frame
from .geometry import Box, Point, area, clip_line, clip_ring, path_data, simplify, simplify_ring
from .graticule import Graticule
from .svg import attributes, number
from .tiles import ADMIN, BORDER, COUNTRY, DISPUTED, LAKE, LAND, RIVER, GeoLine, tiles

SCALE = 10
"""Whole numbers in a path are tenths of a unit: at twice the size still a fifth of a pixel."""
_TOLERANCE = {"local": 0.25, "region": 0.45, "world": 0.35}
_STEP = {"local": 0.5, "region": 2.0, "world": 4.0}
"""Degrees; straight lines in longitude and latitude bend on the paper, so longer ones get points between."""
_LEAST_AREA = {"local": 0.3, "region": 1.5, "world": 1.0}
"""Square units; smaller islands and lakes are left out."""
_BORDER_WIDTH = {"local": 1.3, "region": 0.9, "world": 0.6}
_LEAST_RIVER = {"local": 99, "region": 5, "world": 0}
"""Rivers of a rank above this are left out."""
MOST_BYTES = 4_600
"""Beyond this a map is drawn with fewer points, so that fjords do not swamp a page."""

Layer = Literal["land", "shelf", "coast", "lake", "river", "admin", "border", "disputed"]
_LOOK: dict[Layer, tuple[tuple[str, str | float | None], ...]] = {
    # name: fill, stroke, its width and dashes where no style sheet says otherwise
    "land": (("fill", "#f6f3ec"), ("stroke", "#8fa3b0"), ("stroke-width", 0.7)),
    "shelf": (("fill", "#f6f3ec"),),
    "coast": (("fill", "none"), ("stroke", "#8fa3b0"), ("stroke-width", 0.7)),
    "river": (("fill", "none"), ("stroke", "#6f9dbd"), ("stroke-width", 1.1)),
    "lake": (("fill", "#d6e3eb"), ("stroke", "#8fa3b0"), ("stroke-width", 0.5)),
    "admin": (("fill", "none"), ("stroke", "#b9b1a2"), ("stroke-width", 0.7), ("stroke-dasharray", "2 2.5")),
    "border": (("fill", "none"), ("stroke", "#6f6759"), ("stroke-width", 1.3)),
    "disputed": (("fill", "none"), ("stroke", "#6f6759"), ("stroke-width", 1.3), ("stroke-dasharray", "4 2.5")),
}


Layers = dict[Layer, list[list[Point]]]


@dataclass(slots=True)
class Drawing:
    """Lines on the paper, by layer."""

    layers: Layers = field(default_factory=lambda: {name: [] for name in _LOOK})
    countries: dict[str, list[Point]] = field(default_factory=dict)
    """Points inside each country that has land in the frame."""

    @property
    def borders(self) -> list[list[Point]]:
        """Those of countries, disputed ones too."""
        return self.layers["border"] + self.layers["disputed"]

    @property
    def coasts(self) -> list[list[Point]]:
        """Where land meets the sea."""
        return self.layers["land"] + self.layers["coast"]


@lru_cache(maxsize=16)  # the versions of a sheet are about the same places, and are drawn one after the other
def terrain(
    frame: Frame, grid: Graticule | None, *, detail: bool = True, most: int = MOST_BYTES, x: float | None = None, y: float | None = None
) -> tuple[str, Drawing]:
    """Sea, land, water, graticule and boundaries, clipped by a nested `<svg>` (which needs no id), and the lines as drawn.

    Points are left out until the paths take no more than `most` bytes; `x` and `y` place it elsewhere than at the picture's origin.
    """
    drawing = draw(frame, detail=detail)
    tolerance = _TOLERANCE[frame.level]
    drawing.layers, body = _paths(drawing.layers, frame, tolerance)
    while (size := sum(map(len, body))) > most and tolerance < 3:
        tolerance *= max(1.15, size / most)
        drawing.layers, body = _paths(drawing.layers, frame, tolerance)
    under, over = body[: len(_UNDER)], body[len(_UNDER) :]
    view = attributes(
        (
            ("class", f"bb-level-{frame.level}"),
            ("x", x),
            ("y", y),
            ("width", frame.width),
            ("height", frame.height),
            ("viewBox", f"0 0 {number(frame.width * SCALE)} {number(frame.height * SCALE)}"),
            ("aria-hidden", "true"),
        )
    )
    sea = _path("bb-sea", path_data([frame.outline], SCALE, closed=True), (("fill", "#d6e3eb"),))
    return f"<svg{view}>{sea}{''.join(under)}{_grid(grid) if grid else ''}{''.join(over)}</svg>", drawing


_UNDER: tuple[Layer, ...] = ("shelf", "land", "coast")
_OVER: tuple[Layer, ...] = ("river", "lake", "admin", "border", "disputed")


def _paths(layers: Layers, frame: Frame, tolerance: float) -> tuple[Layers, list[str]]:
    """The lines with fewer points, and a path for each layer (an empty text for an empty one)."""
    kept: Layers = {}
    parts = []
    for name in (*_UNDER, *_OVER):
        closed = name in ("land", "shelf", "lake")
        lines = [simplify_ring(line, tolerance) if closed else simplify(line, tolerance) for line in layers[name]]
        if closed:
            lines = [line for line in lines if area(line) > 2 * _LEAST_AREA[frame.level]]
        kept[name] = lines
        data = path_data(lines, SCALE, closed=closed)
        look = dict(_LOOK[name])
        if name in ("border", "disputed"):
            look["stroke-width"] = _BORDER_WIDTH[frame.level]
        parts.append(_path(f"bb-{name}", data, look.items()) if data else "")
    return kept, parts


def _path(css: str, data: str, look: Iterable[tuple[str, str | float | None]]) -> str:
    # Strokes keep their width on the screen, whatever the size of the picture.
    return f"<path{attributes((('class', css), *look, ('fill-rule', 'evenodd'), ('vector-effect', 'non-scaling-stroke'), ('d', data)))}/>"


def _grid(grid: Graticule) -> str:
    data = path_data((simplify(line, 0.3) for line in grid.lines), SCALE, closed=False)
    return (
        _path("bb-graticule", data, (("fill", "none"), ("stroke", "#a9b7c0"), ("stroke-width", 0.5), ("stroke-opacity", 0.7)))
        if data
        else ""
    )


def draw(frame: Frame, *, detail: bool = True) -> Drawing:
    """Every line of the basemap in the frame, on the paper. Without `detail` land and borders only."""
    drawing = Drawing()
    paper = frame.box.grown(3)
    geo = Box(frame.geo.west, frame.geo.south, frame.geo.east, frame.geo.north)
    for line in tiles(frame.level).lines(frame.geo):
        if line.kind in (LAND, LAKE):
            _draw_ring(drawing, frame, line, geo, paper)
        elif line.kind == COUNTRY:
            inside = [(x, y) for x, y in frame.place_all(line.points) if 0 < x < frame.width and 0 < y < frame.height]
            if inside:
                drawing.countries.setdefault(line.name, []).extend(inside)
        elif line.kind in (BORDER, DISPUTED) or (detail and not (line.kind == RIVER and line.rank > _LEAST_RIVER[frame.level])):
            _draw_line(drawing, frame, line, geo, paper)
    return drawing


def _draw_ring(drawing: Drawing, frame: Frame, line: GeoLine, geo: Box, paper: Box) -> None:
    ring = _in_geo(line.points, geo, frame)
    if len(ring) < 3:
        return
    ring.append(ring[0])
    spread = _spread(ring, frame)
    placed = clip_ring(frame.place_all(spread), paper)
    if len(placed) < 3:
        return
    placed.append(placed[0])
    if line.kind == LAKE:
        drawing.layers["lake"].append(placed)
    elif any(_is_seam(a, b) for a, b in itertools.pairwise(spread)):
        # Antarctica, cut open at 180 degrees and along the pole: the cut is no coast.
        drawing.layers["shelf"].append(placed)
        for part in _coasts(spread):
            drawing.layers["coast"].extend(clip_line(frame.place_all(part), paper))
    else:
        drawing.layers["land"].append(placed)


def _in_geo(points: list[Point], geo: Box, frame: Frame) -> list[Point]:
    """The ring inside the frame's degrees. About a pole only its latitudes count."""
    limits = Box(-400, geo.top, 400, geo.bottom) if frame.geo.around else geo
    return clip_ring(points, limits)


def _is_seam(a: Point, b: Point) -> bool:
    return (abs(a[0]) % 360 > 179.99 and abs(a[0]) % 360 < 180.01 and abs(a[0] - b[0]) < 0.001 and a[1] < -60) or (
        a[1] < -89.9 and b[1] < -89.9
    )


def _coasts(ring: list[Point]) -> Iterable[list[Point]]:
    part: list[Point] = []
    for a, b in itertools.pairwise(ring):
        if _is_seam(a, b):
            if len(part) > 1:
                yield part
            part = []
        else:
            part = part or [a]
            part.append(b)
    if len(part) > 1:
        yield part


def _draw_line(drawing: Drawing, frame: Frame, line: GeoLine, geo: Box, paper: Box) -> None:
    names: dict[int, Layer] = {BORDER: "border", DISPUTED: "disputed", RIVER: "river", ADMIN: "admin"}
    # On the world a line across its rim has a part on either side: cut in degrees, it does not cross the paper.
    for part in clip_line(line.points, geo) if frame.is_world else (line.points,):
        drawing.layers[names[line.kind]].extend(clip_line(frame.place_all(_spread(part, frame)), paper))


def _spread(points: list[Point], frame: Frame) -> list[Point]:
    """The same line with points between those that are far apart."""
    limit = _STEP[frame.level]
    found = points[:1]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        far = max(abs(x1 - x0), abs(y1 - y0))
        if far > limit:
            steps = int(far / limit) + 1
            found.extend((x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps) for step in range(1, steps))
        found.append((x1, y1))
    return found
