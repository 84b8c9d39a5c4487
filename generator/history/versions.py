"""A record as it stood after each of its entries, and whether its entries fit it."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ..errors import Problem, ValuePath
from ..load import Loaded
from ..parse import Document
from ..records import MODELS, Record, Update
from ..validate import validate
from .apply import MisfitError, applied
from .facts import Tree, facts


@dataclass(frozen=True, slots=True)
class Version:
    """A record at a moment of its history.

    Attributes:
        entry: the last of its updates by then; None as it was first published.
        record: the record at that moment, with the updates that it had.
        tree: its facts.
    """

    entry: Update | None
    record: Record
    tree: Mapping[str, Tree]


def versions(loaded: Loaded) -> tuple[Version, ...]:
    """The record as it stood after each of its updates, newest first; the last is as it was first published.

    Raises:
        MisfitError: an update does not fit the record, which `entry_problems` would have told.
        pydantic.ValidationError: an earlier version is no record of that kind, as above.
    """
    model = MODELS[loaded.kind]
    tree = facts(model, loaded.document.data)
    found = []
    for number in range(len(loaded.record.updates), -1, -1):
        entry = loaded.record.updates[number - 1] if number else None
        updates = loaded.document.data.get("updates", [])[:number]
        is_newest = number == len(loaded.record.updates)
        record = loaded.record if is_newest else model.model_validate({**tree, "updates": updates, "id": loaded.record.id})
        found.append(Version(entry, record, tree))
        if entry:
            tree, misfits = applied(model, tree, entry.changes, back=True)
            if misfits:
                raise MisfitError(misfits)
    return tuple(found)


def entry_problems(loaded: Loaded) -> Iterator[Problem]:
    """Entries that are out of order, or whose changes do not lead back from the record to an earlier version of it."""
    yield from _out_of_order(loaded)
    model = MODELS[loaded.kind]
    tree: Mapping[str, Tree] = loaded.document.data
    for number, entry in reversed(list(enumerate(loaded.record.updates))):
        tree, misfits = applied(model, tree, entry.changes, back=True)
        for misfit in misfits:
            where: ValuePath = ("updates", number, "changes", misfit.index, misfit.part)
            again = "" if misfit.part == "path" else f"mend it; or, if it changed again, tell that with {amend_command(loaded)}"
            yield loaded.document.problem(where, misfit.found, misfit.expected, misfit.hint or again)
        invalid = list(_no_record(loaded, number, tree)) if entry.changes and not misfits else []
        yield from invalid
        if misfits or invalid:
            return  # what came before it cannot be known


def amend_command(loaded: Loaded) -> str:
    """What writes the entry that a record lacks."""
    return f'briefbook amend {shlex.quote(loaded.document.path)} --kind correction --note "…"'


def _out_of_order(loaded: Loaded) -> Iterator[Problem]:
    days = [entry.at for entry in loaded.record.updates]
    for number, (before, day) in enumerate(itertools.pairwise(days), 1):
        if day.earliest < before.earliest:
            yield loaded.document.problem(
                ("updates", number, "at"), f"{day}, below an entry of {before}", "entries in order, the oldest first",
                "move it up, or mend the day; for since when it was known there is `known`",
            )  # fmt: skip


def _no_record(loaded: Loaded, number: int, tree: Mapping[str, Tree]) -> Iterator[Problem]:
    """What makes the version before an entry no record of its kind."""
    try:
        MODELS[loaded.kind].model_validate({**tree, "id": loaded.record.id})
    except ValidationError:
        # The same judge as for files. It asks only which values there are: told of them is at the entry.
        document = Document(loaded.document.path, dict(tree), dict.fromkeys(_places(tree), loaded.document.mark(())))
        for problem in validate(loaded.kind, loaded.record.id, document)[1]:
            found = f"before this entry, `{problem.field or 'the record'}` had {problem.found}"
            yield loaded.document.problem(("updates", number), found, problem.expected, "mend the `from` or `to` of its changes")


def _places(tree: Any, where: ValuePath = ()) -> Iterator[ValuePath]:
    yield where
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inner:
        yield from _places(value, (*where, step))
