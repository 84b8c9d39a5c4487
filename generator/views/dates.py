"""Dates as rows of mentions have them."""

from __future__ import annotations

from functools import lru_cache

from ..edtf import Edtf, parse

KEPT = 20_000
"""Dates in memory: all days of fifty years."""


@lru_cache(maxsize=KEPT)
def dated(text: str) -> Edtf:
    """The date that a row holds as it is written in a record."""
    return parse(text)
