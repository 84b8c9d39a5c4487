"""A strip of events in time, in groups below one another on one axis: days as points, all else as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..edtf import Edtf, Point
from .breaks import TICK_SIZE, BrokenAxis, broken_axis
from .svg import attributes, document, escape, link, number, shorten, text_element
from .textwidth import text_width

WIDTH = 360.0
TITLED = 40
"""So many events have their titles beside them; of more there are marks alone."""
_LINE, _SPARE, _SIZE = 12.5, 5.0, 10.5
_NARROWEST = 0.3
"""A title stands beside its mark where it has this share of the width."""
_HEADING, _HEADING_SIZE = 18.0, 11.0
_DENSE_LANE, _DENSE_LANES = 9.0, 5
_RADIUS, _BAR = 4.0, 3.6
_SHORTEST = 9.0
"""A bar is never so short that it could pass for a point."""
_ABOUT = 9.0
"""How far a bar reaches to both sides of a day that is only about right."""
_GAP = 4.0
_HEAD, _JAG = 24.0, 11.0
"""Room for the dates, and between them and the events."""
_KEY_SIZE, _KEY_LINE, _KEY_MARK = 9.5, 14.0, 20.0
_ACCENT, _MUTED, _GRID, _BASE, _INK = "#b3261e", "#59636e", "#d8dee4", "#8c959f", "#1f2328"
_KEY = {
    "day": "an exact day",
    "lasted": "it lasted from the first to the last day",
    "vague": "day not known more closely",
    "open": "no end, or no beginning, is given",
    "break": "time left out",
}


@dataclass(frozen=True, slots=True)
class StripEvent:
    """An event: its title, when it was, and where it leads (may be empty)."""

    title: str
    when: Edtf
    href: str = ""


@dataclass(frozen=True, slots=True)
class StripGroup:
    """Events that belong together: their heading (may be empty), and where that leads (may be empty)."""

    heading: str
    events: tuple[StripEvent, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is drawn for a date: stretches of the axis that are sure, and such that are not."""

    dot: float | None
    solid: tuple[float, float] | None
    dashed: tuple[tuple[float, float], ...]
    caps: tuple[float, ...]
    arrows: tuple[tuple[float, int], ...]

    @property
    def left(self) -> float:
        return min(self._edges())

    @property
    def right(self) -> float:
        return max(self._edges())

    def _edges(self) -> Iterator[float]:
        if self.dot is not None:
            yield from (self.dot - _RADIUS, self.dot + _RADIUS)
        for start, end in ((self.solid,) if self.solid else ()) + self.dashed:
            yield from (start, end)

    @property
    def kinds(self) -> Iterator[str]:
        """Which words of the key it needs."""
        if self.dot is not None:
            yield "day"
        if self.solid:
            yield "lasted"
        if self.dashed:
            yield "vague"
        if self.arrows:
            yield "open"


def timeline_strip(groups: Sequence[StripGroup], title: str, desc: str, *, id_prefix: str = "strip", width: float = WIDTH) -> str:
    """An SVG of groups of events on one axis; the height follows from what they need.

    An exact day is a point. A bar with ends lasted from the one to the other. A dashed bar is a day or a time
    that is not known more closely. A bar to the edge with an arrow has no end, or no beginning, that was given.
    Long times in which nothing begins or ends are left out, and a jagged line says so.

    Raises:
        ValueError: there is no event.
    """
    events = [event for group in groups for event in group.events]
    if not events:
        raise ValueError("a strip of no events")
    axis = broken_axis((event.when for event in events), width)
    titled = len(events) <= TITLED
    parts: list[str] = []
    used: set[str] = {"break"} if axis.breaks else set()
    y = _HEAD + _JAG
    for group in groups:
        ordered = sorted(group.events, key=lambda event: (event.when.sort_key, event.title))
        shapes = [_shape(event.when, axis, width) for event in ordered]
        used.update(kind for shape in shapes for kind in shape.kinds)
        if group.heading:
            parts.append(_heading(group, y, width, counted=not titled))
            y += _HEADING
        body, height = (_titled if titled else _dense)(ordered, shapes, axis, y, width)
        parts.append(body)
        y += height + 4
    ground = _ground(axis, y, width)
    y += _JAG + _HEAD + 6
    key, key_height = _key(used, y, width)
    return document("bb-strip", width, y + key_height, title, desc, id_prefix, ground + "".join(parts) + key)


