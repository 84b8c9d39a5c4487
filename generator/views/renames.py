"""A record of old, with what it names under the names that these have now."""

from __future__ import annotations

import copy
from typing import Any

from ..errors import ValuePath
from ..history import Version
from ..kinds import KINDS, Kind
from ..records import MODELS, LocalRef, Record
from ..references import Reference, references
from .library import Renames


def as_named_now(known: Renames, kind: Kind, version: Version) -> Record:
    """The record of a version, whose references may have been written before what they name was renamed.

    Its own parts keep the ids that they had, as links to that version use them.
    """
    record_id = version.record.id
    found = references(MODELS[kind], version.tree)
    renamed = [(reference, now) for reference in found if (now := _now(reference, record_id, known)) != reference.value]
    if not renamed:
        return version.record
    tree: Any = copy.deepcopy(dict(version.tree))
    for reference, now in renamed:
        _put(tree, reference, now)
    return MODELS[kind].model_validate({**tree, "id": record_id}).model_copy(update={"updates": version.record.updates})


def _now(reference: Reference, record_id: str, known: Renames) -> str:
    """What a reference reads now."""
    if not isinstance(reference.target, LocalRef):
        found = (known.records.get((kind, reference.value)) for kind in reference.target.kinds)
        return next((name for name in found if name), reference.value)
    owner, _, part = reference.value.rpartition("#")
    if not owner:
        return reference.value
    owner = known.records.get(("briefing", owner), owner)
    return f"{owner}#{part if owner == record_id else known.parts.get((owner, part), part)}"


def _put(tree: Any, reference: Reference, now: str) -> None:
    *way, last = reference.where
    holder = _at(tree, tuple(way))
    holder[last] = _in_prose(holder[last], reference.value, now) if reference.in_prose else now


def _at(tree: Any, where: ValuePath) -> Any:
    for step in where:
        tree = tree[step]
    return tree


def _in_prose(text: str, before: str, now: str) -> str:
    """A text whose links lead to the new name."""
    for kind in KINDS:
        text = text.replace(f"]({kind}:{before})", f"]({kind}:{now})")
    return text
