"""Edits that mend a line of YAML: what hints such as "put the value in quotes" come down to.

Each gives the edit, or None where the lines leave it open what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .errors import Fix

NEAR = 200
"""So many lines above are looked at for what a line was to stand under."""
_FIELD = re.compile(r"(?P<dashes>\s*(?:- +)*)(?P<name>[\w-]+:(?: |$))?")
_COMMENT = re.compile(r"(?<!\s)\s+(?:#.*)?$")
"""With the whole of the spaces before it: to begin in the midst of a million takes a million times as long."""


def in_quotes(text: str) -> str:
    """The text as YAML quotes it: in double quotes where those need no codes inside, else in single ones."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def in_single_quotes(lines: Sequence[str], line: int, col: int) -> Fix | None:
    """Single quotes for the double ones of a text on one line, so that its backslashes are text."""
    found = re.compile(r'"((?:[^"\\]|\\[^"])*)"').match(lines[line - 1], col - 1)
    return replaced(line, col, found.end() + 1, "'" + found[1].replace("'", "''") + "'") if found else None


def character_code(lines: Sequence[str], line: int, col: int, end: tuple[int, int], char: str) -> Fix | None:
    """The code that stands for a character in the first line of a text, such as a zero-width space, deleted."""
    code = "|".join(rf"\\{mark}(?i:{ord(char):0{size}x})" for mark, size in (("x", 2), ("u", 4), ("U", 8)))
    behind = end[1] - 1 if end[0] == line else len(lines[line - 1])
    # Two backslashes are one, and begin no code.
    found = re.compile(rf"(?<!\\)(?:\\\\)*({code})").search(lines[line - 1], col - 1, behind)
    return replaced(line, found.start(1) + 1, found.end(1) + 1, "") if found else None


def line_end(lines: Sequence[str], line: int) -> tuple[int, int]:
    """The place behind a line's text."""
    return line, len(lines[line - 1].rstrip()) + 1


def replaced(line: int, col: int, end_col: int, text: str) -> Fix:
    """Another text in a part of one line."""
    return Fix(line, col, line, end_col, text)


def rest_in_quotes(lines: Sequence[str], line: int, col: int, *, with_hash: bool = False) -> Fix | None:
    """Quotes around the text from a column to the end of its line; None when it goes on in the next line.

    Args:
        lines: the file's.
        line: the text's line, from 1.
        col: where it begins, from 1.
        with_hash: whether what follows a `#` belongs to the text.
    """
    text = lines[line - 1][col - 1 :].rstrip()
    value = text if with_hash else _COMMENT.sub("", text)
    if not value or goes_on(lines, line):
        return None
    return replaced(line, col, col + len(value), in_quotes(value))


def goes_on(lines: Sequence[str], line: int) -> bool:
    """Whether the next line is indented deeper than this one's field, as a text's second line is."""
    here = _FIELD.match(lines[line - 1])
    after = next((text for text in map(lines.__getitem__, range(line, len(lines))) if text.strip()), "")
    return bool(here and len(after) - len(after.lstrip()) > len(here["dashes"]))


def whole_line(line: int) -> Fix:
    """The line deleted."""
    return Fix(line, 1, line + 1, 1, "")


def aligned(lines: Sequence[str], line: int) -> tuple[int, Fix] | None:
    """The line moved under the nearest indentation of the lines above: those of items for an item, else those of fields.

    Returns:
        The line that it now stands under, and the edit.
    """
    here = lines[line - 1]
    found = len(here) - len(here.lstrip())
    is_item = here.lstrip().startswith("- ")
    best: tuple[int, int, int] | None = None
    lowest = len(here) + 1_000
    for number in range(line - 1, max(0, line - 1 - NEAR), -1):
        above = _FIELD.match(lines[number - 1])
        if not above or not (above["name"] or "-" in above["dashes"]):
            continue
        starts = [match.start() for match in re.finditer("-", above["dashes"])] if is_item else [above.end("dashes")] * bool(above["name"])
        for start in starts:
            if start < lowest and (best is None or abs(start - found) < best[0]):
                best = abs(start - found), number, start
        lowest = min([lowest, len(lines[number - 1]) - len(lines[number - 1].lstrip())])
        if lowest == 0:
            break
    if best is None or best[0] == 0:
        return None
    _, number, start = best
    return number, replaced(line, 1, found + 1, " " * start)