def _shape(when: Edtf, axis: BrokenAxis, width: float) -> _Shape:
    """Sure and unsure parts of a date on the axis."""
    start = _stretch(when.start, axis, width) if when.start else (1.0, 1.0)
    end = _stretch(when.end, axis, width) if when.end else (width - 1, width - 1)
    if when.form == "point":
        assert when.start
        if when.start.is_exact_day:
            return _Shape(start[0], None, (), (), ())
        return _Shape(None, None, (_at_least(start, width),), (), ())
    arrows = (((1.0, -1),) if when.start is None else ()) + (((width - 1, 1),) if when.end is None else ())
    if when.form == "one_of" or end[0] <= start[1]:
        whole = _at_least((start[0], end[1]), width)
        exact = when.form == "interval" and all(point is None or point.is_exact_day for point in (when.start, when.end))
        return _Shape(None, whole, (), whole, ()) if exact else _Shape(None, None, (whole,), (), arrows)
    dashed = tuple(part for part in (start, end) if part[0] < part[1])
    caps = tuple(x for point, x in ((when.start, start[0]), (when.end, end[1])) if point and point.is_exact_day)
    solid = (start[1], end[0]) if dashed else _at_least((start[1], end[0]), width)
    return _Shape(None, solid, dashed, solid if len(caps) == 2 else caps, arrows)


def _stretch(point: Point, axis: BrokenAxis, width: float) -> tuple[float, float]:
    """Where a date of its fineness may lie: no stretch at all for an exact day."""
    left, right = axis.x(point.first), axis.x(point.last)
    if point.mark:
        middle = (left + right) / 2
        left, right = min(left, middle - _ABOUT), max(right, middle + _ABOUT)
    return max(1.0, left), min(width - 1, right)


def _at_least(ends: tuple[float, float], width: float) -> tuple[float, float]:
    """A bar that can be seen as one, inside the frame."""
    left, right = ends
    if right - left >= _SHORTEST:
        return ends
    left = min(max(1.0, (left + right - _SHORTEST) / 2), width - 1 - _SHORTEST)
    return left, left + _SHORTEST


def _titled(events: Sequence[StripEvent], shapes: Sequence[_Shape], axis: BrokenAxis, top: float, width: float) -> tuple[str, float]:
    """Marks with their titles, each event in a row of its own, and the height they take."""
    parts = []
    y = top
    for event, shape in zip(events, shapes, strict=True):
        lines, x, anchor, beside = _title(event.title, shape, width)
        height = len(lines) * _LINE + _SPARE
        first = y + _SPARE / 2 + _SIZE * 0.95
        texts = "".join(
            text_element(x, first + row * _LINE, line, "bb-legend bb-halo", _SIZE, anchor=anchor, fill=_INK)
            for row, line in enumerate(lines)
        )
        middle = y + _SPARE / 2 + _LINE / 2
        if not beside:
            middle, height = y + height + _RADIUS, height + 2 * _RADIUS + _SPARE / 2
        parts.append(_linked(texts + _drawn(shape, axis, middle), event))
        y += height
    return "".join(parts), y - top


def _title(title: str, shape: _Shape, width: float) -> tuple[list[str], float, str, bool]:
    """A title's lines, where they are anchored and how, and whether that is beside the mark: right of it, else left, on one line or two.

    A bar that leaves no room on either side has its title above.
    """
    right, left = width - shape.right - _GAP, shape.left - _GAP
    whole = text_width(shorten(title, 80), _SIZE)
    to_right = right >= whole or (right >= left and left < whole)
    room = max(right if to_right else left, 0.0)
    if room < width * _NARROWEST:
        lines = _wrapped(title, width, 1)
        return lines, max(0.0, min(shape.left, width - text_width(lines[0], _SIZE))), "start", False
    lines = _wrapped(title, room, 2)
    return (lines, shape.right + _GAP, "start", True) if to_right else (lines, shape.left - _GAP, "end", True)


def _wrapped(text: str, room: float, most: int) -> list[str]:
    """A text in at most so many lines; an ellipsis says that more was there."""
    lines: list[str] = []
    rest = shorten(text, 120).split(" ")
    while rest and len(lines) < most - 1:
        count = next((count for count in range(len(rest), 1, -1) if text_width(" ".join(rest[:count]), _SIZE) <= room), 1)
        if text_width(rest[0], _SIZE) > room:
            break
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    return [*lines, _fitted(" ".join(rest), _SIZE, room)] if rest else lines


def _dense(events: Sequence[StripEvent], shapes: Sequence[_Shape], axis: BrokenAxis, top: float, width: float) -> tuple[str, float]:
    """Marks alone, in a few narrow lanes; where those are full, marks cover one another."""
    lanes: list[float] = []
    parts = []
    for index, (event, shape) in enumerate(zip(events, shapes, strict=True)):
        lane = next((lane for lane, used in enumerate(lanes) if used < shape.left), len(lanes))
        if lane == _DENSE_LANES:
            lane = index % _DENSE_LANES
        elif lane == len(lanes):
            lanes.append(0.0)
        lanes[lane] = max(lanes[lane], shape.right)
        parts.append(_linked(_drawn(shape, axis, top + lane * _DENSE_LANE + _DENSE_LANE / 2), event))
    # The list beside the picture leads there too: hundreds of marks would stand in the way of the keyboard.
    return "".join(parts).replace("<a ", '<a tabindex="-1" '), len(lanes) * _DENSE_LANE


def _linked(body: str, event: StripEvent) -> str:
    told = f"{event.title}, {event.when.words}"
    return link(f"<g><title>{escape(told)}</title>{body}</g>", event.href, told)


