"""Shapes that tell a claim's status, without colour."""

from __future__ import annotations

from typing import Literal

from .svg import attributes, number

Status = Literal["reported", "corroborated", "disputed", "superseded"]
WORDS: dict[Status, str] = {"reported": "reported", "corroborated": "corroborated", "disputed": "disputed", "superseded": "superseded"}
RADIUS = 4.0
_ACCENT = "#b3261e"


def mark(status: Status, x: float, y: float) -> str:
    """Reported: a disc. Corroborated: a square. Disputed: an empty diamond. Superseded: a cross."""
    r = RADIUS
    if status == "corroborated":
        look: tuple[tuple[str, str | float], ...] = (
            ("x", x - r * 0.9),
            ("y", y - r * 0.9),
            ("width", r * 1.8),
            ("height", r * 1.8),
            ("fill", _ACCENT),
        )
        return f"<rect{attributes((('class', 'bb-mark bb-corroborated'), *look))}/>"
    if status == "disputed":
        size = r * 1.15
        data = (
            f"M{number(x)} {number(y - size)}L{number(x + size)} {number(y)} {number(x)} {number(y + size)} {number(x - size)} {number(y)}z"
        )
        look = (("d", data), ("fill", "#fff"), ("stroke", _ACCENT), ("stroke-width", 1.6))
        return f"<path{attributes((('class', 'bb-mark bb-disputed-mark'), *look))}/>"
    if status == "superseded":
        s = r * 0.85
        data = f"M{number(x - s)} {number(y - s)}L{number(x + s)} {number(y + s)}M{number(x - s)} {number(y + s)}L{number(x + s)} {number(y - s)}"
        look = (("d", data), ("fill", "none"), ("stroke", _ACCENT), ("stroke-width", 1.8))
        return f"<path{attributes((('class', 'bb-mark bb-superseded'), *look))}/>"
    look = (("cx", x), ("cy", y), ("r", r * 0.95), ("fill", _ACCENT))
    return f"<circle{attributes((('class', 'bb-mark bb-reported'), *look))}/>"


def whisker(data: str, *, dashed: bool = False) -> str:
    """A line that tells a range, a span of dates or an open end."""
    look = (("class", "bb-whisker"), ("d", data), ("fill", "none"), ("stroke", _ACCENT), ("stroke-width", 1.4))
    return f"<path{attributes((*look, ('stroke-dasharray', '2.5 2' if dashed else None)))}/>"
