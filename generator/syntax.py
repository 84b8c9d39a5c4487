"""YAML's own errors in the words of someone who writes records.

YAML's messages speak of tokens and block mappings, and often of a line far below the cause. Here they
become problems at the cause.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from .errors import Fix, Problem, escape_char, quoted
from .mending import aligned, goes_on, in_quotes, in_single_quotes, line_end, replaced, rest_in_quotes, whole_line
from .slips import html_instead, slip_at

_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>\S.*)")
_NAME = re.compile(r"\s*(?:- +)*(?P<name>[\w-]+:)(?: +|$)")


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
        return Problem(
            path, line, col, "", r"a backslash that YAML reads as a code", "the text itself", "use 'single quotes' around it",
            fix=in_single_quotes(lines, start.line + 1, start.column + 1) if start else None,
        )  # fmt: skip
    if "simple key" in context and start:
        line, col = start.line + 1, start.column + 1  # the line that was meant as a field
    if line > len(lines):  # YAML sees one more line behind the last
        line, col = len(lines), len(lines[-1]) + 1
    before = next((number for number in range(line - 1, 0, -1) if lines[number - 1].strip()), 0)
    return (
        html_instead(path, text)
        or _about_quotes(path, lines, line, context, start, last_quoted)
        or _about_brackets(path, lines, line, open_bracket)
        or _about_first_character(path, lines, line)
        or _about_colons(path, lines, line, col, said, before)
        or _about_lines(path, lines, line, col, said, context, start)
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
                fix=_quoted_whole(lines, line, opened.column + 1),
            )  # fmt: skip
        if opened.line == end.line:
            return None
    else:
        return None
    begin = lines[opened.line]
    mark, text = begin[opened.column], begin[opened.column + 1 :]
    # In a list in brackets, or with the same quotes inside, only the writer knows where the text ends.
    is_plain = text.strip() and mark not in text and not re.search(r"[\[{]", begin[: opened.column]) and not goes_on(lines, opened.line + 1)
    return Problem(
        path, opened.line + 1, opened.column + 1, "",
        "a quotation mark that is never closed", "a quote at both ends", "close it at the end of the text",
        end=line_end(lines, opened.line + 1), fix=_added_at_end(lines, opened.line + 1, mark) if is_plain else None,
    )  # fmt: skip


def _quoted_whole(lines: list[str], line: int, col: int) -> Fix | None:
    """Quotes around a text that holds such as it has; those at its ends, where it has them at both, are YAML's and not its own."""
    end = line_end(lines, line)[1]
    text = lines[line - 1][col - 1 : end - 1]
    if text[:1] == text[-1:] and len(text) > 2:
        return replaced(line, col, end, in_quotes(text[1:-1]))
    return rest_in_quotes(lines, line, col)


def _added_at_end(lines: list[str], line: int, text: str) -> Fix:
    col = line_end(lines, line)[1]
    return replaced(line, col, col, text)


def _about_brackets(path: str, lines: list[str], line: int, opened: tuple[int, int] | None) -> Problem | None:
    if opened is None:
        return None
    if line == opened[0] and re.search(r"[\]}]", lines[line - 1][opened[1] :]):
        return Problem(
            path, *opened, "", "brackets that hold more than a list", "items with commas between them", "put quotes around the text",
            end=line_end(lines, line), fix=rest_in_quotes(lines, *opened),
        )  # fmt: skip
    inside = lines[opened[0] - 1][opened[1] - 1 :]
    is_plain = len(inside.strip()) > 1 and not re.search(r"[\[{#]", inside[1:]) and not goes_on(lines, opened[0])
    partner = "]" if inside[0] == "[" else "}"
    return Problem(
        path, *opened, "", "a bracket that is never closed", "its partner", "close it, or put the text in quotes",
        end=line_end(lines, opened[0]), fix=_added_at_end(lines, opened[0], partner) if is_plain else None,
    )  # fmt: skip


def _about_first_character(path: str, lines: list[str], line: int) -> Problem | None:
    """Text that begins with a character which means something to YAML."""
    here = lines[line - 1]
    found = _VALUE.match(here)
    if not found:
        return None
    value, col = found["value"], found.start("value") + 1
    if re.match(r"-[^\s-]", value) and found.start("value") == len(here) - len(here.lstrip()):
        return Problem(
            path, line, col, "", "a dash without a space after it", "`- item`", "put a space after the dash",
            fix=replaced(line, col + 1, col + 1, " "),
        )  # fmt: skip
    if re.match(r"""[@`%*&!|>,\]}]|[-?] """, value):
        first = "a back-quote" if value[0] == "`" else f"`{value[0]}`"
        what, expected = f"a value that starts with {first}", "text"
    elif re.match(r"\[[^\[\]]*\]\s*[^\s#,\]}]|\{[^{}]*\}\s*[^\s#,\]}]", value):
        what, expected = f"text after a closing bracket, {quoted(value)}", "text, or a list in brackets"
    else:
        return None
    return Problem(
        path, line, col, "", what, expected, "put the value in quotes",
        end=line_end(lines, line), fix=rest_in_quotes(lines, line, col),
    )  # fmt: skip


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
        name = _NAME.match(here)
        return Problem(
            path, line, col, "", f"a second `: ` on the line{what}", "one `name: value`", hint, end=(line, col + 1),
            fix=_straight_quotes(here, line) if odd else rest_in_quotes(lines, line, name.end() + 1) if name else None,
        )  # fmt: skip
    slip = slip_at(above)
    if slip:
        return slip.problem(path, before)
    name = _NAME.match(above)
    if name:
        indent = len(here) - len(here.lstrip())
        return Problem(
            path, line, indent + 1, "", f"{quoted(here)} indented deeper than the text on line {before}",
            "the same indentation as its neighbours", f"align it with line {before}; or put the text in quotes",
            end=line_end(lines, line), fix=replaced(line, 1, indent + 1, " " * name.start("name")),
        )  # fmt: skip
    return Problem(
        path, before or line, 1, "", f"a line that is no field: {quoted(above)}", "`name: value`", "delete it, or write it as a field"
    )


def _straight_quotes(here: str, line: int) -> Fix | None:
    found = re.search(r"(?<=: )(?P<open>[“„‘«])(?P<text>[^“”„‘’«»]*)[“”‘’»]\s*$", here)
    return replaced(line, found.start() + 1, len(here.rstrip()) + 1, in_quotes(found["text"])) if found else None


def _about_lines(path: str, lines: list[str], line: int, col: int, said: str, context: str, start: Any) -> Problem | None:
    here, end = lines[line - 1], line_end(lines, line)
    if "document start" in said:
        marker = next((number for number in range(line, 0, -1) if lines[number - 1].startswith("...")), 0)
        return Problem(
            path, line, col, "", "text after the end of the record", "nothing after `...`", "delete the line `...`",
            end=end, fix=whole_line(marker) if marker else None,
        )  # fmt: skip
    if "could not find expected ':'" in said or "simple key" in context:
        return Problem(
            path, line, col, "", f"a line that is no field: {quoted(here)}", "`name: value`", "add the colon, or indent it under the text above",
            end=end,
        )  # fmt: skip
    if "did not find expected" in said or "expected <block end>" in said:
        block = f" (the block began on line {start.line + 1})" if start else ""
        moved = aligned(lines, line)
        return Problem(
            path, line, col, "", f"a line that does not line up: {quoted(here)}{block}", "the same indentation as its neighbours",
            f"align it with line {moved[0]}" if moved else "align it with the fields around it", end=end, fix=moved[1] if moved else None,
        )  # fmt: skip
    return None
