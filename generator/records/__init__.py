"""The records that editors write, one frozen model per kind."""

from __future__ import annotations

from ..kinds import FOLDERS, KINDS, Kind
from .base import Citation, Record, Update
from .briefing import Briefing, Claim, Disagreement, Event, Figure, Front, Photo, Quote, Unknown, Variant
from .entities import Actor, Control, Coordinates, Erratum, Measure, Person, Place, Role, Source
from .references import LocalRef, Ref
from .refusal import Quoted

MODELS: dict[Kind, type[Record]] = {
    "briefing": Briefing,
    "place": Place,
    "actor": Actor,
    "person": Person,
    "source": Source,
    "measure": Measure,
}

__all__ = [
    "FOLDERS",
    "KINDS",
    "MODELS",
    "Actor",
    "Briefing",
    "Citation",
    "Claim",
    "Control",
    "Coordinates",
    "Disagreement",
    "Erratum",
    "Event",
    "Figure",
    "Front",
    "Kind",
    "LocalRef",
    "Measure",
    "Person",
    "Photo",
    "Place",
    "Quote",
    "Quoted",
    "Record",
    "Ref",
    "Role",
    "Source",
    "Unknown",
    "Update",
    "Variant",
]
