"""The chart of a measure: each stated value at its date, never joined by a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from ..edtf import Edtf
from .axes import Axis, date_axis, known_days, value_axis
from .geometry import Box
from .labels import Placed, Wanted, place_labels, place_some, text_x
from .marks import RADIUS, WORDS, Status, mark, whisker
from .svg import attributes, clean, document, link, number, shorten, text_element
from .textwidth import text_width

WIDTH, HEIGHT = 360.0, 250.0
_TICK_SIZE, _NAME_SIZE, _VALUE_SIZE, _NUMBER_SIZE = 9.5, 10.5, 10.0, 10.5
_INK, _MUTED = "#1f2328", "#59636e"
_UP, _DOWN = ("more than", "at least"), ("up to", "as many as", "less than", "fewer than", "nearly", "just under")
_ARROW, _ABOUT = 13.0, 14.0
"""Length of an arrow; half that of the dashed line of a day that is only about right."""
_NAMED = 12
"""With more values than this, labels are numbers."""
_MANY = 25
"""With more values than this, the chart is higher."""


@dataclass(frozen=True, slots=True)
class ChartValue:
    """A stated value.

    Attributes:
        row: its row in the table beside the chart, from 1.
        low: the value, or the low end of a range.
        high: the value again, or the high end.
        as_of: the date it is about; a vague one is drawn as a span.
        speaker: who says so.
        text: the value in full, with qualifier and unit, as the table has it.
        qualifier: the word before it; `at least` and the like get an arrow.
        status: of the claim it stands in, told by the shape of its mark.
        href: where it leads; may be empty.
    """

    row: int
    low: float
    high: float
    as_of: Edtf
    speaker: str
    text: str
    qualifier: str = ""
    status: Status = "reported"
    href: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"no value or range: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value on the paper: its horizontal span, its vertical range, and where its marks stand."""

    value: ChartValue
    left: float
    right: float
    x: float
    low: float
    high: float

    @property
    def marks(self) -> Box:
        """All that is drawn for it, arrows included."""
        top, bottom = self.high - RADIUS - 1, self.low + RADIUS + 1
        if self.value.qualifier in _UP:
            top -= _ARROW
        if self.value.qualifier in _DOWN:
            bottom += _ARROW
        side = _ABOUT if self.is_about else RADIUS + 1
        return Box(min(self.left, self.x - side), top, max(self.right, self.x + side), bottom)

    @property
    def is_about(self) -> bool:
        """True when an end of the date is marked as about or uncertain."""
        return any(point and point.mark for point in (self.value.as_of.start, self.value.as_of.end))


def measure_chart(
    values: Sequence[ChartValue],
    title: str,
    desc: str,
    *,
    unit: str = "",
    id_prefix: str = "chart",
    width: float = WIDTH,
    height: float | None = None,
) -> str:
    """An SVG chart of stated values by the date they are about.

    Labels name the speaker and the value, on as few lines as they fit; else the speaker; where that does not fit
    either, the row in the table beside the chart, which a line below then says. An axis that does not begin at
    zero, or is logarithmic, says so above it.

    Args:
        values: at least one.
        title: the picture's name.
        desc: what it tells.
        unit: of the value axis, written above it.
        id_prefix: unique on the page; ids in the picture begin with it.
        width: of the picture.
        height: of the picture; left out, what the number of values asks.
    """
    if not values:
        raise ValueError("a chart of no values")
    height = height or (HEIGHT if len(values) <= _MANY else HEIGHT * 1.6)
    ups = value_axis([end for value in values for end in (value.low, value.high)])
    days = known_days(value.as_of for value in values)
    across = date_axis(min(days), max(days))
    left = max(text_width(tick.text, _TICK_SIZE) for tick in ups.ticks) + 6
    above = " · ".join(text for text in (shorten(unit, 28), _told(ups)) if text)
    desc = f"{desc}. Value axis: {_told(ups)}." if _told(ups) else desc
    plot = Box(left, 20.0 if above else 8.0, width - 6, height - 46)
    if any(value.qualifier in _DOWN and ups.share(value.low) * (plot.bottom - plot.top) < RADIUS + _ARROW for value in values):
        plot = Box(plot.left, plot.top, plot.right, plot.bottom - _ARROW)  # room for an arrow below the base line
    spots = _spots(values, plot, across, ups)
    texts, placed, numbered = _labels(spots, plot)
    body = [_grid(plot, across, ups, above, width, height)]
    body += [_value(spot, plot, text, place) for spot, text, place in zip(spots, texts, placed, strict=True)]
    body.append(_key(values, width, height, numbered=numbered))
    return document("bb-chart", width, height, title, desc, id_prefix, "".join(body))


