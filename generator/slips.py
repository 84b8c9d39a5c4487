"""Slips of the pen that YAML takes for something else without a word, or trips over further down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import Fix, Problem, ValuePath, escape_char, field_path, quoted
from .mending import aligned, in_quotes, line_end, replaced, rest_in_quotes

FIELDS = "fields, each `name: value`"
_SLIP = re.compile(r"\s*(?:- )?(?P<name>[A-Za-z_]+)(?P<colon>:(?=[^\s/])|:(?=[\u00a0\u2000-\u200a\u202f\u3000])|[ ]*[：︓﹕꞉])")
_CUT = re.compile(r"\S #")
_FANCY = re.compile(r"[“„][^“”„]*[“”]")


@dataclass(frozen=True, slots=True)
class Plain:
    """Where a text without quotes begins and ends."""

    line: int
    col: int
    end_line: int
    end_col: int
    where: ValuePath
    in_brackets: bool = False


def swallowed(path: str, text: str, plain: list[Plain]) -> Iterator[Problem]:
    """Text that YAML silently cuts off (at ` #`), silently joins to the line above, or takes quotes and all."""
    lines = text.split("\n")
    for scalar in plain:
        line = lines[scalar.end_line - 1] if scalar.end_line <= len(lines) else ""
        # One space before `#` is taken for a slip, two for a comment, as yamllint has it.
        cut = _CUT.match(line, max(scalar.end_col - 2, 0))
        one_line = scalar.line == scalar.end_line and not scalar.in_brackets
        is_empty = scalar.col == scalar.end_col
        if cut:
            yield Problem(
                path, scalar.end_line, cut.end(), field_path(scalar.where), f"text cut off at {quoted(line[cut.end() - 1 :], 30)}", "the whole text",
                "put the value in quotes; or, if this is a comment, put two spaces before #",
                end=line_end(lines, scalar.end_line),
                fix=rest_in_quotes(lines, scalar.line, cut.end() if is_empty else scalar.col, with_hash=True) if one_line else None,
            )  # fmt: skip
        if scalar.line == scalar.end_line and _FANCY.fullmatch(line, scalar.col - 1, scalar.end_col - 1):
            inner = line[scalar.col : scalar.end_col - 2]
            yield Problem(
                path, scalar.line, scalar.col, field_path(scalar.where), f"the quotation marks {escape_char(line[scalar.col - 1])}, which are text to YAML", 'straight quotes, "…"',
                "use straight quotes; if these belong to the text, put straight ones around them",
                end=(scalar.end_line, scalar.end_col), fix=replaced(scalar.line, scalar.col, scalar.end_col, in_quotes(inner)),
            )  # fmt: skip
        for number in range(scalar.line + 1, min(scalar.end_line, len(lines)) + 1):
            dash = re.match(r"\s*- ", lines[number - 1])
            slip = slip_at(lines[number - 1])
            if dash or slip:
                col = len(lines[number - 1]) - len(lines[number - 1].lstrip()) + 1
                hint = slip.hint if slip else "align the dash with the ones above"
                moved = aligned(lines, number)
                yield Problem(
                    path, number, col, field_path(scalar.where), f"{quoted(lines[number - 1])} joined to the text above",
                    "a line of its own", f"{hint}; or put the whole text in quotes", end=line_end(lines, number),
                    fix=slip.fix(number) if slip else moved[1] if moved else None,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """A field whose colon and space went wrong; `text` belongs in place of what stands from `start` to `end`."""

    name: str
    col: int
    what: str
    hint: str
    start: int
    end: int
    text: str

    def problem(self, path: str, line: int) -> Problem:
        """The slip on that line."""
        end = (line, self.col + 1)
        return Problem(path, line, self.col, "", self.what, f"`{self.name}: value`", self.hint, end=end, fix=self.fix(line))

    def fix(self, line: int) -> Fix:
        """The slip mended."""
        return replaced(line, self.start, self.end, self.text)


def slip_at(line: str) -> Slip | None:
    """`name:value`, or a colon or space that YAML does not know, at the head of a line."""
    found = _SLIP.match(line)
    if not found:
        return None
    name, colon, col = found["name"], found["colon"].strip(), found.end()
    if colon != ":":
        text = ":" if line[col : col + 1] == " " else ": "
        what, hint = f"{escape_char(colon)}, which only looks like a colon", "type a plain colon and a space"
        return Slip(name, col, what, hint, found.start("colon") + 1, col + 1, text)
    if line[col].isspace():
        what, hint = f"{escape_char(line[col])}, which is no space to YAML", "replace it with an ordinary space"
        return Slip(name, col + 1, what, hint, col + 1, col + 2, " ")
    return Slip(name, col, f"`{name}:` without a space after it", "add a space after the colon", col + 1, col + 1, " ")


def html_instead(path: str, text: str) -> Problem | None:
    """A web page where a record should be."""
    if not re.match(r"\s*<[!?a-zA-Z]", text):
        return None
    end = line_end(text.split("\n"), 1)
    return Problem(path, 1, 1, "", "HTML or XML", f"a record: {FIELDS}", "delete the tags and write the fields", end=end)
