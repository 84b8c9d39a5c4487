"""Good examples for a problem, out of the records that are there: lines that are right, ids that are known."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any

from .catalog import Catalog, part_ids
from .errors import Problem, ValuePath
from .parse import Document
from .records import FOLDERS, KINDS, MODELS, Kind, LocalRef, Ref
from .references import references, target_at
from .validate import choices_at, likeliest

KNOWN = 3
"""So many ids are named."""
COUNTED = 300
"""So many records show which ids are used most."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field is written as it should be."""

    path: str
    line: int
    col: int
    end_col: int


@dataclass(frozen=True, slots=True)
class Known:
    """An id that there is, and whose it is."""

    id: str
    name: str


class Examples:
    """What the records of one catalog have to show."""

    def __init__(self, records: Catalog, problems: Iterable[Problem]) -> None:
        """Take the records, and the problems they have: what is part of one is no example."""
        self._records = records
        self._faulty = {(problem.path, problem.line) for problem in problems}
        self._found: dict[tuple[Kind, tuple[str, ...], str], Spot | None] = {}

    def line(self, problem: Problem) -> Spot | None:
        """A place where the field that the problem is about is written well."""
        kind, document = self._owner(problem.path)
        if not kind or not document or not problem.like:
            return None
        if isinstance(document.value(problem.like), str) and target_at(MODELS[kind], problem.like):
            return None  # what may stand in an id's place is told by `known`
        choices = choices_at(MODELS[kind], problem.like)
        wanted = problem.fix.text if problem.fix and problem.fix.text in choices else ""
        if "link" in problem.found:
            wanted = "]("
        steps = tuple(step for step in problem.like if isinstance(step, str))
        key = (kind, steps, wanted)
        if key not in self._found:
            self._found[key] = next(self._spots(kind, steps, wanted), None)
        return self._found[key]

    def known(self, problem: Problem) -> tuple[str, tuple[Known, ...]]:
        """What may stand in a reference's place: of which kind, and the ids nearest in spelling or most in use."""
        kind, document = self._owner(problem.path)
        target = target_at(MODELS[kind], problem.like) if kind and problem.like else None
        wanted = document.value(problem.like) if document else None
        if document is None or target is None or not isinstance(wanted, str):
            return "", ()
        if isinstance(target, LocalRef):
            # Where the fix leads to another briefing, its parts are meant.
            owner, mark, part = (problem.fix.text if problem.fix else wanted).rpartition("#")
            other = self._records.documents.get(("briefing", owner)) if target.elsewhere and owner else None
            data = other.document.data if other else document.data
            names = dict.fromkeys(part_ids(data, target.part), "")
            return f"{target.part}s", tuple(Known(owner + mark + name, "") for name in _nearest(part, names, ()))
        names = {each: self._name(kind, each) for kind in target.kinds for each in self._records.of_kind(kind)}
        ranked = (name for (kind, name), _ in self._uses.most_common() if kind in target.kinds and name in names)
        ids = _nearest(wanted, names, chain(self._published_by(wanted, target), ranked))
        return " or ".join(_PLURAL[kind] for kind in target.kinds), tuple(Known(each, names[each]) for each in ids)

    def _published_by(self, actor: str, target: Ref) -> Iterator[str]:
        if "source" in target.kinds:
            yield from (source.id for source in self._records.sources.values() if source.publisher_actor == actor)

    def _name(self, kind: Kind, record_id: str) -> str:
        record = self._records.of_kind(kind)[record_id]
        return str(getattr(record, "name", "") or getattr(record, "title", ""))

    def _owner(self, path: str) -> tuple[Kind | None, Document | None]:
        """The record in a file."""
        folder, _, name = path.rpartition("/")
        kind = next((kind for kind, each in FOLDERS.items() if folder.endswith(each)), None)
        if kind is None:
            return None, None
        key = (kind, name.removesuffix(".yaml"))
        loaded = self._records.documents.get(key)
        document = loaded.document if loaded else self._records.broken.get(key)
        return (kind, document) if document and document.path == path else (None, None)

    @cached_property
    def _uses(self) -> Counter[tuple[Kind, str]]:
        """How often each record is named."""
        some = islice(((kind, document) for kind in KINDS for document in self._documents(kind)), COUNTED)
        named = (found for kind, document in some for found in references(MODELS[kind], document.data))
        return Counter((kind, found.value) for found in named if isinstance(found.target, Ref) for kind in found.target.kinds)

    def _documents(self, kind: Kind) -> Iterator[Document]:
        """The trees of a kind: those of valid records first."""
        documents, broken = self._records.documents, self._records.broken
        yield from (documents[kind, record_id].document for record_id in self._records.of_kind(kind))
        yield from (document for key in broken if key[0] == kind and (document := broken[key]))

    def _spots(self, kind: Kind, steps: tuple[str, ...], wanted: str) -> Iterator[Spot]:
        for document in self._documents(kind):
            for where, value in _all_at(document.data, steps, ()):
                mark = document.marks.get(where)
                if mark is None or not value or (wanted and value != wanted and not (wanted == "](" and wanted in value)):
                    continue
                last = mark.end[0] if mark.end else mark.line
                if not any((document.path, line) in self._faulty for line in range(mark.key_line, last + 1)):
                    one_line = mark.end and mark.end[0] == mark.key_line
                    yield Spot(document.path, mark.key_line, mark.key_col, mark.end[1] if mark.end and one_line else mark.key_end)


_PLURAL: dict[Kind, str] = {
    "briefing": "briefings",
    "place": "places",
    "actor": "actors",
    "person": "people",
    "source": "sources",
    "measure": "measures",
}


def _all_at(value: Any, steps: tuple[str, ...], where: ValuePath) -> Iterator[tuple[ValuePath, Any]]:
    """Every value at a path, with any items of the lists on the way."""
    if not steps:
        yield where, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _all_at(item, steps, (*where, index))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _all_at(value[steps[0]], steps[1:], (*where, steps[0]))


def _nearest(wanted: str, names: Mapping[str, str], others: Iterable[str]) -> list[str]:
    """Ids that are spelt alike, then others."""
    near = difflib.get_close_matches(wanted.lower(), likeliest(wanted.lower(), list(names)), n=KNOWN, cutoff=0.6)
    return list(islice(dict.fromkeys(chain(near, others, names)), KNOWN))
