"""A strip of events in time: days as points, intervals and vague dates as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..edtf import Edtf
from .axes import Axis, date_axis, known_days
from .svg import attributes, document, link, number, shorten, text_element
from .textwidth import text_width

WIDTH = 360.0
_LANE, _SIZE, _TICK_SIZE = 17.0, 10.5, 9.5
_RADIUS = 3.5
_ACCENT, _MUTED = "#b3261e", "#59636e"


@dataclass(frozen=True, slots=True)
class StripEvent:
    """An event: its title, when it was, and where it leads (may be empty)."""

    title: str
    when: Edtf
    href: str = ""


def timeline_strip(events: Sequence[StripEvent], title: str, desc: str, *, id_prefix: str = "strip", width: float = WIDTH) -> str:
    """An SVG of events on a common axis, each in a lane where it has room; the height follows from that.

    A bar with ends lasted from the one to the other. A bar without ends, dashed, is a day or a time that is
    not known more closely; an open end runs to the edge.
    """
    if not events:
        raise ValueError("a strip of no events")
    ordered = sorted(events, key=lambda event: (event.when.sort_key, event.title))
    days = known_days(event.when for event in ordered)
    axis = date_axis(min(days), max(days))
    lanes: list[float] = []
    parts = []
    for event in ordered:
        left, right = (axis.share(day.toordinal()) * (width - 2 * _RADIUS) + _RADIUS for day in (event.when.earliest, event.when.latest))
        parts.append(_event(event, left, right, lanes, width))
    height = len(lanes) * _LANE + 36
    return document("bb-strip", width, height, title, desc, id_prefix, _grid(axis, len(lanes) * _LANE + 6, width) + "".join(parts))


def _event(event: StripEvent, left: float, right: float, lanes: list[float], width: float) -> str:
    """Its mark and title in the first lane that is free from where it begins."""
    words = shorten(event.title, 60)
    while text_width(words, _SIZE) > width * 0.72 and len(words) > 2:
        words = shorten(words, len(words) - 1)
    room = text_width(words, _SIZE)
    to_right = right + _RADIUS + 4 + room <= width
    begin = left - _RADIUS if to_right else min(left - _RADIUS, max(0.0, left - _RADIUS - 4 - room))
    end = right + _RADIUS + 4 + room if to_right else right + _RADIUS
    inside = not to_right and left - _RADIUS - 4 - room < 0
    if inside:  # a bar with no room on either side has its title above it, in a lane of its own
        begin, end = 0.0, width
    lane = next((index for index, used in enumerate(lanes) if used + 4 <= begin), len(lanes))
    if lane == len(lanes):
        lanes.append(0.0)
    lanes[lane] = end
    if inside:
        lanes.append(width)
    y = lane * _LANE + 10 + (_LANE if inside else 0)
    x, anchor = (right + _RADIUS + 4, "start") if to_right else (left - _RADIUS - 4, "end")
    if inside:
        x, anchor = min(left, width - room), "start"
    text = text_element(x, lane * _LANE + 10 + _SIZE * 0.35, words, "bb-legend", _SIZE, anchor=anchor)
    return link(_shape(event.when, left, right, y) + text, event.href, f"{event.title}, {event.when.words}")


def _shape(when: Edtf, left: float, right: float, y: float) -> str:
    if when.form == "point" and right - left < 2 * _RADIUS:
        vague = when.start is not None and not when.start.is_exact_day
        look = (
            ("cx", (left + right) / 2),
            ("cy", y),
            ("r", _RADIUS),
            ("fill", "none" if vague else _ACCENT),
            ("stroke", _ACCENT),
            ("stroke-width", 1.4),
        )
        css = "bb-mark bb-vague" if vague else "bb-mark bb-day"
        return f"<circle{attributes((('class', css), *look, ('stroke-dasharray', '2 1.5' if vague else None)))}/>"
    lasted = when.form == "interval"
    ends = (f"M{number(left)} {number(y - 3)}v6" if when.start and lasted else "") + (
        f"M{number(right)} {number(y - 3)}v6" if when.end and lasted else ""
    )
    line = (("fill", "none"), ("stroke", _ACCENT), ("stroke-width", 2), ("stroke-dasharray", None if lasted else "3 2"))
    return (
        f"<path{attributes((('class', 'bb-whisker'), *line, ('d', f'M{number(left)} {number(y)}H{number(max(right, left + 4))}{ends}')))}/>"
    )


def _grid(axis: Axis, bottom: float, width: float) -> str:
    parts = ['<g aria-hidden="true">']
    for tick in axis.ticks:
        x = axis.share(tick.at) * (width - 2 * _RADIUS) + _RADIUS
        ends = (("x1", x), ("y1", 0), ("x2", x), ("y2", bottom))
        parts.append(
            f"<line{attributes((('class', 'bb-grid'), *ends, ('stroke', '#d8dee4'), ('stroke-width', 1), ('vector-effect', 'non-scaling-stroke')))}/>"
        )
        half = text_width(tick.text, _TICK_SIZE) / 2
        at = min(width - half, max(half, x))
        for line, text in enumerate((tick.text, tick.below)):
            if text:
                parts.append(text_element(at, bottom + 11 + line * 11, text, "bb-tick", _TICK_SIZE, anchor="middle", fill=_MUTED))
    return "".join([*parts, "</g>"])