def _drawn(shape: _Shape, axis: BrokenAxis, y: float) -> str:
    if shape.dot is not None:
        look = (("cx", shape.dot), ("cy", y), ("r", _RADIUS), ("fill", _ACCENT))
        return f"<circle{attributes((('class', 'bb-mark bb-day'), *look))}/>"
    parts = [_bar(part, axis, y, "bb-vague", "2 1.5") for part in shape.dashed]
    if shape.solid:
        parts.append(_bar(shape.solid, axis, y, "bb-lasted", None))
    ends = "".join(f"M{number(x)} {number(y - 5)}v10" for x in shape.caps)
    ends += "".join(f"M{number(x - 5 * way)} {number(y - 4)}L{number(x)} {number(y)}l{number(-5 * way)} 4" for x, way in shape.arrows)
    if ends:
        parts.append(_line("bb-mark bb-end", ends, 1.6))
    return "".join(parts)


def _bar(ends: tuple[float, float], axis: BrokenAxis, y: float, css: str, dashes: str | None) -> str:
    """A level bar, with a gap where the axis has a break."""
    left, right = ends
    data = f"M{number(left)} {number(y)}"
    for at in axis.breaks:
        if left < at - 4 and at + 4 < right:
            data += f"H{number(at - 4)}M{number(at + 4)} {number(y)}"
    return _line(f"bb-mark {css}", f"{data}H{number(right)}", _BAR, dashes)


def _line(css: str, data: str, thick: float, dashes: str | None = None, stroke: str = _ACCENT) -> str:
    look = (("fill", "none"), ("stroke", stroke), ("stroke-width", thick), ("stroke-dasharray", dashes))
    return f"<path{attributes((('class', css), *look, ('d', data)))}/>"


def _heading(group: StripGroup, top: float, width: float, *, counted: bool) -> str:
    count = f" ({len(group.events)})" if counted else ""
    words = _fitted(group.heading, _HEADING_SIZE, width - text_width(count, _HEADING_SIZE, bold=True), bold=True) + count
    text = text_element(0, top + 12, words, "bb-name bb-halo", _HEADING_SIZE, weight="600")
    return _line("bb-grid", f"M0 {number(top - 1)}H{number(width)}", 1, stroke=_GRID) + link(text, group.href, group.heading)


def _fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    words = shorten(text, 80)
    while text_width(words, size, bold=bold) > room and len(words) > 2:
        words = shorten(words, len(words) - 1)
    return words


def _ground(axis: BrokenAxis, bottom: float, width: float) -> str:
    """Upright lines at the ticks with their dates above and below, and a jagged line at each break."""
    parts = ['<g aria-hidden="true">']
    for label in axis.labels:
        parts.append(_line("bb-grid", f"M{number(label.x)} {number(_HEAD)}V{number(bottom + _JAG)}", 1, stroke=_GRID))
        for first in (9.0, bottom + _JAG + 11):
            for line, text in enumerate((label.text, label.year)):
                if text:
                    parts.append(text_element(label.middle, first + line * 11, text, "bb-tick", TICK_SIZE, anchor="middle", fill=_MUTED))
    for at in axis.breaks:
        parts.append(_line("bb-grid", _jagged(at, _HEAD + _JAG, bottom), 1, stroke=_GRID))
        parts += [_line("bb-base", _jagged(at, end, end + _JAG), 1.2, stroke=_BASE) for end in (_HEAD, bottom)]
    return "".join([*parts, "</g>"])


def _jagged(x: float, top: float, bottom: float) -> str:
    steps = max(1, round((bottom - top) / 12))
    down = (bottom - top) / steps / 2
    return f"M{number(x - 1.5)} {number(top)}" + f"l3 {number(down)}l-3 {number(down)}" * steps


def _key(used: set[str], top: float, width: float) -> tuple[str, float]:
    """The shapes in use with their words, in lines, and the height they take."""
    parts, x, y = ['<g aria-hidden="true">'], 0.0, top
    samples = {
        "day": _Shape(8, None, (), (), ()),
        "lasted": _Shape(None, (2, 16), (), (2, 16), ()),
        "vague": _Shape(None, None, ((2, 16),), (), ()),
        "open": _Shape(None, (2, 15), (), (2,), ((16, 1),)),
    }
    for kind, words in _KEY.items():
        if kind not in used:
            continue
        room = _KEY_MARK + text_width(words, _KEY_SIZE)
        if x and x + room > width:
            x, y = 0.0, y + _KEY_LINE
        middle = y + _KEY_LINE / 2
        shape = samples.get(kind)
        mark = _drawn(shape, BrokenAxis((), ()), 0) if shape else _line("bb-base", _jagged(8, -6, 6), 1.2, stroke=_BASE)
        parts.append(f"<g{attributes((('transform', f'translate({number(x)} {number(middle)})'),))}>{mark}</g>")
        parts.append(text_element(x + _KEY_MARK, middle + _KEY_SIZE * 0.35, words, "bb-note", _KEY_SIZE, fill=_MUTED))
        x += room + 10
    return "".join([*parts, "</g>"]), y + _KEY_LINE - top + 2
