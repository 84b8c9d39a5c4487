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
    """A claim that is to be looked at again: the record, the claim's place in it, and the day."""

    loaded: Loaded
    index: int
    claim: Claim
    by: Edtf

    def problem(self) -> Problem:
        """The warning once the day has passed."""
        return self.loaded.document.problem(
            ("claims", self.index, "review_by"), f"{self.by.words}, which has passed", "a claim looked at again",
            "look at it again; then set a later day, or delete the line", severity="warning",
        )  # fmt: skip


def is_overdue(claim: Claim, day: Edtf | None) -> bool:
    """Whether the day has passed by which a claim was to be looked at again; never, where no day is given."""
    return bool(day and claim.review_by and claim.review_by.latest < day.earliest)


def due(catalog: Catalog, by: Edtf | None) -> tuple[Due, ...]:
    """Every standing claim to be looked at again, the most urgent first.

    Args:
        catalog: all records.
        by: no later than this day; None for all.
    """
    found = [
        Due(loaded, index, claim, claim.review_by)
        for loaded in catalog.documents.values()
        if isinstance(loaded.record, Briefing) and not loaded.record.withdrawn
        for index, claim in enumerate(loaded.record.claims)
        if claim.review_by and not claim.withdrawn and (not by or claim.review_by.earliest <= by.latest)
    ]
    return tuple(sorted(found, key=lambda item: (item.by.sort_key, item.loaded.record.id, item.index)))


def overdue_in(loaded: Loaded, day: Edtf | None) -> Iterator[Problem]:
    """A warning for each claim of a record whose day has passed."""
    sheet = loaded.record
    if day and isinstance(sheet, Briefing) and not sheet.withdrawn:
        for index, claim in enumerate(sheet.claims):
            if claim.review_by and not claim.withdrawn and is_overdue(claim, day):
                yield Due(loaded, index, claim, claim.review_by).problem()


def overdue_problems(catalog: Catalog, day: Edtf) -> Iterator[Problem]:
    """A warning for each claim whose day has passed."""
    return (item.problem() for item in due(catalog, day) if is_overdue(item.claim, day))
