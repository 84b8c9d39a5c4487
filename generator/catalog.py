"""All records by kind and id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from .anchors import ANCHORED
from .load import Content, Loaded
from .parse import Document
from .records import FOLDERS, KINDS, Actor, Briefing, Claim, Kind, Measure, Person, Place, Source


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every readable record, each mapping in order of id."""

    briefings: Mapping[str, Briefing]
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    people: Mapping[str, Person]
    sources: Mapping[str, Source]
    measures: Mapping[str, Measure]
    claims: Mapping[tuple[str, str], Claim]
    """By briefing id and claim id."""
    documents: Mapping[tuple[Kind, str], Loaded]

    broken: Mapping[tuple[Kind, str], Document | None] = field(default_factory=dict)
    """What exists but is no valid record, with its tree if its file could be parsed."""

    def of_kind(self, kind: Kind) -> Mapping[str, Any]:
        """All records of one kind, by id."""
        return cast("Mapping[str, Any]", getattr(self, FOLDERS[kind]))

    def loaded(self, kind: Kind, record_id: str) -> Loaded:
        """One record with where it was read from."""
        return self.documents[kind, record_id]


def put_together(content: Content) -> Catalog:
    """The records of a folder by kind and id, their references as they may be."""
    by_kind: dict[Kind, dict[str, Any]] = {kind: {} for kind in KINDS}
    for loaded in content.records:
        by_kind[loaded.kind][loaded.record.id] = loaded.record
    return Catalog(
        briefings=by_kind["briefing"],
        places=by_kind["place"],
        actors=by_kind["actor"],
        people=by_kind["person"],
        sources=by_kind["source"],
        measures=by_kind["measure"],
        claims={(briefing.id, claim.id): claim for briefing in by_kind["briefing"].values() for claim in briefing.claims},
        documents={loaded.key: loaded for loaded in content.records},
        broken=content.broken,
    )


def part_ids(data: Mapping[str, Any], part: str) -> tuple[str, ...]:
    """The ids of a briefing's claims, figures or fronts, or all its anchors, from its tree: it may be invalid elsewhere."""
    return tuple(str(item["id"]) for item in _parts(data, part) if isinstance(item.get("id"), str))


def former_part_ids(data: Mapping[str, Any], part: str) -> dict[str, str]:
    """The ids that such parts had before, and those they have now, from the same tree."""
    renamed = [item for item in _parts(data, part) if isinstance(item.get("formerly"), list) and isinstance(item.get("id"), str)]
    return {former: str(item["id"]) for item in reversed(renamed) for former in item["formerly"] if isinstance(former, str)}


def _parts(data: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    groups = {"claim": ("claims",), "figure": (), "event": ("events",), "front": ("fronts",)}.get(part, ANCHORED)
    found = [item for group in groups for item in items_of(data, group)]
    if part in ("figure", "anchor"):
        found += [figure for claim in items_of(data, "claims") for figure in items_of(claim, "figures")]
    return found


def items_of(data: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The items of a list of groups, from a tree that may be invalid elsewhere."""
    value = data.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_at(data: Mapping[str, Any], group: str, name: str) -> list[str]:
    """All texts in a list field of a group's items, from a tree that may be invalid elsewhere."""
    lists = [item[name] for item in items_of(data, group) if isinstance(item.get(name), list)]
    return [text for found in lists for text in found if isinstance(text, str)]


def find_speaker(built: Catalog, speaker_id: str) -> Actor | Person:
    """The actor or person with that id."""
    return built.actors.get(speaker_id) or built.people[speaker_id]


def part_key(briefing_id: str, reference: str) -> tuple[str, str]:
    """A reference to a part, `id` or `briefing#id`, seen from a briefing: (briefing id, part id)."""
    other, _, part_id = reference.rpartition("#")
    return other or briefing_id, part_id
