"""Who refers to what, in one pass over all briefings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..catalog import Catalog, part_key
from ..records import Briefing, Claim, Event, Figure, Photo, Quote, Unknown

SHORT_NAME = re.compile(r"\b[A-Z]{2,6}(?:/[A-Z]{1,4})?\b")
"""What is taken for an abbreviation of a name: capitals alone."""
ClaimKey = tuple[str, str]
ClaimIn = tuple[Briefing, Claim]
QuoteIn = tuple[Briefing, Quote]
EventIn = tuple[Briefing, Event]
PhotoIn = tuple[Briefing, Photo]
UnknownIn = tuple[Briefing, Unknown]
FigureIn = tuple[Briefing, Claim, Figure]


@dataclass(frozen=True, slots=True)
class Backlinks:
    """Each mapping from what is referred to, to what refers to it, in order of briefing and of place in it."""

    related_to: Mapping[str, list[str]]
    """Ids of the briefings that name a briefing as related."""
    claims_by_speaker: Mapping[str, list[ClaimIn]]
    claims_about: Mapping[str, list[ClaimIn]]
    claims_by_place: Mapping[str, list[ClaimIn]]
    claims_by_source: Mapping[str, list[ClaimIn]]
    quotes_by_speaker: Mapping[str, list[QuoteIn]]
    quotes_by_source: Mapping[str, list[QuoteIn]]
    photos_by_source: Mapping[str, list[PhotoIn]]
    unknowns_by_source: Mapping[str, list[UnknownIn]]
    events_by_place: Mapping[str, list[EventIn]]
    events_by_actor: Mapping[str, list[EventIn]]
    figures_by_measure: Mapping[str, list[FigureIn]]
    copies_of: Mapping[str, list[str]]
    """Ids of the sources that carry a source or an actor."""
    members_of: Mapping[str, list[str]]
    """Ids of the actors that are part of an actor."""
    people_of: Mapping[str, list[str]]
    """Ids of the people who held a role in an actor."""
    places_within: Mapping[str, list[str]]
    places_held_by: Mapping[str, list[str]]
    publishers: Mapping[str, str]
    """Publishers' names by their lower-case form, which is how an origin that is no actor is known."""
    short_names: Mapping[str, str]
    """Actors' ids by abbreviations that only one of them has."""
    records_citing: Mapping[str, list[tuple[str, str]]]
    """By source: kind and id of the places, actors and people that rest on it."""
    disputes: Mapping[ClaimKey, list[ClaimKey]]
    """Both directions of every dispute."""
    superseded_by: Mapping[ClaimKey, list[ClaimKey]]


def backlinks(catalog: Catalog) -> Backlinks:
    """Turn every reference around."""
    index: dict[str, defaultdict[str, list]] = defaultdict(lambda: defaultdict(list))  # type: ignore[type-arg]  # typed by the result
    disputes: defaultdict[ClaimKey, list[ClaimKey]] = defaultdict(list)
    superseded_by: defaultdict[ClaimKey, list[ClaimKey]] = defaultdict(list)

    def add(name: str, keys: object, value: object) -> None:
        for key in dict.fromkeys(keys):  # type: ignore[call-overload]  # any iterable of ids; each once
            index[name][key].append(value)

    for briefing in catalog.briefings.values():
        add("related_to", briefing.related, briefing.id)
        for claim in briefing.claims:
            add("claims_by_speaker", claim.said_by, (briefing, claim))
            add("claims_about", claim.about, (briefing, claim))
            add("claims_by_place", claim.places, (briefing, claim))
            add("claims_by_source", (citation.source for citation in claim.sources), (briefing, claim))
            for figure in claim.figures:
                add("figures_by_measure", (figure.measure,), (briefing, claim, figure))
            own = (briefing.id, claim.id)
            for reference in claim.disputes:
                other = part_key(briefing.id, reference)
                disputes[own].append(other)
                disputes[other].append(own)
            for reference in claim.supersedes:
                superseded_by[part_key(briefing.id, reference)].append(own)
        for quote in briefing.quotes:
            add("quotes_by_speaker", quote.said_by, (briefing, quote))
            cited = [*quote.sources]
            cited += [citation for alteration in quote.alterations for citation in alteration.sources]
            cited += [citation for variant in quote.variants for citation in variant.sources]
            add("quotes_by_source", (citation.source for citation in cited), (briefing, quote))
        for photo in briefing.photos:
            add("photos_by_source", (citation.source for citation in photo.sources), (briefing, photo))
        for unknown in briefing.unknowns:
            add("unknowns_by_source", (citation.source for citation in unknown.sources), (briefing, unknown))
        for event in briefing.events:
            add("events_by_place", event.places, (briefing, event))
            add("events_by_actor", event.actors, (briefing, event))
    for source in catalog.sources.values():
        add("copies_of", source.carries, source.id)
        shown = (citation.source for erratum in source.errata for citation in erratum.sources)
        add("records_citing", shown, ("source", source.id))
    for actor in catalog.actors.values():
        add("members_of", (actor.part_of,) if actor.part_of else (), actor.id)
        add("records_citing", (citation.source for citation in actor.sources), ("actor", actor.id))
    for person in catalog.people.values():
        add("people_of", (role.actor for role in person.roles if role.actor), person.id)
        add("records_citing", (citation.source for role in person.roles for citation in role.sources), ("person", person.id))
    for place in catalog.places.values():
        add("places_within", (place.within,) if place.within else (), place.id)
        add("places_held_by", (control.holder for control in place.control), place.id)
        cited = [*place.sources, *(place.coordinates.sources if place.coordinates else ())]
        cited += [citation for control in place.control for citation in control.sources]
        add("records_citing", (citation.source for citation in cited), ("place", place.id))
    by_name = {
        name: dict(index[name])
        for name in Backlinks.__annotations__
        if name not in ("disputes", "superseded_by", "publishers", "short_names")
    }
    shorts = Counter(name for actor in catalog.actors.values() for name in {*actor.variants, actor.name} if SHORT_NAME.fullmatch(name))
    short_names = {name: actor.id for actor in catalog.actors.values() for name in actor.variants if shorts.get(name) == 1}
    publishers = {source.publisher.casefold(): source.publisher for source in catalog.sources.values()}
    return Backlinks(**by_name, publishers=publishers, short_names=short_names, disputes=dict(disputes), superseded_by=dict(superseded_by))
