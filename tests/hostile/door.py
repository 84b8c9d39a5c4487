"""Records with a text where it may not stand, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.parse import parse
from generator.pipeline import check
from generator.validate import validate
from tests.extremes import Fields
from tests.projects import BASE

from .fields import is_taken, text_fields, yaml_text
from .records import JUDGED_BY_OTHERS, family
from .sweep import plain


def paths_in(value: Any, path: str, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Each text of a record with its field's path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths_in(item, f"{path}.{'*' if path.endswith('.names') else key}", (*where, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from paths_in(item, path, (*where, number))
    else:
        yield path, where


def with_text(value: Any, where: tuple[str | int, ...], text: str) -> Any:
    """The same record with another text in one place."""
    if not where:
        return text
    copied: Any = list(value) if isinstance(value, list) else dict(value)
    copied[where[0]] = with_text(copied[where[0]], where[1:], text)
    return copied


def written(value: Any, indent: str = "") -> str:
    """A record as YAML, each text on a line of its own."""
    if isinstance(value, dict):
        return "{" + ",".join(f"\n {indent}{key}: {written(item, f' {indent}')}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(f"\n {indent}{written(item, f' {indent}')}" for item in value) + "]"
    return yaml_text(value) if isinstance(value, str) else str(value).lower()


def place_of(fields: Fields, where: tuple[str | int, ...]) -> tuple[int, int]:
    """Line and column of a text, found by a mark in its place."""
    before = written(with_text(fields, where, "MARK")).partition('"MARK"')[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def problems_of(kind: str, name: str, fields: Fields) -> list[Problem]:
    path = f"content/{name}.yaml"
    document, problems = parse(path, written(fields).encode("utf-8", "surrogatepass"))
    return problems if document is None else [*problems, *validate(kind, name.partition("/")[2], document)[1]]  # type: ignore[arg-type]  # the kind comes as a text


RECORDS = family(1, plain(1).__getitem__)
KINDS = {"briefings": "briefing", "places": "place", "actors": "actor", "people": "person", "sources": "source", "measures": "measure"}


def refusals(texts: list[str]) -> Iterator[tuple[str, str, tuple[int, int], list[Problem]]]:
    """A field's path, the text in it, its place, and what was told: for each field all the texts that its type refuses."""
    taken_by = text_fields()
    done: set[str] = set()
    for name, fields in RECORDS.items():
        kind = KINDS[name.partition("/")[0]]
        for path, where in paths_in(fields, kind):
            if path in taken_by and path not in done and taken_by[path].takes != "any":
                done.add(path)
                for text in texts:
                    if not is_taken(taken_by[path].takes, text):
                        yield path, text, place_of(fields, where), problems_of(kind, name, with_text(fields, where, text))


def unlocated(found: Iterator[tuple[str, str, tuple[int, int], list[Problem]]]) -> list[str]:
    """Of refusals, those that do not say where the text stands: its file, line, and a column within it."""
    wrong, count = [], 0
    for path, text, (line, col), problems in found:
        count += 1
        told = [problem for problem in problems if problem.line == line and problem.col >= col and problem.path.startswith("content/")]
        if not told or not all(problem.found and problem.expected for problem in problems):
            wrong.append(f"{path}: {text!r} at {line}:{col}: {[str(problem) for problem in problems]}")
    assert count > 0
    return wrong


def closed(fields: Fields, kind: str, text: str) -> tuple[Fields, list[tuple[str | int, ...]]]:
    """A record with a text in every place that takes no free text, and these places."""
    free = text_fields()
    places = [where for path, where in paths_in(fields, kind) if path not in free and len(where) > 0]
    for where in places:
        fields = with_text(fields, where, text)
    return fields, places


def taken_where_no_text_is(texts: Sequence[str]) -> Iterator[str]:
    """Places for dates, numbers, ids, codes and choices that take a text, unless it has letters and digits alone."""
    for name, fields in RECORDS.items():
        kind = KINDS[name.partition("/")[0]]
        for text in texts:
            if not is_taken("verbatim", text) or text.replace("-", "").replace(":", "").replace(".", "").isalnum():
                continue
            spoilt, places = closed(fields, kind, text)
            told = {(problem.line, problem.col) for problem in problems_of(kind, name, spoilt)}
            yield from (f"{name} {where}: {text!r}" for where in places if place_of(spoilt, where) not in told)


def placed_by_rules(folder: Path, texts: Sequence[str]) -> list[str]:
    """Texts in fields that have to name a picture's file or a field, which the types take, of which it is not told where they stand."""
    taken = [text for text in texts if is_taken("line", text)]
    wanted: dict[str, list[tuple[tuple[int, int], str]]] = {}
    records: dict[str, Fields] = {}
    for number, text in enumerate(taken, 1):
        for name, fields in family(number, plain(number).__getitem__).items():
            kind = KINDS[name.partition("/")[0]]
            places = [where for path, where in paths_in(fields, kind) if path in JUDGED_BY_OTHERS]
            for where in places[number % len(places) :][:1] if places else ():
                records[name] = with_text(fields, where, text)
                wanted[name] = [(place_of(fields, where), text)]
            records.setdefault(name, fields)
    for name, fields in {**family(0, plain(0).__getitem__), **records}.items():
        file = folder / "content" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(fields), encoding="utf-8")
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / "bridge.png").write_bytes((BASE / "images" / "bridge.png").read_bytes())
    _, problems = check(folder / "content")
    told = {(problem.path, problem.line, problem.col) for problem in problems}
    missed = [
        f"{name}: {text!r} at {place}"
        for name, found in wanted.items()
        for place, text in found
        if (f"content/{name}.yaml", *place) not in told
    ]
    assert wanted
    return missed
