"""Who refers to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kinds import Kind
from ..records import Claim, Event, Figure, Photo, Quote, Unknown
from .names import Head
from .rows import Relation

ClaimKey = tuple[str, str]
ClaimIn = tuple[Head, Claim]
QuoteIn = tuple[Head, Quote]
EventIn = tuple[Head, Event]
PhotoIn = tuple[Head, Photo]
UnknownIn = tuple[Head, Unknown]
FigureIn = tuple[Head, Claim, Figure]


@dataclass(frozen=True, slots=True)
class Backlinks:
    """Each mapping from what is referred to, to what refers to it, in order of briefing and of place in it."""

    related_to: Mapping[str, Sequence[str]]
    """Ids of the briefings that name a briefing as related."""
    claims_by_speaker: Relation[str, ClaimIn]
    claims_about: Relation[str, ClaimIn]
    claims_by_place: Relation[str, ClaimIn]
    claims_by_source: Relation[str, ClaimIn]
    quotes_by_speaker: Relation[str, QuoteIn]
    quotes_by_source: Relation[str, QuoteIn]
    photos_by_source: Relation[str, PhotoIn]
    unknowns_by_source: Relation[str, UnknownIn]
    events_by_place: Relation[str, EventIn]
    events_by_actor: Relation[str, EventIn]
    figures_by_measure: Relation[str, FigureIn]
    copies_of: Relation[str, str]
    """Ids of the sources that carry a source or an actor."""
    members_of: Relation[str, str]
    """Ids of the actors that are part of an actor."""
    people_of: Relation[str, str]
    """Ids of the people who held a role in an actor."""
    places_within: Relation[str, str]
    places_held_by: Relation[str, str]
    publishers: Mapping[str, str]
    """Publishers' names by their lower-case form, which is how an origin that is no actor is known."""
    short_names: Mapping[str, str]
    """Actors' ids by abbreviations that only one of them has."""
    records_citing: Relation[str, tuple[str, str]]
    """By source: kind and id of the places, actors and people that rest on it."""
    disputes: Mapping[ClaimKey, Sequence[ClaimKey]]
    """Both directions of every dispute."""
    superseded_by: Mapping[ClaimKey, Sequence[ClaimKey]]
    named_by: Mapping[tuple[Kind, str], Sequence[str]]
    """Ids of the sheets that name a record anywhere, the withdrawn ones included."""
    shown_by: Mapping[tuple[str, str], Sequence[str]]
    """Ids of the sheets that show a part of another."""
    picked_by: Mapping[tuple[str, str], Sequence[str]]
    """Ids of those that begin with it, or have it on their timeline."""
