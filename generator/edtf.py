"""Dates that are no finer than what is known: a listed part of EDTF (ISO 8601-2:2019).

Accepted forms, and how a page says them:

    2017-11-03                  3 November 2017
    2017-11   2017              November 2017   2017
    2017-10-27~  2017?  2017%   about 27 October 2017   2017 (uncertain)   about 2017 (uncertain)
    2017-10-26/2017-11-03       26 October to 3 November 2017   (it lasted from the one to the other)
    2017-09-05/..   ../2017-11  since 5 September 2017   until November 2017
    [2017-11-02..2017-11-03]    between 2 and 3 November 2017   (one day of these; which is not known)
    [..2017-11-03]              by 3 November 2017
    [2017-11-03..]              3 November 2017 or later

The full grammar has more (seasons, unspecified digits, sets with commas). None of it was needed,
and parsers disagree on it, so it is refused with the form to use instead.
Source of the format: Library of Congress, Extended Date/Time Format specification, levels 0 to 2.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

FORMS = "a date like 2017-11-03, 2017-11, 2017, 2017-10-27~ (about), 2017-10-26/2017-11-03 or [2017-11-02..2017-11-03]"

_MONTH_PATTERN = "[0-9]{4}-(0[1-9]|1[0-2])"
DAY_PATTERN = f"{_MONTH_PATTERN}-(0[1-9]|[12][0-9]|3[01])"
"""A day, for editors, which cannot count the days of a month."""
_POINT_PATTERN = f"({DAY_PATTERN}|{_MONTH_PATTERN}|[0-9]{{4}})[~?%]?"
PATTERN = rf"^({_POINT_PATTERN}|({_POINT_PATTERN}|\.\.)/({_POINT_PATTERN}|\.\.)|\[({_POINT_PATTERN})?\.\.({_POINT_PATTERN})?\])$"
"""Every accepted form, for editors."""

LONGEST = 100
"""So many characters at most are taken for a slip in a date."""
_POINT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%]?)")
MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - reads as a calendar
)


class EdtfError(ValueError):
    """A text that is no accepted date.

    Attributes:
        hint: what was probably meant, in words.
        instead: the date to write, where the hint leaves no choice.
    """

    def __init__(self, message: str, hint: str = "", instead: str = "") -> None:
        super().__init__(message)
        self.hint = hint or (f"did you mean {instead}?" if instead else "")
        self.instead = instead


@dataclass(frozen=True, slots=True)
class Point:
    """A year, month or day, with the writer's doubt about it."""

    year: int
    month: int | None = None
    day: int | None = None
    mark: Literal["", "~", "?", "%"] = ""

    @property
    def first(self) -> date:
        """The first day it can mean, marks apart."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can mean, marks apart."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def is_exact_day(self) -> bool:
        """True for a day without a mark."""
        return self.day is not None and not self.mark

    def words(self, *, month: bool = True, year: bool = True) -> str:
        """In words; `month` and `year` may be left out where the other end of a range says them."""
        parts = []
        if self.day:
            parts.append(str(self.day))
        if self.month and (month or not self.day):
            parts.append(MONTHS[self.month - 1])
        if year or not self.month:
            # A bare 99 would pass for a day, or for 1999.
            parts.append(str(self.year) if self.year > 999 else f"AD {self.year}")
        about = "about " if self.mark in ("~", "%") else ""
        uncertain = " (uncertain)" if self.mark in ("?", "%") else ""
        return about + " ".join(parts) + uncertain


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as an editor wrote it.

    Attributes:
        text: the EDTF text, unchanged.
        form: ``point``; ``interval`` (it lasted) or ``one_of`` (one day between, unknown which).
        start, end: the two ends; None is open. A point has the same at both ends.
    """

    text: str
    form: Literal["point", "interval", "one_of"]
    start: Point | None
    end: Point | None

    def __str__(self) -> str:
        return self.text

    @property
    def earliest(self) -> date:
        """First day it can mean; `date.min` for an open start. `~` and `?` do not widen it."""
        return self.start.first if self.start else date.min

    @property
    def latest(self) -> date:
        """Last day it can mean; `date.max` for an open end."""
        return self.end.last if self.end else date.max

    @property
    def is_exact_day(self) -> bool:
        """True for a single day without a mark: the only dates that count as days."""
        return self.form == "point" and self.start is not None and self.start.is_exact_day

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """Order in time: by first day, then by last, then by text."""
        return (self.earliest if self.start else self.latest, self.latest, self.text)

    @property
    def words(self) -> str:
        """As a page says it, in English."""
        start, end = self.start, self.end
        if self.form == "point":
            assert start is not None
            return start.words()
        if start is None or end is None:
            point = start or end
            assert point is not None
            if self.form == "interval":
                return f"since {point.words()}" if start else f"until {point.words()}"
            return f"{point.words()} or later" if start else f"by {point.words()}"
        first, last = _range_words(start, end)
        return f"{first} to {last}" if self.form == "interval" else f"between {first} and {last}"


