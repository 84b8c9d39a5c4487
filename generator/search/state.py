"""What the search page needs to know of an index before it asks for anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import facets
from .files import as_json

STATE = "briefbook.json"
"""The file that says it, in the index's folder."""


def state(
    base: facets.Files, second: facets.Files | None = None, stale: Mapping[str, str] | None = None, words: list[str] | None = None
) -> bytes:
    """What belongs together.

    Args:
        base, second: where the facets of the whole index are, and of a second one beside it.
        stale: the names of what the first says of pages that have changed since, each with what the second says in its
            place, and nothing for a page that is gone.
        words: those that only the second has.
    """
    found: dict[str, Any] = {"base": base, "delta": second, "stale": stale or {}, "words": words or []}
    return as_json(found)
