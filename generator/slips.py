"""What the writer of a broken file probably meant.

YAML's own messages speak of tokens and block mappings, and often of a line far below the cause. Here they
become problems at the cause, in the words of someone who writes records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .errors import Problem, ValuePath, escape_char, field_path, quoted

FIELDS = "fields, each `name: value`"
_SLIP = re.compile(r"\s*(?:- )?(?P<name>[A-Za-z_]+)(?P<colon>:(?=[^\s/])|:(?=[\u00a0\u2000-\u200a\u202f\u3000])|[ ]*[：︓﹕꞉])")
_CUT = re.compile(r"\S #")
_FANCY = re.compile(r"[“„][^“”„]*[“”]")
_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>\S.*)")


@dataclass(frozen=True, slots=True)
class Plain:
    """Where a text without quotes begins and ends."""

    line: int
    col: int
    end_line: int
    end_col: int
    where: ValuePath


def swallowed(path: str, text: str, plain: list[Plain]) -> Iterator[Problem]:
    """Text that YAML silently cuts off (at ` #`), silently joins to the line above, or takes quotes and all."""
    lines = text.split("\n")
    for scalar in plain:
        field_name = field_path(scalar.where)
        line = lines[scalar.end_line - 1] if scalar.end_line <= len(lines) else ""
        # One space before `#` is taken for a slip, two for a comment, as yamllint has it.
        cut = _CUT.match(line, max(scalar.end_col - 2, 0))
        if cut:
            yield Problem(
                path, scalar.end_line, cut.end(), field_name, f"text cut off at {quoted(line[cut.end() - 1 :], 30)}", "the whole text",
                "put the value in quotes; or, if this is a comment, put two spaces before #",
            )  # fmt: skip
        if scalar.line == scalar.end_line and _FANCY.fullmatch(line, scalar.col - 1, scalar.end_col - 1):
            yield Problem(
                path, scalar.line, scalar.col, field_name, f"the quotation marks {escape_char(line[scalar.col - 1])}, which are text to YAML", 'straight quotes, "…"',
                "use straight quotes; if these belong to the text, put straight ones around them",
            )  # fmt: skip
        for number in range(scalar.line + 1, min(scalar.end_line, len(lines)) + 1):
            dash = re.match(r"\s*- ", lines[number - 1])
            slip = slip_at(lines[number - 1])
            if dash or slip:
                col = len(lines[number - 1]) - len(lines[number - 1].lstrip()) + 1
                hint = slip.hint if slip else "align the dash with the ones above"
                yield Problem(
                    path, number, col, field_name, f"{quoted(lines[number - 1])} joined to the text above",
                    "a line of its own", f"{hint}; or put the whole text in quotes",
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slip:
    """A field whose colon and space went wrong."""

    name: str
    col: int
    what: str
    hint: str

    def problem(self, path: str, line: int) -> Problem:
        """The slip on that line."""
        return Problem(path, line, self.col, "", self.what, f"`{self.name}: value`", self.hint)


def slip_at(line: str) -> Slip | None:
    """`name:value`, or a colon or space that YAML does not know, at the head of a line."""
    found = _SLIP.match(line)
    if not found:
        return None
    name, colon, col = found["name"], found["colon"].strip(), found.end()
    if colon != ":":
        return Slip(name, col, f"{escape_char(colon)}, which only looks like a colon", "type a plain colon and a space")
    if line[found.end()].isspace():
        return Slip(name, col + 1, f"{escape_char(line[found.end()])}, which is no space to YAML", "replace it with an ordinary space")
    return Slip(name, col, f"`{name}:` without a space after it", "add a space after the colon")


def html_instead(path: str, text: str) -> Problem | None:
    """A web page where a record should be."""
    if not re.match(r"\s*<[!?a-zA-Z]", text):
        return None
    return Problem(path, 1, 1, "", "HTML or XML", f"a record: {FIELDS}", "delete the tags and write the fields")


def syntax_problem(
    path: str, text: str, error: yaml.YAMLError, last_quoted: tuple[Any, Any] | None, open_bracket: tuple[int, int] | None
) -> Problem:
    """A YAML error in the words of someone who writes records.

    Args:
        path: the file.
        text: what is in it.
        error: YAML's own.
        last_quoted: where the last quoted text before the error began and ended.
        open_bracket: line and column of a bracket still open at the error.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    if "escape" in said or "hexdecimal" in said:
        return Problem(path, line, col, "", r"a backslash that YAML reads as a code", "the text itself", "use 'single quotes' around it")
    if "simple key" in context and start:
        line, col = start.line + 1, start.column + 1  # the line that was meant as a field
    if line > len(lines):  # YAML sees one more line behind the last
        line, col = len(lines), len(lines[-1]) + 1
    here = lines[line - 1]
    before = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    return (
        html_instead(path, text)
        or _about_quotes(path, lines, line, context, start, last_quoted)
        or _about_brackets(path, lines, line, open_bracket)
        or _about_first_character(path, here, line)
        or _about_colons(path, lines, line, col, said, before)
        or _about_lines(path, here, line, col, said, context, start)
        or Problem(
            path, line, col, "", f"text that YAML cannot read: {said}", "`name: value` lines", "check the quotes and the indentation here"
        )
    )