def _told(ups: Axis) -> str:
    """What is unusual about the value axis."""
    if ups.is_log:
        return "logarithmic scale"
    return "" if ups.low <= 0 <= ups.high else f"axis from {ups.ticks[0].text}, not 0"


def _spots(values: Sequence[ChartValue], plot: Box, across: Axis, ups: Axis) -> list[_Spot]:
    """Values on the paper; marks that would hide one another step aside."""
    found: list[_Spot] = []
    for value in values:
        left, right = (
            plot.left + across.share(day.toordinal()) * (plot.right - plot.left) for day in (value.as_of.earliest, value.as_of.latest)
        )
        low, high = (plot.bottom - ups.share(end) * (plot.bottom - plot.top) for end in (value.low, value.high))
        start, end = value.as_of.start, value.as_of.end
        middle = (left + right) / 2 if start and end else left if start else right
        options = [_Spot(value, left, right, middle + shift, low, high) for shift in _SHIFTS]
        inside = [option for option in options if plot.left + RADIUS <= option.x <= plot.right - RADIUS] or options[:1]
        found.append(next((option for option in inside if not any(_hides(option, other) for other in found)), inside[0]))
    return found


_SHIFTS = tuple(step * sign * (2 * RADIUS + 2.0) for step in range(5) for sign in ((1, -1) if step else (1,)))


def _hides(a: _Spot, b: _Spot) -> bool:
    return abs(a.x - b.x) < 2 * RADIUS + 1 and a.high - 2 * RADIUS < b.low and b.high - 2 * RADIUS < a.low


_Line = tuple[str, str, float]
"""Its text, its classes and its size."""


_TRIES = ((40, 1, True, True), (26, 2, True, True), (22, 3, True, True), (26, 2, True, False), (22, 3, False, True), (26, 2, False, False))
"""Characters of a line, lines of a text, whether the value is there, and whether every text must be whole."""


def _labels(spots: Sequence[_Spot], plot: Box) -> tuple[list[tuple[_Line, ...]], list[Placed | None], bool]:
    """Lines of each label, their places, and whether they are row numbers; a number without room has no place."""
    room = Box(plot.left + 2, plot.top - 6, plot.right + 4, plot.bottom - 1)
    if len(spots) <= _NAMED:
        for long, most, valued, whole in _TRIES:
            texts = [_lines(spot.value, long, most, valued=valued) for spot in spots]
            if whole and any(line.endswith("…") for lines in texts for line, _, _ in lines):
                continue
            if placed := place_labels([_wanted(*item) for item in zip(spots, texts, strict=True)], room):
                return texts, [*placed], False
    rows: list[tuple[_Line, ...]] = [((str(spot.value.row), "bb-number bb-halo", _NUMBER_SIZE),) for spot in spots]
    wanted = [_wanted(*item) for item in zip(spots, rows, strict=True)]
    return rows, [*(place_labels(wanted, room) or place_some(wanted, room, ()))], True


def _lines(value: ChartValue, long: int, most: int, *, valued: bool) -> tuple[_Line, ...]:
    """The speaker and the value, each on at most so many lines of about so many characters."""
    found = [(line, "bb-name bb-small bb-halo", _NAME_SIZE) for line in wrap(clean(value.speaker), long, max_lines=most, placeholder="…")]
    if valued:
        found += [(line, "bb-value bb-halo", _VALUE_SIZE) for line in wrap(clean(value.text), long, max_lines=most, placeholder="…")]
    return tuple(found)


def _wanted(spot: _Spot, lines: tuple[_Line, ...]) -> Wanted:
    width = max((text_width(text, size, bold="bb-name" in css or "bb-number" in css) for text, css, size in lines), default=0.0)
    return Wanted((spot.x, (spot.low + spot.high) / 2), spot.marks, width, sum(size * 1.15 for _, _, size in lines))


