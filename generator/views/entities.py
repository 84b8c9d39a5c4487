"""Places, actors, people, sources and measures as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..edtf import Edtf
from ..independence import has_two_witnesses, source_origins
from ..records import Actor, Citation, Control, Erratum, Measure, Person, Place, Role, Source
from ..urls import Target, record_uri
from . import parts
from .backlinks import ClaimIn
from .library import Library, record_target, record_targets, source_target
from .parts import CitationView, ClaimView, EventView, FigureView, PlacePoint, QuoteView


@dataclass(frozen=True, slots=True)
class ControlView:
    """Who held a place, with links."""

    control: Control
    when: str
    """In words: `as of` where a day is known and no end."""
    holder: Target
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ClaimsOf:
    """Claims of one briefing, earliest said first."""

    briefing: Target
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with all that happened there."""

    place: Place
    within: Target | None
    contains: tuple[Target, ...]
    points: tuple[PlacePoint, ...]
    coordinate_citations: tuple[CitationView, ...]
    control: tuple[ControlView, ...]
    events: tuple[EventView, ...]
    claims: tuple[ClaimsOf, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor, with what it said apart from what is said about it."""

    actor: Actor
    part_of: Target | None
    members: tuple[Target, ...]
    people: tuple[Target, ...]
    claims_by: tuple[ClaimsOf, ...]
    claims_about: tuple[ClaimsOf, ...]
    quotes: tuple[QuoteView, ...]
    events: tuple[EventView, ...]
    places_held: tuple[Target, ...]
    carried_by: tuple[CitationView, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class RoleView:
    """An office with its dates in words."""

    role: Role
    actor: Target | None
    when: str
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with roles, quotes and claims."""

    person: Person
    roles: tuple[RoleView, ...]
    """By when each began, as far as known."""
    quotes: tuple[QuoteView, ...]
    claims_by: tuple[ClaimsOf, ...]
    claims_about: tuple[ClaimsOf, ...]
    events: tuple[EventView, ...]

    @property
    def last_role(self) -> RoleView:
        """The role that the person is known by."""
        return self.roles[-1]


@dataclass(frozen=True, slots=True)
class ErratumView:
    """What a source has wrong, with what shows it."""

    erratum: Erratum
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source with what it repeats and what rests on it."""

    source: Source
    title_lang: str
    publisher: Target | None
    errata: tuple[ErratumView, ...]
    carries: tuple[Target, ...]
    copied_by: tuple[CitationView, ...]
    origins: tuple[str, ...]
    claims: tuple[ClaimsOf, ...]
    alone: tuple[ClaimView, ...]
    """Claims that would have no source without it."""
    weaker: tuple[ClaimView, ...]
    """Corroborated claims that would no longer have two independent witnesses without it."""
    quotes: tuple[QuoteView, ...]
    others: tuple[Target, ...]
    """Pictures printed in it, and open questions to which it comes nearest."""
    records: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with every figure that joins it, by the date it is about."""

    measure: Measure
    figures: tuple[FigureView, ...]


def place_view(library: Library, place: Place) -> PlaceView:
    """Resolve a place."""
    links = library.backlinks
    return PlaceView(
        place=place,
        within=record_target(library, "place", place.within) if place.within else None,
        contains=record_targets(library, "place", links.places_within.get(place.id, ())),
        points=parts.place_points(library, [place.id], {place.id}),
        coordinate_citations=parts.citations(library, place.coordinates.sources if place.coordinates else ()),
        control=tuple(
            ControlView(
                item, control_dates(item.when), record_target(library, "actor", item.holder), parts.citations(library, item.sources)
            )
            for item in sorted(place.control, key=lambda item: item.when.sort_key)
        ),
        events=parts.in_time(parts.event_view(library, *found) for found in links.events_by_place.get(place.id, ())),
        claims=_claims(library, links.claims_by_place.get(place.id, ())),
        citations=parts.citations(library, place.sources),
    )


def control_dates(when: Edtf) -> str:
    """When somebody held a place: a day says nothing of how long."""
    if when.form == "interval" or when.start is None or when.end is None:
        return when.words
    return f"as of a day {when.words}" if when.form == "one_of" else f"as of {when.words}"


def actor_view(library: Library, actor: Actor) -> ActorView:
    """Resolve an actor."""
    links = library.backlinks
    return ActorView(
        actor=actor,
        part_of=record_target(library, "actor", actor.part_of) if actor.part_of else None,
        members=record_targets(library, "actor", links.members_of.get(actor.id, ())),
        people=record_targets(library, "person", links.people_of.get(actor.id, ())),
        claims_by=_claims(library, links.claims_by_speaker.get(actor.id, ())),
        claims_about=_claims(library, _by_others(links.claims_about.get(actor.id, ()), actor.id)),
        quotes=tuple(parts.quote_view(library, *found) for found in links.quotes_by_speaker.get(actor.id, ())),
        events=parts.in_time(parts.event_view(library, *found) for found in links.events_by_actor.get(actor.id, ())),
        places_held=record_targets(library, "place", links.places_held_by.get(actor.id, ())),
        carried_by=_source_views(library, links.copies_of.get(actor.id, ())),
        citations=parts.citations(library, actor.sources),
    )


def person_view(library: Library, person: Person) -> PersonView:
    """Resolve a person."""
    links = library.backlinks
    return PersonView(
        person=person,
        roles=tuple(
            RoleView(
                role,
                record_target(library, "actor", role.actor) if role.actor else None,
                role_dates(role),
                parts.citations(library, role.sources),
            )
            for role in parts.roles_in_time(person)
        ),
        quotes=tuple(parts.quote_view(library, *found) for found in links.quotes_by_speaker.get(person.id, ())),
        claims_by=_claims(library, links.claims_by_speaker.get(person.id, ())),
        claims_about=_claims(library, _by_others(links.claims_about.get(person.id, ()), person.id)),
        events=parts.in_time(parts.event_view(library, *found) for found in links.events_by_actor.get(person.id, ())),
    )


def role_dates(role: Role) -> str:
    """A role's dates in words, no finer than known."""
    if role.from_ and role.to:
        return f"from {role.from_.words} to {role.to.words}"
    if role.from_:
        return f"from {role.from_.words}"
    if role.to:
        return f"until {role.to.words}"
    return f"as of {role.as_of.words}" if role.as_of else ""


def source_view(library: Library, source: Source) -> SourceView:
    """Resolve a source, and what would fall without it."""
    links = library.backlinks
    groups = _claims(library, links.claims_by_source.get(source.id, ()))
    claims = tuple(view for group in groups for view in group.claims)
    photos = [Target(photo.alt, record_uri("briefing", owner.id), photo.id) for owner, photo in links.photos_by_source.get(source.id, ())]
    unknowns = [
        Target(unknown.question, record_uri("briefing", owner.id), unknown.id)
        for owner, unknown in links.unknowns_by_source.get(source.id, ())
    ]
    alone = tuple(view for view in claims if {citation.source for citation in view.claim.sources} == {source.id})
    weaker = tuple(view for view in claims if view.claim.status == "corroborated" and not _stands_without(library, view, source.id))
    return SourceView(
        source=source,
        title_lang=source_target(source).lang,
        publisher=record_target(library, "actor", source.publisher_actor) if source.publisher_actor else None,
        errata=tuple(ErratumView(item, parts.citations(library, item.sources)) for item in source.errata),
        carries=parts.carried(library, source.id),
        copied_by=_source_views(library, links.copies_of.get(source.id, ())),
        origins=tuple(sorted(parts.origin_name(library, origin) for origin in source_origins(library.catalog, source.id))),
        claims=groups,
        alone=alone,
        weaker=tuple(view for view in weaker if view not in alone),
        quotes=tuple(parts.quote_view(library, *found) for found in links.quotes_by_source.get(source.id, ())),
        others=(*photos, *unknowns),
        records=tuple(record_target(library, kind, found) for kind, found in links.records_citing.get(source.id, ())),  # type: ignore[arg-type]  # kinds as the index stored them
    )


def _stands_without(library: Library, view: ClaimView, source_id: str) -> bool:
    """Whether a claim would still have two independent witnesses: the rule that `corroborated` is checked by."""
    return has_two_witnesses(library.catalog, (cited.source for cited in view.claim.sources if cited.source != source_id))


def measure_view(library: Library, measure: Measure) -> MeasureView:
    """Gather a measure's figures from all briefings, by the date they are about."""
    found = library.backlinks.figures_by_measure.get(measure.id, ())
    views = [parts.figure_view(library, briefing, claim, figure) for briefing, claim, figure in found]
    return MeasureView(measure, tuple(sorted(views, key=lambda view: (view.figure.as_of.sort_key, view.target.uri, view.figure.id))))


def _by_others(found: Iterable[ClaimIn], speaker: str) -> list[ClaimIn]:
    """What somebody says of themselves is theirs, not what others say."""
    return [(briefing, claim) for briefing, claim in found if speaker not in claim.said_by]


def _claims(library: Library, found: Iterable[ClaimIn]) -> tuple[ClaimsOf, ...]:
    """Claims by briefing, in the order of what the briefings cover."""
    groups: dict[str, list[ClaimView]] = {}
    for briefing, claim in found:
        groups.setdefault(briefing.id, []).append(parts.claim_view(library, briefing, claim))
    order = sorted(groups, key=lambda briefing_id: (library.catalog.briefings[briefing_id].covers.sort_key, briefing_id))
    return tuple(
        ClaimsOf(
            record_target(library, "briefing", briefing_id),
            tuple(sorted(groups[briefing_id], key=lambda view: (view.claim.said_on.sort_key, view.claim.id))),
        )
        for briefing_id in order
    )


def _source_views(library: Library, source_ids: Iterable[str]) -> tuple[CitationView, ...]:
    return parts.citations(library, [Citation(source=source_id) for source_id in source_ids])
