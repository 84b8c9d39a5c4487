"""Problems as people are told them: with the lines they stand on, what would mend them, and good examples.

A problem knows its place and its words. What helps to see them at a glance is put together here, once for every
rule and for every way of showing it: a terminal, a page of the preview, a program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .catalog import Catalog
from .errors import Fix, Problem, Related
from .examples import Examples, Known
from .excerpt import ROOM, Excerpt, excerpt
from .wording import counted

LinesOf = Callable[[str], Sequence[str]]
"""The lines of the file that a problem names; none where there is nothing to show."""
EXPLAINED = 50
"""So many problems are shown with examples. Whoever has more mends the first of them first."""
LINES = 3
"""So many lines of an example are shown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one file."""

    path: str
    line: int
    lines: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One problem, with what there is to show for it.

    Attributes:
        problem: the problem.
        alike: others that have the same cause, in order.
        here: its line; None for a problem of the whole file.
        related: the line of the other place that it names.
        mended: the lines as they would be once the fix is made.
        example: where a record of this content has it right.
        known_as, known: of which kind an id has to be here, and some that there are.
    """

    problem: Problem
    alike: tuple[Problem, ...] = ()
    here: Excerpt | None = None
    related: Excerpt | None = None
    mended: tuple[Excerpt, ...] = ()
    example: Passage | None = None
    known_as: str = ""
    known: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Problems in order, with those of one cause together.

    Attributes:
        entries: what is shown.
        left_out: how many problems more there are.
        problems: all of them.
    """

    entries: tuple[Entry, ...]
    left_out: int
    problems: tuple[Problem, ...]

    @property
    def summary(self) -> str:
        """How many problems there are in how many files, in words."""
        errors = sum(problem.severity == "error" for problem in self.problems)
        counts = [counted(errors, "problem"), counted(len(self.problems) - errors, "warning")]
        said = " and ".join(count for count in counts if not count.startswith("0 ")) or counts[0]
        return f"{said} in {counted(len({problem.path for problem in self.problems}), 'file')}"


def report(
    problems: Sequence[Problem],
    lines_of: LinesOf,
    records: Catalog | None = None,
    *,
    limit: int | None = None,
    fold: bool = True,
    room: int = ROOM,
) -> Report:
    """Put together what is to be shown.

    Args:
        problems: in order.
        lines_of: gives the lines of a file.
        records: what could be read, for examples.
        limit: show at most so many.
        fold: show problems of one cause as one.
        room: cells for a line.
    """
    groups = folded(problems) if fold else [(problem,) for problem in problems]
    shown = groups[:limit]
    examples = Examples(records, problems) if records else None
    entries = (
        _entry(group[0], tuple(group[1:]), lines_of, examples if number < EXPLAINED else None, room) for number, group in enumerate(shown)
    )
    return Report(tuple(entries), sum(len(group) for group in groups[len(shown) :]), tuple(problems))


def folded(problems: Iterable[Problem]) -> list[tuple[Problem, ...]]:
    """The problems, with those of one cause together, such as every mention of a record that is not there."""
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_cause(problem), []).append(problem)
    return [tuple(group) for group in groups.values()]


def _cause(problem: Problem) -> object:
    # What is named, such as an id, is one thing wherever it stands; `empty` is another in every field.
    apart = None if "`" in problem.found else (problem.path, re.sub(r"\[\d+\]", "", problem.field))
    return problem.severity, problem.found, problem.expected, problem.hint, apart


def _entry(problem: Problem, alike: tuple[Problem, ...], lines_of: LinesOf, examples: Examples | None, room: int) -> Entry:
    lines = lines_of(problem.path)
    spot = examples.line(problem) if examples else None
    known_as, known = examples.known(problem) if examples else ("", ())
    return Entry(
        problem,
        alike,
        _here(problem, lines, room),
        _related(problem.related, lines_of, room) if problem.related else None,
        _mended(problem.fix, lines, room) if problem.fix else (),
        _passage(spot.path, spot.line, spot.col, spot.end_col, lines_of, room) if spot else None,
        known_as,
        known,
    )


def _here(problem: Problem, lines: Sequence[str], room: int) -> Excerpt | None:
    if (problem.line, problem.col, problem.end) == (1, 1, None) or problem.line > len(lines):
        return None
    line, col, end_col = _focus(problem, lines)
    return excerpt(line, lines[line - 1], col, end_col, room)


def _focus(problem: Problem, lines: Sequence[str]) -> tuple[int, int, int]:
    """The very words that the problem names, within the value it is about; without such words, all of its first line."""
    line, col = problem.line, problem.col
    here = lines[line - 1]
    end_line, end_col = problem.end or (line, col if problem.field else len(here) + 1)
    named = re.search(r"`([^`…]+)`", problem.found)
    if named:
        found = []
        for number in range(line, min(end_line, len(lines)) + 1):
            text, start = lines[number - 1], col - 1 if number == line else 0
            stop = end_col - 1 if number == end_line else len(text)
            at = text.find(named[1], start, stop)
            if at >= 0:
                found += [(number, at)] * min(2, text.count(named[1], at, stop))
        if len(found) == 1:
            return found[0][0], found[0][1] + 1, found[0][1] + 1 + len(named[1])
    if problem.end is None:
        word = re.compile(r"[\w-]+").match(here, col - 1)
        return line, col, word.end() + 1 if word else col + 1
    return line, col, end_col if end_line == line else max(col + 1, len(here.rstrip()) + 1)


def _related(related: Related, lines_of: LinesOf, room: int) -> Excerpt | None:
    lines = lines_of(related.path)
    if (related.line, related.col, related.end) == (1, 1, None) or related.line > len(lines):
        return None
    end_col = related.end[1] if related.end and related.end[0] == related.line else None
    return excerpt(related.line, lines[related.line - 1], related.col, end_col, room)


def _mended(fix: Fix, lines: Sequence[str], room: int) -> tuple[Excerpt, ...]:
    """The lines that the fix changes, as it leaves them."""
    if fix.end_line > len(lines) or (not fix.text and fix.end_line > fix.line):
        return ()
    # What is further away is not shown in any case, and a line may be long.
    before = lines[fix.line - 1][max(0, fix.col - 1 - 3 * room) : fix.col - 1]
    after = lines[fix.end_line - 1][fix.end_col - 1 : fix.end_col - 1 + 3 * room]
    parts = fix.text.split("\n")
    made = []
    for number, part in enumerate(parts):
        head, tail = before if number == 0 else "", after if number == len(parts) - 1 else ""
        if part or len(parts) == 1:
            start = len(head) + 1
            made.append(excerpt(fix.line + number, head + part + tail, start, start + max(1, len(part)), room))
    return tuple(made)


def _passage(path: str, line: int, col: int, end_col: int, lines_of: LinesOf, room: int) -> Passage | None:
    """A field and what stands below it, a few lines at most."""
    lines = lines_of(path)
    if line > len(lines) or not lines[line - 1].strip():
        return None
    shown = [excerpt(line, lines[line - 1], col, end_col, room)]
    for number in range(line + 1, min(line + LINES, len(lines) + 1)):
        text = lines[number - 1]
        indent = len(text) - len(text.lstrip())
        if not text.strip() or indent < col - text.lstrip().startswith("- "):
            break
        shown.append(excerpt(number, text, room=room))
    return Passage(path, line, tuple(shown))
