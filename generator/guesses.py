"""What a reference was meant to be that is no id at all, such as a record's name.

The types of the fields know how an id is written, but not which there are. Here is known both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from .errors import Fix, Problem, meant
from .parse import Document
from .records import MODELS, Kind, Ref
from .records.references import id_fault, suggested_id
from .references import target_at
from .validate import nearest
from .views.library import Key, Library


def guessed(library: Library, broken: Mapping[Key, Document | None], problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, those with references that are no ids with the id that was meant.

    Args:
        library: all records.
        broken: by kind and id, the trees of those that cannot be read.
        problems: what is wrong.
    """
    by_path = {document.path: (kind, document) for (kind, _), document in broken.items() if document}
    for problem in problems:
        found = by_path.get(problem.path) if problem.like else None
        yield _with_id(library, problem, *found) if found else problem


def _with_id(library: Library, problem: Problem, kind: Kind, document: Document) -> Problem:
    target, wanted = target_at(MODELS[kind], problem.like), document.value(problem.like)
    if not isinstance(target, Ref) or not isinstance(wanted, str) or not wanted or not id_fault(wanted):
        return problem
    called = library.mentions("called", wanted.casefold())
    named = (name for each in target.kinds for kind, name in called if kind == each)
    suggested = suggested_id(wanted)
    near = next(named, "") or (
        nearest(suggested, tuple(name for each in target.kinds for name in library.whole.of_kind(each))) if suggested else ""
    )
    if not near:
        # The same letters as an id would be, but of nothing that there is.
        return replace(problem, fix=None)
    fix = problem.end and problem.end[0] == problem.line
    return replace(problem, hint=meant(near), fix=Fix(problem.line, problem.col, *problem.end, near) if fix and problem.end else None)
