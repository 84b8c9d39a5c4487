"""What can be wrong with the input, as values.

A stage never prints and never exits. It collects `Problem` values, as many as it can find,
and either returns them beside its result or raises one `ContentError` holding them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

Severity = Literal["error", "warning"]
ValuePath = tuple[str | int, ...]
"""Where in a record: `("claims", 2, "text")`."""


class BriefbookError(Exception):
    """Base of the errors that this package raises on purpose."""


class UsageError(BriefbookError):
    """The command, its options or the project's settings are wrong (exit status 2)."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a problem, such as a first definition."""

    path: str
    line: int
    col: int
    note: str
    end: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """The edit that a hint speaks of: a text in place of what stands between two places, the second not included."""

    line: int
    col: int
    end_line: int
    end_col: int
    text: str


class Meant(str):
    """A hint that says what to write instead, so that a program can do it too."""

    instead: str


def meant(instead: str, hint: str = "") -> Meant:
    """The hint for what was probably meant.

    Args:
        instead: the text to put in the place of the one at fault.
        hint: how the hint says so; it must lead to just that text.
    """
    made = Meant(hint or f"did you mean `{instead}`?")
    made.instead = instead
    return made


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor must mend.

    Attributes:
        path: file, relative to the project's folder, with forward slashes.
        line: line in that file, from 1.
        col: column in characters, from 1.
        field: where in the record, such as ``claims[2].figures[0].as_of``; empty for the whole file.
        found: what is there.
        expected: what should be there.
        hint: the likely fix; may be empty.
        severity: an ``error`` stops a build, a ``warning`` does not.
        related: another place worth a look.
        end: line and column just behind what is at fault, where that is known.
        fix: the edit that the hint speaks of, or speaks of first.
        like: the field of which a good example would help; empty when none would.
    """

    path: str
    line: int
    col: int
    field: str
    found: str
    expected: str
    hint: str = ""
    severity: Severity = "error"
    related: Related | None = None
    end: tuple[int, int] | None = None
    fix: Fix | None = None
    like: ValuePath = ()

    def __str__(self) -> str:
        """One line: ``path:line:col: field: found; expected; hint``."""
        where = f"{self.path}:{self.line}:{self.col}"
        warning = "warning: " if self.severity == "warning" else ""
        field = f"{self.field}: " if self.field else ""
        said = "; ".join(part for part in (self.found, self.expected, self.hint) if part)
        related = ""
        if self.related:
            related = f" ({self.related.note} at {self.related.path}:{self.related.line}:{self.related.col})"
        return printable(f"{where}: {warning}{field}{said}{related}")


class ContentError(BriefbookError):
    """The content has problems; nothing can be built from it (exit status 1)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """To another process it says what is wrong, and no more."""
        return ContentError, (self.problems,)


PROBLEM_LIMIT = 2_000
"""So many problems of one file are told: a file with more was never a record, and to tell each takes time."""


def at_most(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of one file; where they are too many, the first of them and one that says so. The rest are not even made."""
    told = list(islice(problems, PROBLEM_LIMIT + 1))
    if len(told) > PROBLEM_LIMIT:
        last = told[-1]
        told[-1] = Problem(last.path, last.line, last.col, "", f"more than {PROBLEM_LIMIT:,} problems", "a record", "mend the others first")
    return told


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.col, p.field, p.found, p.expected)))


def errors_only(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


def field_path(parts: Iterable[str | int]) -> str:
    """`("claims", 2, "text")` as ``claims[2].text``."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def quoted(text: str, limit: int = 60) -> str:
    """A value as it is named in a message: in back-quotes, shortened, on one line."""
    flat = " ".join(text.split()) if text.strip() else text
    return f"`{flat[: limit - 1]}…`" if len(flat) > limit else f"`{flat}`"


def with_article(noun: str) -> str:
    """`an actor`, `a place`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def printable(text: str) -> str:
    """The text with control, bidirectional and other invisible characters written as U+XXXX.

    A message goes to terminals and review tools; a raw control character there could hide
    or reorder what it says.
    """
    return "".join(f"<U+{ord(char):04X}>" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text)


def escape_char(char: str) -> str:
    """`U+00A0 NO-BREAK SPACE` for one character."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"
