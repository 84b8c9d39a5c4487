"""How a sheet stands among the others: what came before and after it, what overtook it, what it takes from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..catalog import part_key
from ..mentions import SHORT_NAME
from ..records import Briefing
from ..urls import Target
from . import parts
from .library import Library, record_target, record_targets
from .names import Line
from .parts import EventView


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another sheet on what came before, after or beside."""

    target: Target
    briefing: Line
    overtakes: int
    """How many claims of this sheet its own claims overtook."""


def related_sheets(library: Library, briefing: Briefing, overtaken: Mapping[str, set[str]]) -> tuple[RelatedView, ...]:
    """The sheets that this one names, that name it, and that overtook something of it, by when their stories are."""
    named = dict.fromkeys((*briefing.related, *library.backlinks.related_to.get(briefing.id, ()), *overtaken))
    found = [library.lines[briefing_id] for briefing_id in named]
    found.sort(key=lambda other: (other.covers.sort_key, other.id))
    return tuple(RelatedView(record_target(library, "briefing", other.id), other, len(overtaken.get(other.id, ()))) for other in found)


def overtaken_claims(library: Library, briefing: Briefing) -> dict[str, set[str]]:
    """By other sheet: ids of the claims here that claims there overtook."""
    found: dict[str, set[str]] = {}
    for claim in briefing.claims:
        for sheet, _ in library.backlinks.superseded_by.get((briefing.id, claim.id), ()):
            if sheet != briefing.id:
                found.setdefault(sheet, set()).add(claim.id)
    return found


def other_event(library: Library, briefing: Briefing, reference: str) -> EventView:
    """An event of another sheet; its strand is none of this one's."""
    owner_id, event_id = part_key(briefing.id, reference)
    event = library.parts[owner_id, event_id]
    return replace(parts.event_view(library, library.heads[owner_id], event), front=None)


def short_names(library: Library, briefing: Briefing) -> tuple[tuple[str, Target], ...]:
    """Abbreviations of actors' names in the sheet's own words: a reader need not know them."""
    known = library.backlinks.short_names
    words = [briefing.title, briefing.answer, briefing.context or ""]
    words += [text for claim in briefing.claims for text in (claim.text, claim.status_note or "", claim.role or "")]
    words += [item.reading for item in briefing.disagreements] + [item.text for item in briefing.unknowns]
    words += [front.text for front in briefing.fronts] + [event.title for event in briefing.events]
    found = sorted({short for text in words for short in SHORT_NAME.findall(text) if short in known})
    return tuple((short, target) for short in found for target in record_targets(library, "actor", [known[short]]))
