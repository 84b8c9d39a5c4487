"""Where labels go: greedily, the best free position of each, in several orders; the best order wins.

After E. Imhof, Positioning Names on Maps (1975): right of the point first, then left, above and below;
further away with a line to the point where it is crowded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .geometry import Box, Point, cross

Anchor = Literal["start", "middle", "end"]
GAP = 1.5
"""Room between two labels."""
_REACH = (12.0, 18.0, 26.0, 36.0, 48.0, 64.0, 84.0, 110.0, 140.0)
_SEARCHED, _THOUGHTS = 12, 300
"""Labels for which a search is worth its time, and its limit."""


def _direction(turn: int) -> tuple[Anchor, float, float]:
    angle = 2 * math.pi * turn / 16
    return "start" if abs(turn) < 4 else "end" if abs(turn) > 4 else "middle", math.cos(angle), math.sin(angle)


_DIRECTIONS = [_direction(turn) for turn in (0, 1, -1, 8, 7, -7, 2, -2, 6, -6, 3, -3, 5, -5, 4, -4)]
"""Sixteen, the best first: the side of the label that is nearest then, and how far right and up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label before it has a place: the point it belongs to, that point's marker, and the room the text takes."""

    point: Point
    marker: Box
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's room. `anchor` is the side of the box that the text keeps to, should it turn out narrower."""

    box: Box
    anchor: Anchor
    leader: tuple[Point, Point] | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    cost: float
    placed: Placed


def place_labels(wanted: Sequence[Wanted], frame: Box, taken: Sequence[Box] = (), *, far: bool = True) -> list[Placed] | None:
    """A place for every label inside the frame, free of other labels, of markers and of what is taken; None if there is none.

    Without `far` labels stay beside their points.
    """
    best: list[Placed] | None = None
    least = math.inf
    obstacles = [[*(other.marker for other in wanted if other is not item), *taken] for item in wanted]
    candidates = [_free(enumerate(_beside(item)), item, frame, boxes) for item, boxes in zip(wanted, obstacles, strict=True)]
    # Where all have their best place beside their points, no order is better than another.
    first = [options[0].placed for options in candidates if options]
    if first and len(first) == len(wanted) and not any(_collides(place, first[:index]) for index, place in enumerate(first)):
        return first
    if far:
        for item, options, boxes in zip(wanted, candidates, obstacles, strict=True):
            options += _free(enumerate(_away(item), 10), item, frame, boxes)
    for order in _orders(wanted, candidates):
        result = _greedy(wanted, candidates, order)
        if result and result[0] < least:
            least, best = result
            if least == 0:
                break
    return best or _search(candidates, sorted(range(len(wanted)), key=lambda index: (len(candidates[index]), index)))


def place_some(wanted: Sequence[Wanted], frame: Box, taken: Sequence[Box]) -> list[Placed | None]:
    """A place beside its point for each label that has one; earlier labels go first."""
    markers = [item.marker for item in wanted]
    boxes = list(taken)
    found: list[Placed | None] = []
    for index, item in enumerate(wanted):
        others = [*markers[:index], *markers[index + 1 :], *boxes]
        options = _free(enumerate(_beside(item)), item, frame, others)
        found.append(options[0].placed if options else None)
        if options:
            boxes.append(options[0].placed.box.grown(GAP))
    return found


def _orders(wanted: Sequence[Wanted], candidates: Sequence[Sequence[_Candidate]]) -> Iterable[list[int]]:
    everyone = range(len(wanted))
    crowd = [sum(math.dist(item.point, other.point) < 60 for other in wanted) for item in wanted]
    near = [sum(option.placed.leader is None for option in options) for options in candidates]
    yield sorted(everyone, key=lambda index: (near[index], len(candidates[index]), index))
    yield sorted(everyone, key=lambda index: (-crowd[index], index))
    yield sorted(everyone, key=lambda index: (wanted[index].point, index))
    yield sorted(everyone, key=lambda index: (wanted[index].point[1], wanted[index].point[0], index))
    yield sorted(everyone, key=lambda index: (-wanted[index].point[0], index))
    yield sorted(everyone, key=lambda index: (-wanted[index].point[1], index))


