"""Round ticks for dates and for values."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..edtf import MONTHS, Edtf

_DAY_STEPS = (1, 2, 5, 10)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, its text and, for dates, a second line (the year, where it begins)."""

    at: float
    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` in the axis's own unit (days since year 1, or the measure's unit)."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    is_log: bool = False
    """Equal steps are equal factors."""

    def share(self, value: float) -> float:
        """0 at the low end, 1 at the high end; values beyond stay at the end."""
        if self.is_log:
            return min(1.0, max(0.0, math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)))
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


_CLOSE = 0.8
"""Values whose least is more than this share of the largest are close together: from zero they would look alike."""
_FAR = 50.0
"""Values whose largest is more than this many times the least: the small ones would lie on the base line."""


def value_axis(values: Sequence[float], most: int = 5) -> Axis:
    """From zero, with at most so many round steps; from elsewhere for values close together, logarithmic for values far apart."""
    low, high = min(values), max(values)
    if low > 0 and high / low >= _FAR:
        return _log_axis(low, high, most)
    start = 0.0 if low >= 0 and (low <= _CLOSE * high or low == high) else low
    stop = 0.0 if high <= 0 and (high >= _CLOSE * low or low == high) else high
    if stop - start < max(1e-6, abs(start) * 1e-9):
        start, stop = (0.0, 1.0) if abs(start) < 1e-6 else (start - abs(start) * 0.1, start + abs(start) * 0.1)
    raw = (stop - start) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw * (1 - 1e-9))
    first, last = math.floor(start / step + 1e-9), math.ceil(stop / step - 1e-9)
    ticks = tuple(Tick(index * step, value_text(index * step, step)) for index in range(first, last + 1))
    return Axis(ticks[0].at, ticks[-1].at, ticks)


def _log_axis(low: float, high: float, most: int) -> Axis:
    """Powers of ten, all of them or every second, third ..."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    step = -(-(last - first) // most)
    last = first + -(-(last - first) // step) * step
    ticks = tuple(Tick(10.0**power, value_text(10.0**power, 10.0**power)) for power in range(first, last + 1, step))
    return Axis(ticks[0].at, ticks[-1].at, ticks, is_log=True)


def value_text(value: float, step: float) -> str:
    """A tick's number, no finer than the step: `1,500`, `2.5`, `20 m` for millions."""
    for size, name in ((1e9, "\u00a0bn"), (1e6, "\u00a0m")):
        if step >= size / 10 and abs(value) >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + name
    places = max(0, -math.floor(math.log10(step) + 1e-9)) + (
        1 if step * 10 ** max(0, -math.floor(math.log10(step) + 1e-9)) % 1 > 1e-6 else 0
    )
    text = f"{value:,.{places}f}"
    return "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def known_days(dates: Iterable[Edtf]) -> list[date]:
    """Both ends of each date, without the open ones."""
    found = [(when.start and when.earliest, when.end and when.latest) for when in dates]
    return [day for ends in found for day in ends if day]


def date_axis(first: date, last: date, most: int = 5) -> Axis:
    """Days, months or years between two dates, with a little room at both ends."""
    spare = max(1.0, (last - first).days * 0.07)
    low, high = first.toordinal() - spare, last.toordinal() + spare
    return Axis(low, high, date_ticks(low, high, most))


def date_ticks(low: float, high: float, most: int) -> tuple[Tick, ...]:
    """Round days, months or years between two ordinals, about `most` of them."""
    days = high - low
    begin = date.fromordinal(max(1, math.ceil(low)))
    end = date.fromordinal(min(date.max.toordinal(), math.floor(high)))
    for step in _DAY_STEPS:
        if days / step <= most:
            found = [begin + timedelta(days=index) for index in range((end - begin).days + 1)]
            found = [day for day in found if day.toordinal() % step == 0]
            return _with_years([(day, f"{day.day} {MONTHS[day.month - 1][:3]}") for day in found])
    for step in _MONTH_STEPS:
        if days / (step * 30.4) <= most:
            months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
            firsts = [date(index // 12, index % 12 + 1, 1) for index in months if index % step == 0]
            return _with_years([(day, MONTHS[day.month - 1][:3]) for day in firsts if begin <= day <= end])
    step = next((step for step in _YEAR_STEPS if days / (step * 365.25) <= most), _YEAR_STEPS[-1])
    years = [date(year, 1, 1) for year in range(begin.year, end.year + 1) if year % step == 0]
    return tuple(Tick(day.toordinal(), str(day.year)) for day in years if begin <= day <= end)


def _with_years(found: Sequence[tuple[date, str]]) -> tuple[Tick, ...]:
    """The year below the first tick and below the first of each further year."""
    ticks = []
    said = None
    for day, text in found:
        ticks.append(Tick(day.toordinal(), text, str(day.year) if day.year != said else ""))
        said = day.year
    return tuple(ticks)
