"""Who refers to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kinds import Kind
from ..records import Claim, Event, Figure, Photo, Quote, Unknown
from .names import Head
from .rows import Rows

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
    claims_by_speaker: Mapping[str, Rows[ClaimIn]]
    claims_about: Mapping[str, Rows[ClaimIn]]
    claims_by_place: Mapping[str, Rows[ClaimIn]]
    claims_by_source: Mapping[str, Rows[ClaimIn]]
    quotes_by_speaker: Mapping[str, Rows[QuoteIn]]
    quotes_by_source: Mapping[str, Rows[QuoteIn]]
    photos_by_source: Mapping[str, Rows[PhotoIn]]
    unknowns_by_source: Mapping[str, Rows[UnknownIn]]
    events_by_place: Mapping[str, Rows[EventIn]]
    events_by_actor: Mapping[str, Rows[EventIn]]
    figures_by_measure: Mapping[str, Rows[FigureIn]]
    copies_of: Mapping[str, Rows[str]]
    """Ids of the sources that carry a source or an actor."""
    members_of: Mapping[str, Rows[str]]
    """Ids of the actors that are part of an actor."""
    people_of: Mapping[str, Rows[str]]
    """Ids of the people who held a role in an actor."""
    places_within: Mapping[str, Rows[str]]
    places_held_by: Mapping[str, Rows[str]]
    publishers: Mapping[str, str]
    """Publishers' names by their lower-case form, which is how an origin that is no actor is known."""
    short_names: Mapping[str, str]
    """Actors' ids by abbreviations that only one of them has."""
    records_citing: Mapping[str, Sequence[tuple[str, str]]]
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
