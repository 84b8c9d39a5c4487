"""Claims that are to be looked at again, and when.

The day by which that is judged never comes from the clock by itself: a build would not be the same twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .catalog import Catalog
from .edtf import Edtf
from .errors import Problem
from .load import Loaded
from .records import Briefing, Claim


@dataclass(frozen=True, slots=True)
class Due:
    """A claim that is to be looked at again."""

    loaded: Loaded
    index: int
    claim: Claim
    by: Edtf


def is_overdue(claim: Claim, day: Edtf | None) -> bool:
    """Whether the day has passed by which a claim was to be looked at again."""
    return bool(day and claim.review_by and claim.review_by.latest < day.earliest)


def due(catalog: Catalog, by: Edtf) -> tuple[Due, ...]:
    """Every standing claim to be looked at again by a day, the most urgent first."""
    found = [
        Due(loaded, index, claim, claim.review_by)
        for loaded in catalog.documents.values()
        if isinstance(loaded.record, Briefing) and not loaded.record.withdrawn
        for index, claim in enumerate(loaded.record.claims)
        if claim.review_by and not claim.withdrawn and claim.review_by.earliest <= by.latest
    ]
    return tuple(sorted(found, key=lambda item: (item.by.sort_key, item.loaded.record.id, item.index)))


def overdue_problems(catalog: Catalog, day: Edtf) -> Iterator[Problem]:
    """A warning for each claim whose day has passed."""
    for item in due(catalog, day):
        if is_overdue(item.claim, day):
            yield item.loaded.document.problem(
                ("claims", item.index, "review_by"), f"{item.by.words}, which has passed", "a claim looked at again",
                "look at it again; then set a later day, or delete the line", severity="warning",
            )  # fmt: skip
