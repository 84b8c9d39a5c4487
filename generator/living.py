"""The records without what was withdrawn.

What was published never disappears: a withdrawn record or part keeps its address, and says why. But nothing rests on
it any more, and it is counted nowhere. So the rules and the views see the records without it, and only its own page,
or its place on one, shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from .catalog import Catalog, part_key
from .errors import Problem
from .load import Loaded
from .records import MODELS, Briefing, Kind, LocalRef, Record
from .records.references import Ref
from .references import Reference, references

PARTS = ("claims", "quotes", "events")
"""Fields of a briefing whose items can be withdrawn."""
R = TypeVar("R", bound=Record)


def living(catalog: Catalog) -> Catalog:
    """The catalog without withdrawn records and parts.

    Withdrawn sources stay in it: what cites one goes on naming it, though it supports nothing (see `independence`).
    """
    briefings = {briefing_id: without_withdrawn(briefing) for briefing_id, briefing in _living(catalog.briefings).items()}
    return replace(
        catalog,
        briefings=briefings,
        places=_living(catalog.places),
        actors=_living(catalog.actors),
        people=_living(catalog.people),
        measures=_living(catalog.measures),
        claims={(briefing.id, claim.id): claim for briefing in briefings.values() for claim in briefing.claims},
    )


def _living(records: Mapping[str, R]) -> dict[str, R]:
    return {record_id: record for record_id, record in records.items() if not record.withdrawn}


def without_withdrawn(briefing: Briefing) -> Briefing:
    """The sheet without the parts that were taken back."""
    pruned = {name: tuple(part for part in getattr(briefing, name) if not part.withdrawn) for name in PARTS}
    changed = {name: parts for name, parts in pruned.items() if len(parts) != len(getattr(briefing, name))}
    return briefing.model_copy(update=changed) if changed else briefing


def withdrawn_alone(catalog: Catalog) -> Catalog:
    """The catalog of just what was withdrawn: whole records, and of other sheets the parts that were taken back. It has no sources."""
    briefings = {}
    for briefing in catalog.briefings.values():
        left = {name: tuple(part for part in getattr(briefing, name) if part.withdrawn) for name in PARTS}
        if briefing.withdrawn:
            briefings[briefing.id] = briefing
        elif any(left.values()):
            briefings[briefing.id] = briefing.model_copy(update={**left, "photos": (), "unknowns": ()})
    return replace(
        catalog,
        briefings=briefings,
        places=_withdrawn_records(catalog.places),
        actors=_withdrawn_records(catalog.actors),
        people=_withdrawn_records(catalog.people),
        sources={},
        measures=_withdrawn_records(catalog.measures),
        claims={(briefing.id, claim.id): claim for briefing in briefings.values() for claim in briefing.claims},
    )


def _withdrawn_records(records: Mapping[str, R]) -> dict[str, R]:
    return {record_id: record for record_id, record in records.items() if record.withdrawn}


def nothing_rests_on_what_was_withdrawn(catalog: Catalog) -> Iterator[Problem]:
    """A living record, or part of one, names nothing that was withdrawn. Links in prose may lead to where it was."""
    gone_records = {(kind, record.id) for (kind, _), loaded in catalog.documents.items() for record in (loaded.record,) if record.withdrawn}
    gone_parts = {
        (briefing.id, part.id)
        for briefing in catalog.briefings.values()
        for name in PARTS
        for part in getattr(briefing, name)
        if part.withdrawn
    }
    gone_parts |= {
        (briefing.id, figure.id)
        for briefing in catalog.briefings.values()
        for claim in briefing.claims
        if claim.withdrawn
        for figure in claim.figures
    }
    if not gone_records and not gone_parts:
        return
    for loaded in catalog.documents.values():
        if loaded.record.withdrawn:
            continue
        for reference in references(MODELS[loaded.kind], loaded.document.data):
            if reference.in_prose or _stands_in_withdrawn(loaded, reference):
                continue
            what = _withdrawn(loaded, reference, gone_records, gone_parts)
            if what:
                yield loaded.document.problem(
                    reference.where, f"`{reference.value}`, which was withdrawn", what, "name another, or delete it here"
                )


def _stands_in_withdrawn(loaded: Loaded, reference: Reference) -> bool:
    """Whether it is a withdrawn part that names it."""
    if not isinstance(loaded.record, Briefing) or reference.where[0] not in PARTS:
        return False
    name, index = reference.where[0], reference.where[1]
    assert isinstance(index, int)
    part: Any = getattr(loaded.record, str(name))[index]
    return bool(part.withdrawn)


def _withdrawn(loaded: Loaded, reference: Reference, records: set[tuple[Kind, str]], parts: set[tuple[str, str]]) -> str:
    """What should be named instead of something withdrawn; nothing when it was not withdrawn."""
    target = reference.target
    if isinstance(target, LocalRef):
        key = part_key(loaded.record.id, reference.value)
        return (
            f"{'an' if target.part == 'event' else 'a'} {target.part} that stands"
            if key in parts or ("briefing", key[0]) in records
            else ""
        )
    assert isinstance(target, Ref)
    kinds = [kind for kind in target.kinds if kind != "source"]
    return "a record that stands" if any((kind, reference.value) in records for kind in kinds) else ""
