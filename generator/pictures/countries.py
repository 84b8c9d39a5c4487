"""Names of the countries in a frame, where there is room for them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from .geometry import Box, Point, cross
from .svg import text_element
from .textwidth import text_width

SIZE = 9.0
_MOST = 14
"""Names on a map: more are noise around the places that it is about."""
_TRIED = 16
"""Points tried for each country, those in the midst of what is seen of it first."""
_SHIFTS = (0.0, -11.0, 11.0, -18.0, 18.0, -26.0, 26.0)
"""Units up or down from a point, for a country too small to hold its name."""


def country_names(
    spots: Mapping[str, Sequence[Point]],
    borders: Sequence[Sequence[Point]],
    coasts: Sequence[Sequence[Point]],
    frame: Box,
    taken: Sequence[Box],
    said: Collection[str] = (),
) -> tuple[list[str], list[Box]]:
    """Texts and their boxes, the largest countries of the frame first.

    Args:
        spots: points inside each country, on the paper.
        borders: lines that no name may cross.
        coasts: lines that a name crosses only if it fits nowhere else.
        frame: the paper.
        taken: boxes of labels and markers.
        said: names of places on the map; a country named alike, such as Singapore, is not named again.
    """
    firm, soft = _bounded(borders), _bounded(coasts)
    texts: list[str] = []
    boxes: list[Box] = []
    for name, points in sorted(spots.items(), key=lambda item: (-len(item[1]), item[0])):
        if name in said or len(texts) == _MOST:
            continue
        width = text_width(name, SIZE) + len(name) * 0.8  # its letters are spaced
        box = _room(points, width, firm, soft, frame.grown(-3), [*taken, *boxes])
        if box:
            boxes.append(box)
            middle = (box.left + box.right) / 2
            texts.append(text_element(middle, box.bottom - SIZE * 0.3, name, "bb-country bb-halo", SIZE, anchor="middle", fill="#6f6759"))
    return texts, boxes


Bounded = Sequence[tuple[Box, Sequence[Point]]]
"""Lines, each with the box around it: most are nowhere near a name."""


def _bounded(lines: Sequence[Sequence[Point]]) -> Bounded:
    return [
        (Box(min(x for x, _ in line), min(y for _, y in line), max(x for x, _ in line), max(y for _, y in line)), line) for line in lines
    ]


def _room(points: Sequence[Point], width: float, borders: Bounded, coasts: Bounded, frame: Box, taken: Sequence[Box]) -> Box | None:
    """The best box about one of the points: one on land, else one that leaves it, but never for another country."""
    centre = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    near = sorted(points, key=lambda point: (math.dist(point, centre), point))[:_TRIED]
    offshore = None
    for point, box in _boxes(near, width):
        if not frame.holds(box) or any(box.overlaps(other, 2) for other in taken):
            continue
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        if _touches(borders, box.grown(2)) or (middle != point and _meets(borders, (point, middle))):
            continue
        if not _touches(coasts, box):
            return box
        offshore = offshore or box
    return offshore


def _boxes(points: Sequence[Point], width: float) -> Iterator[tuple[Point, Box]]:
    for shift in _SHIFTS:
        for x, y in points:
            yield (x, y), Box(x - width / 2, y + shift - SIZE * 0.65, x + width / 2, y + shift + SIZE * 0.65)


def _touches(lines: Bounded, box: Box) -> bool:
    return any(box.crossed_by(a, b) for around, line in lines if around.overlaps(box, 0.1) for a, b in itertools.pairwise(line))


def _meets(lines: Bounded, other: tuple[Point, Point]) -> bool:
    (px, py), (qx, qy) = other
    path = Box(min(px, qx), min(py, qy), max(px, qx), max(py, qy))
    return any(cross((a, b), other) for around, line in lines if around.overlaps(path, 0.1) for a, b in itertools.pairwise(line))
