"""The records without what was withdrawn.

What was published never disappears: a withdrawn record or part keeps its address, and says why. But nothing rests on
it any more, and it is counted nowhere. So the rules and the views see the records without it, and only its own page,
or its place on one, shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from .catalog import Catalog
from .records import Briefing, Record

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
