"""Names of countries on either side of the borders in a frame, where there is room for them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from .geometry import Box, Point
from .svg import text_element
from .textwidth import text_width

SIZE = 9.0
_SHORT = {
    "Democratic Republic of the Congo": "DR Congo",
    "Republic of Congo": "Congo",
    "Republic of the Congo": "Congo",
    "Republic of Serbia": "Serbia",
    "United Arab Emirates": "UAE",
    "United Kingdom": "Britain",
    "United Republic of Tanzania": "Tanzania",
    "United States of America": "United States",
    "Central African Republic": "C.A.R.",
    "Bosnia and Herzegovina": "Bosnia",
}
"""Names too long for a map, as newspapers shorten them."""
_SHARES = (0.5, 0.38, 0.62, 0.26, 0.74, 0.14, 0.86)
_LEAST = 40.0
"""A border shorter than this, in units, names nobody."""


def country_names(
    sides: Sequence[tuple[list[Point], str, str]], lines: Sequence[Sequence[Point]], frame: Box, taken: Sequence[Box]
) -> tuple[list[str], list[Box]]:
    """Texts and their boxes, each name once, beside the longest border of its country.

    `sides` are borders with the countries to their left and right, `lines` all that a name may not cross,
    `taken` the boxes of labels and markers.
    """
    texts: list[str] = []
    boxes: list[Box] = []
    used: set[str] = set()
    for line, left, right in sorted(sides, key=lambda side: (-_length(side[0]), side[1], side[2])):
        if _length(line) < _LEAST:
            break
        for name, turn in ((left, 1), (right, -1)):
            if name in used:
                continue
            shown = _SHORT.get(name, name)
            box = _room(line, turn, text_width(shown, SIZE) + len(shown) * 0.8, lines, frame, [*taken, *boxes])
            if box:
                used.add(name)
                boxes.append(box)
                middle = (box.left + box.right) / 2
                texts.append(
                    text_element(middle, box.bottom - SIZE * 0.3, shown, "bb-country bb-halo", SIZE, anchor="middle", fill="#6f6759")
                )
    return texts, boxes


def _length(line: Sequence[Point]) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(line))


def _room(line: Sequence[Point], turn: int, width: float, lines: Sequence[Sequence[Point]], frame: Box, taken: Sequence[Box]) -> Box | None:
    """The nearest box on one side of a line that crosses nothing."""
    inner = frame.grown(-3)
    for share in _SHARES:
        (x, y), (dx, dy) = _along(line, share)
        # y runs down: left of (dx, dy) is (dy, -dx)
        nx, ny = dy * turn, -dx * turn
        for step in range(2, 14):
            away = step * 5.0
            cx, cy = x + nx * away, y + ny * away
            box = Box(cx - width / 2, cy - SIZE * 0.65, cx + width / 2, cy + SIZE * 0.65)
            if not inner.holds(box) or any(box.overlaps(other, 2) for other in taken):
                continue
            from_line = ((x + nx * 3, y + ny * 3), (cx, cy))
            if any(_touches(other, box.grown(2)) or _meets(other, from_line) for other in lines):
                continue
            return box
    return None


def _along(line: Sequence[Point], share: float) -> tuple[Point, Point]:
    """A point at a share of a line's length, and the direction there over some 30 units."""
    total = _length(line)
    before, at, after = (_point(line, total * share + shift) for shift in (-15, 0, 15))
    dx, dy = after[0] - before[0], after[1] - before[1]
    length = math.hypot(dx, dy) or 1.0
    return at, (dx / length, dy / length)


def _point(line: Sequence[Point], distance: float) -> Point:
    for a, b in itertools.pairwise(line):
        step = math.dist(a, b)
        if step and distance <= step:
            share = max(0.0, distance / step)
            return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
        distance -= step
    return line[-1]


def _touches(line: Sequence[Point], box: Box) -> bool:
    return any(
        not (max(a[0], b[0]) < box.left or min(a[0], b[0]) > box.right or max(a[1], b[1]) < box.top or min(a[1], b[1]) > box.bottom)
        and box.crossed_by(a, b)
        for a, b in itertools.pairwise(line)
    )


def _meets(line: Sequence[Point], other: tuple[Point, Point]) -> bool:
    (px, py), (qx, qy) = other
    for (ax, ay), (bx, by) in itertools.pairwise(line):
        first = (qx - px) * (ay - py) - (qy - py) * (ax - px)
        second = (qx - px) * (by - py) - (qy - py) * (bx - px)
        if first * second < 0:
            third = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
            fourth = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
            if third * fourth < 0:
                return True
    return False
