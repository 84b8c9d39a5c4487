"""Dates as sources give them, in the forms and shares of the real records."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

_SAID = {"{day}": 159, "{month}": 15, "{day}~": 7, "[{day}..{later}]": 3, "{month}~": 2, "[{year}..{year}]": 2, "{month}/{next_month}": 1}
_HAPPENED = {
    "{day}": 82, "[{day}..{later}]": 4, "{month}": 3, "{day}/{later}": 3, "{month}/{next_month}": 3, "{month}~": 2, "[..{day}]": 2,
    "{month}/{far}": 2, "{year}/{far}": 2, "{year}": 2, "[..{month}]": 1, "{month}/..": 1, "{month}~/{far}": 1, "{year}?": 1,
}  # fmt: skip


class Dates:
    """Draws the dates of one sheet, around the day that it is about."""

    def __init__(self, rng: Random, day: str) -> None:
        self._rng, self._about = rng, date.fromisoformat(day)

    def said(self) -> str:
        """When somebody said something."""
        return self._form(_SAID)

    def happened(self) -> str:
        """When something happened: often for a while, or nobody knows exactly."""
        return self._form(_HAPPENED)

    def published(self) -> str:
        """The day of the sheet, some time after what it is about."""
        return self._later(date(2024, 1, 1), 400)

    def after(self, days: int) -> str:
        """A day soon after what the sheet is about."""
        return self._later(self._about, days)

    def entered(self, published: str, count: int) -> list[str]:
        """The days of so many entries, in order."""
        return sorted(self._later(date.fromisoformat(published), 500) for _ in range(count))

    def _later(self, first: date, days: int) -> str:
        return (first + timedelta(days=self._rng.randint(1, days))).isoformat()

    def _form(self, shares: dict[str, int]) -> str:
        form = self._rng.choices(list(shares), weights=list(shares.values()))[0]
        day = self._about + timedelta(days=self._rng.randint(-20, 10))
        return form.format(
            day=day, later=day + timedelta(days=3), month=f"{day:%Y-%m}", next_month=f"{day + timedelta(days=31):%Y-%m}", year=f"{day:%Y}",
            far=day + timedelta(days=400),
        )  # fmt: skip