def _grid(plot: Box, across: Axis, ups: Axis, above: str, width: float, height: float) -> str:
    parts = ['<g aria-hidden="true">']
    for tick in ups.ticks:
        y = plot.bottom - ups.share(tick.at) * (plot.bottom - plot.top)
        ends = (("x1", plot.left), ("y1", y), ("x2", plot.right), ("y2", y))
        css = "bb-base" if tick.at == ups.ticks[0].at else "bb-grid"
        stroke = "#8c959f" if css == "bb-base" else "#d8dee4"
        parts.append(
            f"<line{attributes((('class', css), *ends, ('stroke', stroke), ('stroke-width', 1), ('vector-effect', 'non-scaling-stroke')))}/>"
        )
        parts.append(text_element(plot.left - 4, y + _TICK_SIZE * 0.35, tick.text, "bb-tick", _TICK_SIZE, anchor="end", fill=_MUTED))
    if above:
        parts.append(text_element(0, 9, above, "bb-tick bb-unit", _TICK_SIZE, fill=_MUTED))
    base = height - 46
    for tick in across.ticks:
        x = plot.left + across.share(tick.at) * (plot.right - plot.left)
        ends = (("x1", x), ("y1", plot.bottom), ("x2", x), ("y2", plot.bottom + 4))
        parts.append(
            f"<line{attributes((('class', 'bb-base'), *ends, ('stroke', '#8c959f'), ('stroke-width', 1), ('vector-effect', 'non-scaling-stroke')))}/>"
        )
        half = text_width(tick.text, _TICK_SIZE) / 2
        x = min(width - half, max(half, x))
        parts.append(text_element(x, base + 14, tick.text, "bb-tick", _TICK_SIZE, anchor="middle", fill=_MUTED))
        if tick.below:
            parts.append(text_element(x, base + 25, tick.below, "bb-tick", _TICK_SIZE, anchor="middle", fill=_MUTED))
    return "".join([*parts, "</g>"])


def _value(spot: _Spot, plot: Box, lines: tuple[_Line, ...], placed: Placed | None) -> str:
    value, parts = spot.value, []
    if placed and placed.leader:
        (ax, ay), (bx, by) = placed.leader
        ends = (("x1", ax), ("y1", ay), ("x2", bx), ("y2", by))
        parts.append(f"<line{attributes((('class', 'bb-leader'), *ends, ('stroke', _MUTED), ('stroke-width', 0.8)))}/>")
    parts += _whiskers(spot, plot)
    parts += [mark(value.status, spot.x, y) for y in dict.fromkeys((spot.low, spot.high))]
    baseline = placed.box.top if placed else 0.0
    for words, css, size in lines if placed else ():
        assert placed
        baseline += size * 1.15
        weight = None if "bb-value" in css else "600"
        parts.append(text_element(text_x(placed), baseline - size * 0.28, words, css, size, anchor=placed.anchor, fill=_INK, weight=weight))
    return link("".join(parts), value.href, f"{value.speaker}: {value.text}, as of {value.as_of.words}")


def _whiskers(spot: _Spot, plot: Box) -> list[str]:
    """The range as an upright line; a span of dates as a level one; marks and open ends dashed; arrows for `at least` and `up to`."""
    value, x, parts = spot.value, spot.x, []
    if spot.low != spot.high:
        parts.append(whisker(f"M{number(x)} {number(spot.low)}V{number(spot.high)}"))
    middle = (spot.low + spot.high) / 2
    start, end = value.as_of.start, value.as_of.end
    if spot.right - spot.left > 2 * RADIUS:
        open_end = start is None or end is None
        parts.append(whisker(f"M{number(spot.left)} {number(middle)}H{number(spot.right)}", dashed=open_end))
        parts += [whisker(f"M{number(side)} {number(middle - 3)}v6") for side, known in ((spot.left, start), (spot.right, end)) if known]
    elif spot.is_about:
        left, right = max(plot.left, x - _ABOUT), min(plot.right, x + _ABOUT)
        parts.append(whisker(f"M{number(left)} {number(middle)}H{number(right)}", dashed=True))
    if value.qualifier in _UP:
        parts.append(_arrow(x, spot.high - RADIUS, -1))
    if value.qualifier in _DOWN:
        parts.append(_arrow(x, spot.low + RADIUS, 1))
    return parts


def _arrow(x: float, y: float, down: int) -> str:
    tip = y + down * (_ARROW - 3)
    return whisker(
        f"M{number(x)} {number(y)}V{number(tip)}M{number(x - 3)} {number(tip - down * 4)}L{number(x)} {number(tip)} {number(x + 3)} {number(tip - down * 4)}"
    )


def _key(values: Sequence[ChartValue], width: float, height: float, *, numbered: bool) -> str:
    """The shapes in use with their words, and what numbers mean."""
    at, base, parts = 2.0, height - 4, ['<g aria-hidden="true">']
    used = {value.status for value in values}
    for status, words in WORDS.items():
        if status in used:
            parts.append(mark(status, at + RADIUS, base - 3))
            parts.append(text_element(at + 2 * RADIUS + 4, base, words, "bb-note", 8.5, fill=_MUTED))
            at += 2 * RADIUS + text_width(words, 8.5) + 11
    told = "number = row of the table" if width - at > text_width("number = row of the table", 8.5) else "no. = row"
    if numbered:
        parts.append(text_element(width - 1, base, told, "bb-note", 8.5, anchor="end", fill=_MUTED))
    return "".join([*parts, "</g>"])
