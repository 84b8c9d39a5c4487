"""Plane geometry: clipping to a rectangle, fewer points for the same line, boxes that may not touch."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with upright sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def corners(self) -> list[Point]:
        """From the top left, clockwise."""
        return [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """True when the two share more than an edge, or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def overlaps_any(self, others: Iterable[Box]) -> bool:
        """True when one of them shares more than an edge with it; the same as asking each, in less time."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return any(left < other.right and other.left < right and top < other.bottom and other.top < bottom for other in others)

    def holds(self, other: Box) -> bool:
        """True when the other is inside."""
        return self.left <= other.left and self.top <= other.top and other.right <= self.right and other.bottom <= self.bottom

    def grown(self, by: float) -> Box:
        """Larger by so much on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def crossed_by(self, start: Point, end: Point) -> bool:
        """True when any of the straight line between two points is inside."""
        if max(start[0], end[0]) < self.left or min(start[0], end[0]) > self.right:
            return False
        if max(start[1], end[1]) < self.top or min(start[1], end[1]) > self.bottom:
            return False
        return next(clip_line((start, end), self), None) is not None


def cross(a: tuple[Point, Point], b: tuple[Point, Point]) -> bool:
    """True when two straight lines, each from point to point, cross."""

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(*a, b[0]) * side(*a, b[1]) < 0 and side(*b, a[0]) * side(*b, a[1]) < 0


def clip_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a polygon inside a box (Sutherland and Hodgman, 1974). Empty when there is none."""
    points = list(ring)
    for axis, limit, keep_less in ((0, box.left, False), (0, box.right, True), (1, box.top, False), (1, box.bottom, True)):
        values = [point[axis] for point in points]
        if not values:
            return []
        if (max(values) <= limit) if keep_less else (min(values) >= limit):
            continue
        kept: list[Point] = []
        last = points[-1]
        last_in = last[axis] <= limit if keep_less else last[axis] >= limit
        for point in points:
            inside = point[axis] <= limit if keep_less else point[axis] >= limit
            if inside != last_in:
                share = (limit - last[axis]) / (point[axis] - last[axis])
                other = last[1 - axis] + (point[1 - axis] - last[1 - axis]) * share
                kept.append((limit, other) if axis == 0 else (other, limit))
            if inside:
                kept.append(point)
            last, last_in = point, inside
        points = kept
    return points


def clip_line(line: Sequence[Point], box: Box) -> Iterator[list[Point]]:
    """The pieces of a line inside a box (Liang and Barsky, 1984)."""
    piece: list[Point] = []
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    for start, end in itertools.pairwise(line):
        (x0, y0), (x1, y1) = start, end
        dx, dy = x1 - x0, y1 - y0
        # Most lie inside as a whole, or beyond one side.
        if left <= x0 <= right and left <= x1 <= right and top <= y0 <= bottom and top <= y1 <= bottom:
            piece = piece or [start]
            piece.append((x0 + dx, y0 + dy))
            continue
        if (x0 < left and x1 < left) or (x0 > right and x1 > right) or (y0 < top and y1 < top) or (y0 > bottom and y1 > bottom):
            if piece:
                yield piece
                piece = []
            continue
        enter, leave = 0.0, 1.0
        for step, room in ((-dx, x0 - left), (dx, right - x0), (-dy, y0 - top), (dy, bottom - y0)):
            if step == 0:
                if room < 0:
                    leave = -1.0
            elif step < 0:
                enter = max(enter, room / step)
            else:
                leave = min(leave, room / step)
        if enter > leave:
            if piece:
                yield piece
                piece = []
            continue
        if not piece or enter > 0:
            if piece:
                yield piece
            piece = [(x0 + dx * enter, y0 + dy * enter)]
        piece.append((x0 + dx * leave, y0 + dy * leave))
        if leave < 1:
            yield piece
            piece = []
    if piece:
        yield piece


def simplify(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Fewer points, none of those left out further than `tolerance` from the line (Douglas and Peucker, 1973)."""
    if len(line) < 3:
        return list(line)
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    waiting = [(0, len(line) - 1)]
    limit = tolerance * tolerance
    while waiting:
        first, last = waiting.pop()
        ax, ay = line[first]
        dx, dy = line[last][0] - ax, line[last][1] - ay
        length = dx * dx + dy * dy
        worst, found = limit, -1
        for index, (x, y) in enumerate(line[first + 1 : last], first + 1):
            ex, ey = x - ax, y - ay
            if length and (along := ex * dx + ey * dy) > 0:
                share = along / length
                if share > 1:
                    share = 1.0
                ex -= share * dx
                ey -= share * dy
            if (far := ex * ex + ey * ey) > worst:
                worst, found = far, index
        if found >= 0:
            keep[found] = True
            waiting.append((first, found))
            waiting.append((found, last))
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def simplify_ring(ring: Sequence[Point], tolerance: float) -> list[Point]:
    """The same for a closed ring (first and last point alike): its two halves apart, so that it keeps an area."""
    half = len(ring) // 2
    return simplify(ring[: half + 1], tolerance)[:-1] + simplify(ring[half:], tolerance)


def area(ring: Sequence[Point]) -> float:
    """Twice the area inside a ring, without sign."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True)))


def path_data(lines: Iterable[Sequence[Point]], scale: float, *, closed: bool) -> str:
    """The `d` of a path in whole numbers, relative, without needless blanks (SVG 2, 9.3)."""
    parts = []
    for line in lines:
        points = [(round(x * scale), round(y * scale)) for x, y in line]
        if closed and len(points) > 1 and points[0] == points[-1]:
            points.pop()
        steps = [(x - a, y - b) for (a, b), (x, y) in itertools.pairwise(points) if (x, y) != (a, b)]
        if len(steps) < (2 if closed else 1):
            continue
        parts.append(
            f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-") + ("z" if closed else "")
        )
    return "".join(parts)
