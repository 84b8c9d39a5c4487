"""Meridians and parallels, and where to write their degrees."""

from __future__ import annotations

from dataclasses import dataclass

from .frame import Frame
from .geometry import Box, Point, clip_line
from .sphere import unwrap
from .textwidth import text_width

LABEL_SIZE = 8.5
_STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0)
_LINES = 4
"""About so many lines each way."""


@dataclass(frozen=True, slots=True)
class DegreeLabel:
    """A degree with the box it takes; its text starts at the box's left, its baseline is `y`."""

    text: str
    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Graticule:
    """Lines on the paper, and the labels they could have."""

    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[DegreeLabel, ...]


def degrees_text(value: float, positive: str, negative: str) -> str:
    """`34°N`, `34.5°N`, `0°`; 180 has no side."""
    text = f"{abs(value):.1f}".removesuffix(".0")
    if text in ("0", "180") or not value:
        return f"{text}°" if text != "0" or positive == "E" else "Equator"
    return f"{text}°{positive if value > 0 else negative}"


def _step(span: float) -> float:
    return next((step for step in _STEPS if span / step <= _LINES + 0.5), _STEPS[-1])


def graticule(frame: Frame) -> Graticule:
    """Lines at round degrees, about four each way."""
    geo = frame.geo
    lat_step = 30.0 if frame.is_world else _step((geo.north - geo.south) * (0.6 if geo.around else 1))
    lon_step = 60.0 if frame.is_world else 30.0 if geo.around else _step(geo.east - geo.west)
    lines: list[tuple[Point, ...]] = []
    labels: list[DegreeLabel] = []
    for lon in _multiples(geo.west, geo.east, lon_step):
        ends = (geo.south, min(geo.north, 90 - lat_step) if geo.around and geo.north == 90 else geo.north)
        if geo.around and geo.south == -90:
            ends = (-90 + lat_step, geo.north)
        pieces = _line(frame, [(ends[0] + (ends[1] - ends[0]) * index / 40, lon) for index in range(41)])
        lines += pieces
        if not frame.is_world:
            labels += _labels(frame, pieces, degrees_text(unwrap(lon, 0) if abs(lon) > 180 else lon, "E", "W"), is_meridian=True)
    for lat in _multiples(max(-89.9, geo.south), min(89.9, geo.north), lat_step):
        steps = 120 if geo.around or frame.is_world else 40
        pieces = _line(frame, [(lat, geo.west + (geo.east - geo.west) * index / steps) for index in range(steps + 1)])
        lines += pieces
        if not frame.is_world:
            labels += _labels(frame, pieces, degrees_text(lat, "N", "S"), is_meridian=False)
    return Graticule(tuple(lines), tuple(labels))


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = int(low // step)
    return [round(index * step, 3) for index in range(first, int(high // step) + 1) if low <= index * step <= high]


def _line(frame: Frame, points: list[tuple[float, float]]) -> list[tuple[Point, ...]]:
    return [tuple(piece) for piece in clip_line(frame.place_all((lon, lat) for lat, lon in points), frame.box)]


def _labels(frame: Frame, pieces: list[tuple[Point, ...]], text: str, *, is_meridian: bool) -> list[DegreeLabel]:
    """Candidates where the line meets the frame: meridians at the bottom, else the top; parallels at the left, else the right."""
    width = text_width(text, LABEL_SIZE)
    found: list[DegreeLabel] = []
    for x, y in (end for piece in pieces for end in (piece[0], piece[-1])):
        at_side, at_end = x < 0.5 or x > frame.width - 0.5, y < 0.5 or y > frame.height - 0.5
        if not (at_end if is_meridian else at_side):
            continue  # not even at the rim: about a pole a meridian stops short of it
        if is_meridian:
            baseline = frame.height - 3 if y > frame.height / 2 else LABEL_SIZE
            left = x + 2
        else:
            baseline, left = y - 2, 3.0 if x < frame.width / 2 else frame.width - 3 - width
        box = Box(left, baseline - LABEL_SIZE * 0.8, left + width, baseline + LABEL_SIZE * 0.2)
        if frame.box.holds(box):
            found.append(DegreeLabel(text, left, baseline, box))
    return sorted(found, key=lambda label: (-label.y, label.x) if is_meridian else (label.x, label.y))
