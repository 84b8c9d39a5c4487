"""The list below a map whose places have numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .svg import clean, link, shorten, text_element
from .textwidth import text_width

SIZE = 10.5
_LINE = 15.0
_NUMBER = 20.0
"""Room for a number, right-aligned, before each name."""


class Listed(Protocol):
    """What the list says of a place."""

    @property
    def name(self) -> str:
        """In Latin letters."""

    @property
    def local_name(self) -> str:
        """In the place's own script."""

    @property
    def language(self) -> str:
        """Of the local name."""

    @property
    def href(self) -> str:
        """Where it leads."""


def legend(places: Sequence[Listed], width: float, top: float) -> tuple[str, float]:
    """Numbered names in as many columns as the longest allows, and the height they take."""
    room = _widest(places) + _NUMBER + 8
    columns = max(1, min(3, int(width // room), len(places)))
    rows = -(-len(places) // columns)
    parts = []
    for index, place in enumerate(places):
        left = (index // rows) * width / columns
        base = top + 12 + (index % rows) * _LINE
        body = text_element(left + _NUMBER - 5, base, str(index + 1), "bb-number", SIZE, anchor="end", weight="600")
        name = _fitted(place.name, width / columns - _NUMBER - 4)
        body += text_element(left + _NUMBER, base, name, "bb-legend", SIZE)
        at = left + _NUMBER + text_width(name, SIZE) + 5
        local = clean(place.local_name)
        if local and local != clean(place.name) and at + text_width(local, SIZE) < left + width / columns - 2:
            body += text_element(at, base, local, "bb-local", SIZE, language=place.language)
        parts.append(link(body, place.href, place.name))
    return "".join(parts), rows * _LINE + 4


def _widest(places: Sequence[Listed]) -> float:
    return max(
        text_width(shorten(place.name, 40), SIZE) + (text_width(clean(place.local_name), SIZE) + 5 if place.local_name else 0)
        for place in places
    )


def _fitted(text: str, room: float) -> str:
    text = shorten(text, 60)
    while text_width(text, SIZE) > room and len(text) > 2:
        text = shorten(text, len(text) - 1)
    return text
