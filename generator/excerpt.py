"""One line of a file as people are shown it, with the place in it that is meant.

A terminal has cells, and a line has characters: some take two cells, some none, and some may not be printed
at all. Here they are counted, so that a mark under the line stands under the right ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .errors import printable

ROOM = 100
"""Cells for a line, where nobody says how wide a terminal is."""
CUT = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line in three parts, each fit to be printed.

    Attributes:
        number: of the line, from 1.
        before, place, after: the line; `place` is empty for a spot where nothing stands.
        indent: the cells that `before` takes.
        width: the cells that `place` takes, at least one.
    """

    number: int
    before: str
    place: str
    after: str
    indent: int
    width: int

    @property
    def line(self) -> str:
        """The whole line."""
        return self.before + self.place + self.after

    def marks(self, mark: str = "^") -> str:
        """What goes under the line."""
        return " " * self.indent + mark * self.width


def excerpt(number: int, text: str, col: int = 1, end_col: int | None = None, room: int = ROOM) -> Excerpt:
    """Cut out of a line what shows the place, and as much around it as there is room for.

    Args:
        number: of the line, from 1.
        text: the line; bytes that are no text may stand in it as lone surrogates.
        col: where the place begins, in characters from 1.
        end_col: where it ends, not included; by default one character.
        room: cells that the line may take.
    """
    start = min(max(col - 1, 0), len(text))
    stop = min(max(end_col - 1 if end_col else 0, start + 1), len(text))
    # What is further away has no room in any case, and a line may be long.
    low, high = max(0, start - room), min(len(text), start + 2 * room)
    cells = [_cell(char) for char in text[low:high]]
    first, last = _whole_runs(cells, *_whole_letters(cells, start - low, min(stop, high) - low))
    # A place that fills the line leaves some of what is before it, where the field's name stands.
    place, place_cut = _taken(cells[first:last], room - 1 - min(_width(cells[:first]) + bool(low), room // 3))
    if place_cut:
        place, last = [*place, _Cell(CUT, 1)], len(cells)
    free = room - _width(place)
    before, after = cells[:first], [] if place_cut else cells[last:]
    left = min(_width(before) + (room if low else 0), max(free // 2, free - _width(after)))
    shown_before, cut = _taken(before[::-1], left, more=low > 0)
    while cut and shown_before and shown_before[-1].width == 0:
        shown_before.pop()  # its letter was cut off
    shown_after, cut_after = _taken(after, free - min(left, _width(before)), more=high < len(text) and not place_cut)
    return Excerpt(
        number,
        (CUT if cut else "") + _text(shown_before[::-1]),
        _text(place),
        _text(shown_after) + (CUT if cut_after else ""),
        _width(shown_before) + cut,
        max(1, _width(place)),
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character as it is shown, the cells it takes, and how it runs."""

    shown: str
    width: int
    direction: str = "L"


def _cell(char: str) -> _Cell:
    byte = ord(char) - 0xDC00
    shown = f"<0x{byte:02X}>" if 0x80 <= byte <= 0xFF else printable(char)
    if shown != char:
        return _Cell(shown, len(shown))
    if unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff":
        return _Cell(char, 0, "NSM")
    return _Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1, unicodedata.bidirectional(char))


def _whole_letters(cells: Sequence[_Cell], first: int, last: int) -> tuple[int, int]:
    """The place with the letters that its marks stand on, and the marks that stand on its letters."""
    while 0 < first < len(cells) and cells[first].width == 0:
        first -= 1
    while 0 < last < len(cells) and cells[last].width == 0:
        last += 1
    return first, max(first, last)


def _whole_runs(cells: Sequence[_Cell], first: int, last: int) -> tuple[int, int]:
    """The place with all of a run from right to left that it is part of.

    Some terminals turn such a run round and some do not; where it begins and ends is the same on both.
    """
    for start, stop in _runs(cells):
        if start < last and first < stop:
            first, last = min(first, start), max(last, stop)
    return first, last


def _runs(cells: Sequence[_Cell]) -> Iterable[tuple[int, int]]:
    """Where letters run from right to left: from the first of them to the last, or to a number behind it."""
    start = stop = -1
    for index, cell in enumerate(cells):
        if cell.direction in ("R", "AL", "AN") or (start >= 0 and cell.direction == "EN"):
            start, stop = index if start < 0 else start, index + 1
        elif cell.direction == "NSM" and stop == index:
            stop = index + 1
        elif cell.direction == "L" and start >= 0:
            yield start, stop
            start = stop = -1
    if start >= 0:
        yield start, stop


def _taken(cells: Sequence[_Cell], room: int, *, more: bool = False) -> tuple[list[_Cell], bool]:
    """As many of the cells as there is room for, and whether some are left out; then one cell is kept free to say so."""
    if not more and _width(cells) <= room:
        return list(cells), False
    taken: list[_Cell] = []
    used = 1
    for cell in cells:
        used += cell.width
        if used > room:
            break
        taken.append(cell)
    return taken, True


def _width(cells: Iterable[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _text(cells: Iterable[_Cell]) -> str:
    return "".join(cell.shown for cell in cells)
