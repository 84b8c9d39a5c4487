"""A date axis that leaves out long stretches in which nothing begins or ends, so that the rest has room.

One scale holds on the whole axis: a unit of width is the same time everywhere but across a break.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

from ..edtf import MONTHS, Edtf, Point
from .axes import date_ticks
from .textwidth import text_width

TICK_SIZE = 9.5
_EDGE = 6.0
_CUT = 16.0
_APART = 5.0
"""Room between two tick labels."""
_LONG = 3
"""A stretch may be left out when it is so many times as long as the usual one."""
_ENOUGH = 0.75
"""Breaks are worth their room up to this share of the widest scale that any number of them gives,"""
_PLENTY = 6.0
"""and up to so many units a day: marks a day apart are two marks then."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that the axis shows, as ordinals, and where they are on the paper."""

    first: int
    last: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Label:
    """The text of a tick: where the tick is, where the middle of the text is, and the year where it begins."""

    x: float
    middle: float
    text: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class BrokenAxis:
    """Stretches of time from left to right, and their labels."""

    stretches: tuple[Stretch, ...]
    labels: tuple[Label, ...]

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middle of each break."""
        return tuple((one.right + two.left) / 2 for one, two in pairwise(self.stretches))

    def x(self, day: date) -> float:
        """Where a day is. Only days that were given are sure to be on the axis; those left out are in their break."""
        at = day.toordinal()
        index = max(0, bisect.bisect_right([stretch.first for stretch in self.stretches], at) - 1)
        found = self.stretches[index]
        if at > found.last and index + 1 < len(self.stretches):
            return (found.right + self.stretches[index + 1].left) / 2
        share = (at - found.first) / max(1, found.last - found.first)
        return found.left + min(1.0, max(0.0, share)) * (found.right - found.left)


def broken_axis(dates: Iterable[Edtf], width: float) -> BrokenAxis:
    """An axis for these dates, with the fewest breaks that give them nearly the widest scale."""
    ends = _ends(dates)
    days = sorted(ends)
    gaps = sorted(range(1, len(days)), key=lambda index: (days[index - 1] - days[index], index))
    usual = median_low([days[index] - days[index - 1] for index in gaps]) if gaps else 0
    long = [index for index in gaps if days[index] - days[index - 1] > _LONG * usual]
    tries: list[tuple[float, tuple[Stretch, ...]]] = []
    for count in range(len(long) + 1):
        fitted = _fitted(_runs(days, long[:count]), ends, width)
        if fitted is None:
            break
        tries.append(fitted)
    best = max(scale for scale, _ in tries)
    stretches = next(found for scale, found in tries if scale >= min(best * _ENOUGH, _PLENTY))
    return BrokenAxis(stretches, _labels(stretches, ends, width))


def _ends(dates: Iterable[Edtf]) -> dict[int, Point | None]:
    """Each day that begins or ends a date, with the finest date that begins there; None where one only ends."""
    found: dict[int, Point | None] = {}
    for when in dates:
        for point in (when.start, when.end):
            if point:
                first = point.first.toordinal()
                found[first] = max((point, found.get(first) or point), key=_fineness)
                found.setdefault(point.last.toordinal(), None)
    return found


def _fineness(point: Point) -> int:
    return (point.month is not None) + (point.day is not None)


def _runs(days: Sequence[int], cuts: Sequence[int]) -> list[tuple[int, int]]:
    edges = [0, *sorted(cuts), len(days)]
    return [(days[start], days[stop - 1]) for start, stop in pairwise(edges)]


def _fitted(runs: Sequence[tuple[int, int]], ends: dict[int, Point | None], width: float) -> tuple[float, tuple[Stretch, ...]] | None:
    """The widest scale, in units a day, at which the runs fit side by side with their labels; None when none does."""
    halves = [_half(_start_label(first, last, ends)) if len(runs) > 1 else 0.0 for first, last in runs]
    low, high = 0.0, width / max(1, sum(last - first for first, last in runs))
    if _placed(runs, halves, low)[1] > width:
        return None
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _placed(runs, halves, middle)[1] <= width else (low, middle)
    return low, _placed(runs, halves, low)[0]


def _placed(runs: Sequence[tuple[int, int]], halves: Sequence[float], scale: float) -> tuple[tuple[Stretch, ...], float]:
    """The runs at a scale, each begun where its label is free of the last one, and the width they take."""
    found: list[Stretch] = []
    said = -_APART
    for (first, last), half in zip(runs, halves, strict=True):
        left = found[-1].right + _CUT if found else _EDGE
        if half:
            left = max(left, said + _APART + half)
            said = left + half
        found.append(Stretch(first, last, left, left + (last - first) * scale))
    return tuple(found), max(found[-1].right + _EDGE, said)


def _start_label(first: int, last: int, ends: dict[int, Point | None]) -> str:
    """What is written where time goes on after a break, as fine as the date that begins there."""
    point = ends[first]
    if point is None and first == last:
        return ""  # here a month or year ends that was named where it begins
    day = date.fromordinal(first)
    if point and point.month is None:
        return str(day.year)
    month = MONTHS[day.month - 1][:3]
    return month if point and point.day is None else f"{day.day} {month}"


def _half(text: str) -> float:
    """Half the width of a label, whose second line may be the year."""
    return max(text_width(text, TICK_SIZE), text_width("2000", TICK_SIZE)) / 2 if text else 0.0


def _labels(stretches: Sequence[Stretch], ends: dict[int, Point | None], width: float) -> tuple[Label, ...]:
    """Where each stretch begins, and round dates where there is room; the year below the first of each."""
    found: list[tuple[float, float, str, int]] = []

    def add(x: float, text: str, day: int) -> None:
        half = _half(text)
        middle = min(width - half, max(half, x))
        if text and all(abs(middle - other) >= half + _half(words) + _APART - 0.01 for _, other, words, _ in found):
            found.append((x, middle, text, date.fromordinal(day).year))

    if len(stretches) > 1:
        for stretch in stretches:
            add(stretch.left, _start_label(stretch.first, stretch.last, ends), stretch.first)
    for stretch in stretches:
        scale = (stretch.right - stretch.left) / max(1, stretch.last - stretch.first)
        for tick in date_ticks(stretch.first, stretch.last, max(1, int((stretch.right - stretch.left) / 50))):
            add(stretch.left + (tick.at - stretch.first) * scale, tick.text, int(tick.at))
    if not found:  # no round date between the ends
        add(stretches[0].left, _start_label(stretches[0].first, stretches[0].last, ends), stretches[0].first)
    labels, said = [], 0
    for x, middle, text, year in sorted(found):
        labels.append(Label(x, middle, text, str(year) if year != said and text != str(year) else ""))
        said = year
    return tuple(labels)