def _range_words(start: Point, end: Point) -> tuple[str, str]:
    """Both ends in words, the first without what the second says anyway."""
    plain = not start.mark and not end.mark
    same_year = plain and start.year == end.year and start.month is not None and end.month is not None
    same_month = same_year and start.month == end.month and start.day is not None and end.day is not None
    return start.words(month=not same_month, year=not same_year), end.words()


def parse(text: str) -> Edtf:
    """Read one of the accepted forms.

    Raises:
        EdtfError: anything else, an impossible day, or a range that ends before it starts.
    """
    try:
        return _read(text)
    except EdtfError as error:
        raise error if error.hint else EdtfError(str(error), *_advice(text)) from None


def _read(text: str) -> Edtf:
    if text.startswith("[") and text.endswith("]"):
        ends = text[1:-1].split("..")
        if len(ends) != 2:
            raise EdtfError("a bracketed date needs two ends joined by `..`", 'write it as "[2017-11-02..2017-11-03]", in quotes')
        return _span(text, "one_of", _end(ends[0], ""), _end(ends[1], ""))
    if "/" in text:
        ends = text.split("/")
        if len(ends) != 2 or not _looks_iso(ends[0]):
            raise EdtfError("no date of an accepted form")
        return _span(text, "interval", _end(ends[0], ".."), _end(ends[1], ".."))
    point = _point(text)
    return Edtf(text, "point", point, point)


def _looks_iso(text: str) -> bool:
    return text in ("", "..") or bool(re.match(r"[0-9]{4}(?![0-9])", text))


def _end(text: str, open_mark: str) -> Point | None:
    return None if text == open_mark else _point(text)


def _span(text: str, form: Literal["interval", "one_of"], start: Point | None, end: Point | None) -> Edtf:
    if start is None and end is None:
        raise EdtfError("a range open at both ends says nothing", "give at least one end")
    if start and end and start.first > end.last:
        raise EdtfError("the range ends before it starts", instead=_turned(text, form))
    return Edtf(text, form, start, end)


def _turned(text: str, form: str) -> str:
    if form == "interval":
        return "/".join(reversed(text.split("/")))
    return '"[' + "..".join(reversed(text[1:-1].split(".."))) + ']"'


def _point(text: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise EdtfError("no date of an accepted form")
    year = int(match["year"])
    month = int(match["month"]) if match["month"] else None
    day = int(match["day"]) if match["day"] else None
    if year < 1:
        raise EdtfError("there is no year 0000 here", "years run from 0001 to 9999")
    if month is not None and not 1 <= month <= 12:
        swapped = day is not None and 1 <= day <= 12 and month <= calendar.monthrange(year, day)[1]
        if swapped:
            raise EdtfError(f"month {match['month']} does not exist", instead=f"{year:04}-{day:02}-{month:02}")
        is_season = day is None and month >= 21
        hint = "for a season write its months, as in 2017-03/2017-05" if is_season else "months run from 01 to 12"
        raise EdtfError(f"month {match['month']} does not exist", hint)
    if month is not None and day is not None:
        days = calendar.monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise EdtfError(
                f"day {match['day']} does not exist",
                f"{MONTHS[month - 1]} {year} has {days} days; write {year:04}-{month:02} if only the month is known",
            )
    mark: Literal["", "~", "?", "%"] = match["mark"]  # type: ignore[assignment]  # the pattern allows just these
    return Point(year, month, day, mark)


def _rewritten(text: str) -> str:
    """The accepted form that says the same, for slips that leave no doubt; otherwise nothing."""
    plain = "".join(str(unicodedata.decimal(char, char)) for char in text.strip())
    plain = re.sub(r"\s*[–—]\s*", "/", plain)
    plain = re.sub(r"^(?:~|c\.|ca\.|circa|about)\s*([0-9-]+)$", r"\1~", plain)
    plain = re.sub(r"(?:~\?|\?~)$", "%", plain)
    plain = re.sub(r"^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3", plain)
    plain = re.sub(r"^([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})$", lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", plain)
    plain = re.sub(r"^([0-9]{4}-[0-9]{2}-)([0-9]{2})/([0-9]{2})$", r"\1\2/\1\3", plain)
    try:
        return str(_read(plain))
    except EdtfError:
        return ""


def _advice(text: str) -> tuple[str, str]:
    """What the writer of a refused date probably meant: in words, and as a date where there is no doubt."""
    if len(text) > LONGEST:
        return "write it like 2017-11-03", ""
    if known := _rewritten(text):
        return "", known
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]", text) and _rewritten(text[:10]):
        return f"leave out the time of day: did you mean {text[:10]}?", text[:10]
    if re.fullmatch(r"[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ][0-9]{4}", text):
        return "write year, month, day, as in 2017-11-03, so that nobody takes the day for the month", ""
    if "X" in text.upper() and re.match(r"[0-9X]{2}", text.upper()):
        return "digits left open are not read; write the month (2017-11) or a range ([2017-11-01..2017-11-09])", ""
    if re.match(r"[0-9]{2}-[0-9]{2}-[0-9]{2}$", text):
        return "write the year with four digits, as in 2017-11-03", ""
    if re.search(r"[A-Za-z]{3}", text):
        return "write the date in figures, as in 2017-11-03; the source's own words belong in `phrase`", ""
    return "write it like 2017-11-03", ""