def _about_quotes(path: str, lines: list[str], line: int, context: str, start: Any, last_quoted: tuple[Any, Any] | None) -> Problem | None:
    if "quoted scalar" in context and start:
        opened = start
    elif last_quoted and last_quoted[1].line + 1 == line:
        # The error stands right behind a quoted text. If that ran over lines, its end is another text's quote.
        opened, end = last_quoted
        rest = lines[line - 1][end.column :].strip()
        if opened.line == end.line and rest and rest[0] not in ",]}:#":
            return Problem(
                path, line, end.column, "", "a quotation mark with text after it", "quotes around the whole text",
                "put the whole text in quotes of the other kind, or double the quotes inside 'single quotes'",
            )  # fmt: skip
        if opened.line == end.line:
            return None
    else:
        return None
    return Problem(
        path,
        opened.line + 1,
        opened.column + 1,
        "",
        "a quotation mark that is never closed",
        "a quote at both ends",
        "close it at the end of the text",
    )


def _about_brackets(path: str, lines: list[str], line: int, opened: tuple[int, int] | None) -> Problem | None:
    if opened is None:
        return None
    if line == opened[0] and re.search(r"[\]}]", lines[line - 1][opened[1] :]):
        return Problem(
            path, *opened, "", "brackets that hold more than a list", "items with commas between them", "put quotes around the text"
        )
    return Problem(path, *opened, "", "a bracket that is never closed", "its partner", "close it, or put the text in quotes")


def _about_first_character(path: str, here: str, line: int) -> Problem | None:
    """Text that begins with a character which means something to YAML."""
    found = _VALUE.match(here)
    if not found:
        return None
    value, col = found["value"], found.start("value") + 1
    if re.match(r"-[^\s-]", value) and found.start("value") == len(here) - len(here.lstrip()):
        return Problem(path, line, col, "", "a dash without a space after it", "`- item`", "put a space after the dash")
    if re.match(r"""[@`%*&!|>,\]}]|[-?] """, value):
        first = "a back-quote" if value[0] == "`" else f"`{value[0]}`"
        return Problem(path, line, col, "", f"a value that starts with {first}", "text", "put the value in quotes")
    if re.match(r"\[[^\[\]]*\]\s*[^\s#,\]}]|\{[^{}]*\}\s*[^\s#,\]}]", value):
        return Problem(
            path, line, col, "", f"text after a closing bracket, {quoted(value)}", "text, or a list in brackets", "put the value in quotes"
        )
    return None


def _about_colons(path: str, lines: list[str], line: int, col: int, said: str, before: int) -> Problem | None:
    here, above = lines[line - 1], lines[before - 1] if before else ""
    slip = slip_at(here)
    if slip:
        return slip.problem(path, line)
    if here.lstrip().startswith(": "):
        return Problem(
            path, line, col, "", "a field without a name", "`name: value`", "write the name before the colon, or delete the line"
        )
    if "mapping values are not allowed" not in said:
        return None
    if ": " in here[: col - 1]:
        odd = re.search(r": +([“„‘«])", here)
        what = f", after {escape_char(odd[1])}, which is no quote to YAML" if odd else ""
        hint = 'use straight quotes, "…"' if odd else "put the value in quotes, or check the indentation"
        return Problem(path, line, col, "", f"a second `: ` on the line{what}", "one `name: value`", hint)
    slip = slip_at(above)
    if slip:
        return slip.problem(path, before)
    if re.match(r"\s*(?:- +)*[\w-]+:( |$)", above):
        return Problem(
            path, line, len(here) - len(here.lstrip()) + 1, "", f"{quoted(here)} indented deeper than the text on line {before}",
            "the same indentation as its neighbours", f"align it with line {before}; or put the text in quotes",
        )  # fmt: skip
    return Problem(
        path, before or line, 1, "", f"a line that is no field: {quoted(above)}", "`name: value`", "delete it, or write it as a field"
    )


def _about_lines(path: str, here: str, line: int, col: int, said: str, context: str, start: Any) -> Problem | None:
    if "document start" in said:
        return Problem(path, line, col, "", "text after the end of the record", "nothing after `...`", "delete the line `...`")
    if "could not find expected ':'" in said or "simple key" in context:
        return Problem(
            path,
            line,
            col,
            "",
            f"a line that is no field: {quoted(here)}",
            "`name: value`",
            "add the colon, or indent it under the text above",
        )
    if "did not find expected" in said or "expected <block end>" in said:
        block = f" (the block began on line {start.line + 1})" if start else ""
        return Problem(
            path, line, col, "", f"a line that does not line up: {quoted(here)}{block}", "the same indentation as its neighbours",
            "align it with the fields around it",
        )  # fmt: skip
    return None
