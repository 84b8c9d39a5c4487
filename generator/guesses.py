"""What a reference was meant to be that is no id at all, such as a record's name.

The types of the fields know how an id is written, but not which there are. Here is known both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .catalog import Catalog
from .errors import Fix, Problem, meant
from .parse import Document
from .records import MODELS, Actor, Kind, Person, Place, Ref, Source
from .records.references import id_fault, suggested_id
from .references import target_at
from .validate import nearest


def guessed(records: Catalog, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, those with references that are no ids with the id that was meant."""
    broken = {document.path: (kind, document) for (kind, _), document in records.broken.items() if document}
    for problem in problems:
        found = broken.get(problem.path) if problem.like else None
        yield _with_id(records, problem, *found) if found else problem


def _with_id(records: Catalog, problem: Problem, kind: Kind, document: Document) -> Problem:
    target, wanted = target_at(MODELS[kind], problem.like), document.value(problem.like)
    if not isinstance(target, Ref) or not isinstance(wanted, str) or not wanted or not id_fault(wanted):
        return problem
    known = [name for each in target.kinds for name in records.of_kind(each)]
    named = (name for each in target.kinds for name, record in records.of_kind(each).items() if wanted.casefold() in _names(record))
    suggested = suggested_id(wanted)
    near = next(named, "") or (nearest(suggested, tuple(known)) if suggested else "")
    if not near:
        # The same letters as an id would be, but of nothing that there is.
        return replace(problem, fix=None)
    fix = problem.end and problem.end[0] == problem.line
    return replace(problem, hint=meant(near), fix=Fix(problem.line, problem.col, *problem.end, near) if fix and problem.end else None)


def _names(record: object) -> set[str]:
    if isinstance(record, Place | Actor | Person):
        return {name.casefold() for name in (record.name, *record.names.values(), *record.variants)}
    return {record.title.casefold()} if isinstance(record, Source) else set()