def _greedy(
    wanted: Sequence[Wanted], candidates: Sequence[Sequence[_Candidate]], order: Sequence[int]
) -> tuple[float, list[Placed]] | None:
    placed: dict[int, Placed] = {}
    cost = 0.0
    for index in order:
        option = next((option for option in candidates[index] if not _collides(option.placed, placed.values())), None)
        if option is None:
            return None
        placed[index] = option.placed
        cost += option.cost
    return cost, [placed[index] for index in range(len(wanted))]


def _search(candidates: Sequence[Sequence[_Candidate]], order: Sequence[int]) -> list[Placed] | None:
    """Where taking the best first leads nowhere: the same with second thoughts, up to so many of them."""
    if not order or len(order) > _SEARCHED or not all(candidates):
        return None
    chosen: list[int] = [-1]
    for _ in range(_THOUGHTS):
        depth = len(chosen) - 1
        placed = [candidates[order[level]][chosen[level]].placed for level in range(depth)]
        options = candidates[order[depth]]
        start = chosen[depth] + 1
        found = next((index for index in range(start, len(options)) if not _collides(options[index].placed, placed)), None)
        if found is None:
            chosen.pop()
            if not chosen:
                return None
            continue
        chosen[depth] = found
        if len(chosen) == len(order):
            at = {index: candidates[index][choice].placed for index, choice in zip(order, chosen, strict=True)}
            return [at[index] for index in range(len(order))]
        chosen.append(-1)
    return None


def _collides(new: Placed, others: Iterable[Placed]) -> bool:
    for other in others:
        if new.box.overlaps(other.box, GAP):
            return True
        if other.leader and new.box.crossed_by(*other.leader):
            return True
        if new.leader and (other.box.crossed_by(*new.leader) or (other.leader and cross(new.leader, other.leader))):
            return True
    return False


def _free(places: Iterable[tuple[float, Placed]], item: Wanted, frame: Box, obstacles: Sequence[Box]) -> list[_Candidate]:
    """Those of some places, each with its cost, that are in the frame and clear of obstacles."""
    blocking = [box for box in obstacles if not box.overlaps(item.marker)]
    return [
        _Candidate(cost, place)
        for cost, place in places
        if frame.holds(place.box)
        and not place.box.overlaps_any(obstacles)
        and not (place.leader and any(box.crossed_by(*place.leader) for box in blocking))
    ]


def _beside(item: Wanted) -> Iterable[Placed]:
    x, y = item.point
    w, h = item.width, item.height
    left, right = item.marker.left - 2 - w, item.marker.right + 2
    above, below = item.marker.top - 1 - h, item.marker.bottom + 1
    for place, anchor in (
        ((right, y - h / 2), "start"),
        ((left, y - h / 2), "end"),
        ((x - w / 2, above), "middle"),
        ((x - w / 2, below), "middle"),
        ((right - 2, above + h * 0.3), "start"),
        ((right - 2, below - h * 0.3), "start"),
        ((left + 2, above + h * 0.3), "end"),
        ((left + 2, below - h * 0.3), "end"),
    ):
        yield _placed(place, w, h, anchor)


def _away(item: Wanted) -> Iterable[Placed]:
    x, y = item.point
    w, h = item.width, item.height
    for reach in _REACH:
        for anchor, right, up in _DIRECTIONS:
            end = (x + reach * right, y - reach * up)
            left = end[0] + 1 if anchor == "start" else end[0] - w - 1 if anchor == "end" else end[0] - w / 2
            top = end[1] - h / 2 if anchor != "middle" else end[1] - h if up > 0 else end[1]
            box = Box(left, top, left + w, top + h)
            if not box.overlaps(item.marker, 1):
                yield Placed(box, anchor, (item.point, end))


def _placed(place: Point, width: float, height: float, anchor: str) -> Placed:
    side: Anchor = "start" if anchor == "start" else "end" if anchor == "end" else "middle"
    return Placed(Box(place[0], place[1], place[0] + width, place[1] + height), side)


def text_x(placed: Placed) -> float:
    """Where the text is held."""
    return {"start": placed.box.left, "end": placed.box.right, "middle": (placed.box.left + placed.box.right) / 2}[placed.anchor]
