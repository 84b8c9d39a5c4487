"""Reports as text for people, as JSON for programs, as annotations for GitHub."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from .errors import Problem, Related, printable
from .excerpt import Excerpt
from .report import Entry, Passage, Report

Style = Callable[[str, str], str]
"""A text as it is to be printed, by its role: `place`, `error`, `warning`, `good`, `quiet`."""
ANNOTATIONS = 10
"""So many of each sort GitHub shows for one step."""
PLACES = 5
"""So many places with the same cause are named."""


def plain(text: str, role: str) -> str:
    """The text as it is."""
    return text


def as_text(report: Report, style: Style = plain, *, spaced: bool = False) -> Iterator[str]:
    """Lines for people, which a program can read as well: a problem begins in the first column, what belongs to it is indented.

    Args:
        report: the problems.
        style: puts parts of a line in colour.
        spaced: an empty line after each problem.
    """
    for entry in report.entries:
        yield from _entry(entry, style)
        if spaced:
            yield ""
    if report.left_out:
        yield f"  … and {report.left_out} more; to see all of them: briefbook check --all"


def _entry(entry: Entry, style: Style) -> Iterator[str]:
    problem = entry.problem
    place = printable(f"{problem.path}:{problem.line}:{problem.col}:")
    yield style(place, "place") + str(problem).removeprefix(place)
    if entry.here:
        yield from _marked(entry.here, style, problem.severity, "^")
    if entry.related and problem.related:
        yield _label(f"{problem.related.note}, {problem.related.path}:{problem.related.line}:", style)
        yield from _marked(entry.related, style, "quiet", "-")
    if entry.mended:
        yield _label("mended:", style)
        for excerpt in entry.mended:
            yield _line(excerpt.number, excerpt.before + style(excerpt.place, "good") + excerpt.after, style)
    if entry.example:
        yield _label(f"as in {entry.example.path}:{entry.example.line}:", style)
        yield from (_line(excerpt.number, excerpt.line, style) for excerpt in entry.example.lines)
    if entry.known:
        yield _label(f"known {entry.known_as}:", style) + " " + _known(entry)
    if entry.alike:
        yield _label(_alike(entry.alike), style)


def _known(entry: Entry) -> str:
    return ", ".join(printable(f"{known.id} ({known.name})" if known.name else known.id) for known in entry.known)


def _alike(alike: tuple[Problem, ...]) -> str:
    places = ", ".join(f"{problem.path}:{problem.line}:{problem.col}" for problem in alike[:PLACES])
    return f"and {len(alike)} more like it: {places}{', …' if len(alike) > PLACES else ''}"


def _label(text: str, style: Style) -> str:
    return "  " + style(printable(text), "quiet")


def _marked(excerpt: Excerpt, style: Style, role: str, mark: str) -> Iterator[str]:
    yield _line(excerpt.number, excerpt.line, style)
    yield " " * 6 + style(" | ", "quiet") + style(excerpt.marks(mark), role)


def _line(number: int, text: str, style: Style) -> str:
    return style(f"{number:>6} | ", "quiet") + text


# --- for programs -------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """A list of problems, each with everything that is known of it."""
    return _without_hidden(json.dumps([_problem(entry) for entry in report.entries], indent=2, ensure_ascii=False))


def _problem(entry: Entry) -> dict[str, Any]:
    problem, fix = entry.problem, entry.problem.fix
    end_line, end_col = problem.end or (None, None)
    return {
        "path": problem.path,
        "line": problem.line,
        "col": problem.col,
        "end_line": end_line,
        "end_col": end_col,
        "field": problem.field,
        "found": problem.found,
        "expected": problem.expected,
        "hint": problem.hint,
        "severity": problem.severity,
        "related": _related(problem.related, entry.related) if problem.related else None,
        "fix": {"line": fix.line, "col": fix.col, "end_line": fix.end_line, "end_col": fix.end_col, "text": fix.text} if fix else None,
        "excerpt": _excerpt(entry.here),
        "example": _example(entry.example) if entry.example else None,
        "known": [{"id": known.id, "name": known.name} for known in entry.known],
    }


def _related(related: Related, excerpt: Excerpt | None) -> dict[str, Any]:
    return {
        "path": related.path,
        "line": related.line,
        "col": related.col,
        "note": related.note,
        "excerpt": _excerpt(excerpt),
    }


def _excerpt(excerpt: Excerpt | None) -> dict[str, Any] | None:
    return {"line": excerpt.number, "text": excerpt.line, "marks": excerpt.marks()} if excerpt else None


def _example(example: Passage) -> dict[str, Any]:
    return {"path": example.path, "line": example.line, "text": "\n".join(excerpt.line for excerpt in example.lines)}


def _without_hidden(text: str) -> str:
    """JSON with what cannot be seen, or turns text round, written as codes."""
    hidden = {char for char in set(text) if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    return "".join(json.dumps(char)[1:-1] if char in hidden else char for char in text) if hidden else text


# --- for GitHub ---------------------------------------------------------------------------------------


def as_github(report: Report, file_of: Callable[[str], str] = str) -> Iterator[str]:
    """Workflow commands that put the problems beside the lines of a pull request, and the rest as text.

    Args:
        report: the problems.
        file_of: gives a problem's file as the repository has it.
    """
    room = {"error": ANNOTATIONS, "warning": ANNOTATIONS}
    for entry in report.entries:
        problem = entry.problem
        said = [str(problem), *([printable(_alike(entry.alike))] if entry.alike else [])]
        if room[problem.severity]:
            room[problem.severity] -= 1
            yield _command(problem, file_of(problem.path), "\n".join(said))
        else:
            yield from (_no_command(line) for line in said)
    if report.left_out:
        yield f"… and {report.left_out} more; to see all of them: briefbook check --all"


def _command(problem: Problem, file: str, message: str) -> str:
    properties = {"file": file, "line": problem.line, "col": problem.col}
    if problem.end and problem.end[0] == problem.line and problem.end[1] > problem.col:
        properties["endColumn"] = problem.end[1]
    properties["title"] = printable(f"{problem.field}: {problem.found}" if problem.field else problem.found)
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return _no_command(f"::{problem.severity} {said}::{_data(message)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _no_command(text: str) -> str:
    """A line in which no text of a record is a command: runners still look for the old form anywhere in a line."""
    return re.sub(r"##(?=\[)", "# #", text)
