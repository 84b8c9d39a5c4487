"""What any bytes in a record's file must lead to: a record, or problems that can be shown and followed.

The ordinary tests and the fuzzing ask the same questions.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from generator import history
from generator.catalog import Catalog
from generator.errors import Fix, Problem, in_order
from generator.formats import as_github, as_json, as_text
from generator.load import Content, Found, Loaded, load, read_from
from generator.pipeline import judged
from generator.records import FOLDERS, Kind
from generator.report import report

from .conftest import CASES

FIXES = 10
"""So many of a file's fixes are made."""
LIBRARIES = ("yaml.", "PyYAML", "libyaml", "pydantic", "Traceback", "Exception", "NoneType", "<class ", " object at 0x")
"""Words of libraries, and `Error` below, that no message to an editor holds unless the record does."""


def found(kind: Kind, record_id: str = "fable-flood") -> Found:
    """A file in the folder of its kind, which need not exist."""
    return Found(kind, record_id, "", f"content/{FOLDERS[kind]}/{record_id}.yaml")


def lines_in(raw: bytes) -> list[str]:
    """The lines that problems count, for bytes that are no text as well."""
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def mended(text: str, fix: Fix) -> str:
    """The text with the fix made."""
    lines = text.split("\n")
    start, end = (
        sum(len(line) + 1 for line in lines[: line - 1]) + col - 1 for line, col in ((fix.line, fix.col), (fix.end_line, fix.end_col))
    )
    return text[:start] + fix.text + text[end:]


def read(file: Found, raw: bytes) -> tuple[Loaded | None, list[Problem]]:
    """Read a file by itself, and look at all that is said of it; then make each fix, and read what that leads to."""
    loaded, problems = _read(file, raw)
    lines = {file.shown: lines_in(raw)}
    _is_printed(problems, lines, None)
    text = "\n".join(lines[file.shown])
    for fix in list(dict.fromkeys(problem.fix for problem in problems if problem.fix))[:FIXES]:
        after = mended(text, fix)
        assert after != text, f"a fix that changes nothing: {fix}"
        _read(file, after.encode("utf-8", "surrogateescape"))
    return loaded, problems


def _read(file: Found, raw: bytes) -> tuple[Loaded | None, list[Problem]]:
    loaded, document, problems = read_from(file, raw)
    assert loaded or problems, "neither a record nor a problem"
    if loaded:
        assert loaded.document is document
        assert loaded.record.id == file.record_id
    assert all(problem.path == file.shown for problem in problems)
    _look_at(problems, {file.shown: lines_in(raw)})
    return loaded, problems


def among_others(file: Found, raw: bytes) -> tuple[Catalog, tuple[Problem, ...]]:
    """Judge a file among valid records of all kinds, in the place of one with its name, and look at all that is said."""
    catalog, ordered = judge(file, raw)
    lines = {**_base_lines(), file.shown: lines_in(raw)}
    _look_at(ordered, lines)
    _is_printed(ordered, lines, catalog)
    return catalog, ordered


def judge(file: Found, raw: bytes) -> tuple[Catalog, tuple[Problem, ...]]:
    """Only judge it."""
    base = _base()
    loaded, document, problems = read_from(file, raw)
    records = [each for each in base.records if each.key != file.key]
    content = Content(
        tuple(sorted([*records, *([loaded] if loaded else [])], key=lambda each: each.key)),
        {} if loaded else {file.key: document},
        base.images,
        tuple(problems),
    )
    catalog, told = judged(content)
    return catalog, in_order([*told, *history.check(catalog, None, "content")])


@cache
def _base() -> Content:
    return load(CASES / "base" / "content")


@cache
def _base_lines() -> dict[str, list[str]]:
    folder = CASES / "base"
    return {file.relative_to(folder).as_posix(): lines_in(file.read_bytes()) for file in (folder / "content").rglob("*.yaml")}


def _look_at(problems: Iterable[Problem], lines_of: dict[str, list[str]]) -> None:
    """Every problem stands in its file, and says what it says in words for editors."""
    for problem in problems:
        _stands_in(problem, lines_of[problem.path])
        if problem.related:
            _is_inside((problem.related.line, problem.related.col), lines_of[problem.related.path], problem)
        assert problem.found, problem
        assert problem.expected, problem
        raw = "\n".join(lines_of[problem.path])
        said = f"{problem.found} {problem.expected} {problem.hint}"
        assert not any(word in said and word not in raw for word in (*LIBRARIES, "Error")), problem
        no_hidden([str(problem)])


def _stands_in(problem: Problem, lines: list[str]) -> None:
    place = problem.line, problem.col
    _is_inside(place, lines, problem)
    if problem.end:
        _is_inside(problem.end, lines, problem)
        assert place <= problem.end, problem
    if problem.fix:
        start, end = (problem.fix.line, problem.fix.col), (problem.fix.end_line, problem.fix.end_col)
        _is_inside(start, lines, problem)
        if end != (len(lines) + 1, 1):  # a last line, deleted
            _is_inside(end, lines, problem)
        assert start <= end, problem


def _is_inside(place: tuple[int, int], lines: list[str], problem: Problem) -> None:
    line, col = place
    assert 1 <= line <= len(lines), problem
    assert 1 <= col <= len(lines[line - 1]) + 1, problem


def _is_printed(problems: Sequence[Problem], lines_of: dict[str, list[str]], catalog: Catalog | None) -> None:
    told = report(problems, lambda path: lines_of.get(path, []), catalog)
    text = list(as_text(told))
    no_hidden(text)
    heads = [line for line in text if not line.startswith("  ")]
    assert len(heads) == len(told.entries), "a problem begins in the first column, and nothing else does"
    commands = list(as_github(told))
    no_hidden(commands)
    assert sum(line.startswith("::") for line in commands) <= len(told.entries)
    assert not any("##[" in line for line in commands)
    made = as_json(told)
    no_hidden(made.split("\n"))
    assert len(json.loads(made)) == len(told.entries)


def no_hidden(lines: Iterable[str]) -> None:
    """Nothing in these lines steers a terminal, turns text round or is a half of a character."""
    text = "".join(lines)
    if text.isprintable():
        return
    hidden = [char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    assert not hidden, f"{hidden[:3]} in {text[:2_000]!r}"
