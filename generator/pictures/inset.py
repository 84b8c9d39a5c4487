"""A small map in a corner: which part of the world the large one shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .frame import Frame, around
from .geometry import Box, area
from .projection import Azimuthal
from .svg import attributes
from .terrain import terrain

_WIDTH, _HEIGHT = 78.0, 60.0
_KM = (7500.0, 15_000.0)
"""Across: a continent or the better part of one; half the globe where there is little land so near, as in the Pacific."""
_LAND = 0.15
"""The share of land that is little."""
_BYTES, _FINE_BYTES = 2_200, 3_400
_LIGHT = 4_000
"""Bytes of a large map that leaves room for the finer one."""
_LEAST = 5.0
"""The frame's rectangle is drawn no smaller than this, in units."""


def inset(frame: Frame, taken: Sequence[Box], weight: int) -> tuple[str, Box] | None:
    """The small map and its box, in the first corner where nothing is; None if all are taken, or the map is large itself.

    `weight` is the length of the large map's own paths: beside a light one this one is finer.
    """
    if frame.level != "local" or not isinstance(frame.projection, Azimuthal) or frame.width < 3 * _WIDTH:
        return None
    corners = ((frame.width - _WIDTH, 0.0), (0.0, 0.0), (frame.width - _WIDTH, frame.height - _HEIGHT), (0.0, frame.height - _HEIGHT))
    boxes = [Box(x, y, x + _WIDTH, y + _HEIGHT) for x, y in corners]
    box = next((box for box in boxes if not any(box.overlaps(other, 3) for other in taken)), None)
    if box is None:
        return None
    # Its middle is rounded, so that neighbouring places share one drawing.
    lat, lon = round(frame.projection.lat / 5) * 5.0, round(frame.projection.lon / 5) * 5.0
    small, ground = _ground(lat, lon, box.left, box.top, _FINE_BYTES if weight <= _LIGHT else _BYTES)
    wide = max(_LEAST, frame.width * frame.km_per_unit / small.km_per_unit)
    high = max(_LEAST, wide * frame.height / frame.width)
    middle = small.place(frame.projection.lat, frame.projection.lon)
    x, y = box.left + middle[0] - wide / 2, box.top + middle[1] - high / 2
    here = (("x", x), ("y", y), ("width", wide), ("height", high), ("fill", "#b3261e"), ("fill-opacity", "0.25"), ("stroke", "#b3261e"))
    rim = (
        ("x", box.left + 0.5),
        ("y", box.top + 0.5),
        ("width", _WIDTH - 1),
        ("height", _HEIGHT - 1),
        ("fill", "none"),
        ("stroke", "#8c959f"),
    )
    parts = [ground, f"<rect{attributes((('class', 'bb-here'), *here, ('stroke-width', 1.2)))}/>"]
    parts.append(f"<rect{attributes((('class', 'bb-rim'), *rim, ('vector-effect', 'non-scaling-stroke')))}/>")
    return f'<g aria-hidden="true">{"".join(parts)}</g>', box


@lru_cache(maxsize=256)
def _ground(lat: float, lon: float, left: float, top: float, most: int) -> tuple[Frame, str]:
    """The same land for the same middle: the basemap never changes within a process."""
    for wide in _KM:
        small = around(Azimuthal(lat, lon), wide, _WIDTH, _HEIGHT, "world")
        ground, drawing = terrain(small, None, detail=False, most=most, x=left, y=top)
        if sum(area(ring) / 2 for ring in drawing.layers["land"]) > _LAND * _WIDTH * _HEIGHT or drawing.layers["shelf"]:
            break
    return small, ground
