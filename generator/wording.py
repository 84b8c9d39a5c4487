"""Codes, points and spans of time as an English page says them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache

import babel

from .edtf import Edtf, Point

SITE_LANGUAGE = "en"
"""The language of the templates."""

_PLURALS = {"person": "people", "entry": "entries"}


def counted(count: int, noun: str) -> str:
    """A number of things: `1 page`, `2 pages`, `3 people`."""
    return f"{count} {noun if count == 1 else _PLURALS.get(noun, noun + 's')}"


def shortened(text: str, length: int) -> str:
    """A text on one line, cut where it is longer."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


@cache
def _english() -> babel.Locale:
    return babel.Locale.parse("en")


def language_name(tag: str) -> str:
    """A language's English name, or its tag when CLDR has none."""
    return _english().languages.get(tag) or _english().languages.get(tag.partition("-")[0]) or tag


def country_name(code: str) -> str:
    """A country's English name, or its code when CLDR has none."""
    return _english().territories.get(code) or code


def position(lat: Decimal, lon: Decimal) -> str:
    """A point on the globe: `18.14° south, 178.44° east`.

    Args:
        lat: degrees north of the equator; digits stay as given.
        lon: degrees east of Greenwich; digits stay as given.
    """
    return f"{abs(lat):f}° {'south' if lat < 0 else 'north'}, {abs(lon):f}° {'west' if lon < 0 else 'east'}"


def year_name(year: int) -> str:
    """A year by itself: `2017`, `AD 99`."""
    return Point(year).words()


def span(dates: Iterable[Edtf]) -> str:
    """From the first to the last of some dates: `3 to 19 November 2017`, or years alone where they differ.

    No finer than the coarser of its two ends. Empty for no dates.
    """
    points = [point for date in dates for point in (date.start, date.end) if point]
    if not points:
        return ""
    first, last = min(points, key=lambda point: point.first), max(points, key=lambda point: point.last)
    if first.year != last.year:
        first, last = Point(first.year), Point(last.year)
    elif first.month is None or last.month is None:
        first = last = Point(first.year)
    elif first.day is None or last.day is None:
        first, last = Point(first.year, first.month), Point(last.year, last.month)
    else:
        first, last = Point(first.year, first.month, first.day), Point(last.year, last.month, last.day)
    return first.words() if first == last else Edtf("", "interval", first, last).words


def from_where_they_differ(one: str, other: str, limit: int) -> tuple[str, str]:
    """Two texts of which only so much will be shown: without what they share before, where that would be all to be seen."""
    same = next((place for place, (this, that) in enumerate(zip(one, other, strict=False)) if this != that), min(len(one), len(other)))
    start = one.rfind(" ", 0, max(same - limit // 3, 0)) + 1
    if max(len(one), len(other)) <= limit or not start or one == other:
        return one, other
    return f"…{one[start:]}", f"…{other[start:]}"
