"""Places, actors, people, sources and measures as their own pages show them: with the part of each list that has its place there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..edtf import Edtf
from ..independence import source_origins
from ..records import Actor, Control, Erratum, Measure, Person, Place, Role, Source
from ..urls import Target
from . import parts
from .library import Library, record_target, source_target
from .parts import CitationView, EventView, FigureView, PlacePoint, QuoteView
from .portions import Portion, own_portion
from .sections import ClaimsOf, Sections


@dataclass(frozen=True, slots=True)
class ControlView:
    """Who held a place, with links."""

    control: Control
    when: str
    """In words: `as of` where a day is known and no end."""
    holder: Target
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with all that happened there."""

    place: Place
    within: Target | None
    contains: Portion[Target]
    points: tuple[PlacePoint, ...]
    coordinate_citations: tuple[CitationView, ...]
    control: tuple[ControlView, ...]
    events: Portion[EventView]
    claims: Portion[ClaimsOf]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor, with what it said apart from what is said about it."""

    actor: Actor
    part_of: Target | None
    members: Portion[Target]
    people: Portion[Target]
    claims_by: Portion[ClaimsOf]
    claims_about: Portion[ClaimsOf]
    quotes: Portion[QuoteView]
    events: Portion[EventView]
    places_held: Portion[Target]
    carried_by: Portion[CitationView]
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
    quotes: Portion[QuoteView]
    claims_by: Portion[ClaimsOf]
    claims_about: Portion[ClaimsOf]
    events: Portion[EventView]

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
    copied_by: Portion[CitationView]
    origins: tuple[str, ...]
    claims: Portion[ClaimsOf]
    alone: Portion[Target]
    """Claims that would have no source without it."""
    weaker: Portion[Target]
    """Corroborated claims that would no longer have two independent witnesses without it."""
    quotes: Portion[QuoteView]
    others: Portion[Target]
    """Pictures printed in it, and open questions to which it comes nearest."""
    records: Portion[Target]


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure with the figures that join it, by the date they are about."""

    measure: Measure
    figures: Portion[FigureView]


def place_view(library: Library, place: Place, lists: Sections) -> PlaceView:
    """Resolve a place."""
    listed = _own_portions(lists)
    return PlaceView(
        place=place,
        within=record_target(library, "place", place.within) if place.within else None,
        contains=listed["contains"],
        points=parts.place_points(library, [place.id], {place.id}),
        coordinate_citations=parts.citations(library, place.coordinates.sources if place.coordinates else ()),
        control=tuple(
            ControlView(
                item, control_dates(item.when), record_target(library, "actor", item.holder), parts.citations(library, item.sources)
            )
            for item in sorted(place.control, key=lambda item: item.when.sort_key)
        ),
        events=listed["events"],
        claims=listed["claims"],
        citations=parts.citations(library, place.sources),
    )


def control_dates(when: Edtf) -> str:
    """When somebody held a place: a day says nothing of how long."""
    if when.form == "interval" or when.start is None or when.end is None:
        return when.words
    return f"as of a day {when.words}" if when.form == "one_of" else f"as of {when.words}"


def actor_view(library: Library, actor: Actor, lists: Sections) -> ActorView:
    """Resolve an actor."""
    listed = _own_portions(lists)
    return ActorView(
        actor=actor,
        part_of=record_target(library, "actor", actor.part_of) if actor.part_of else None,
        members=listed["parts"],
        people=listed["people"],
        claims_by=listed["says"],
        claims_about=listed["about"],
        quotes=listed["quotes"],
        events=listed["events"],
        places_held=listed["places"],
        carried_by=listed["carried"],
        citations=parts.citations(library, actor.sources),
    )


def person_view(library: Library, person: Person, lists: Sections) -> PersonView:
    """Resolve a person."""
    listed = _own_portions(lists)
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
        quotes=listed["quotes"],
        claims_by=listed["says"],
        claims_about=listed["about"],
        events=listed["events"],
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


def source_view(library: Library, source: Source, lists: Sections) -> SourceView:
    """Resolve a source, and what would fall without it."""
    listed = _own_portions(lists)
    return SourceView(
        source=source,
        title_lang=source_target(source).lang,
        publisher=record_target(library, "actor", source.publisher_actor) if source.publisher_actor else None,
        errata=tuple(ErratumView(item, parts.citations(library, item.sources)) for item in source.errata),
        carries=parts.carried(library, source.id),
        copied_by=listed["copies"],
        origins=origin_names(library, source),
        claims=listed["rests"],
        alone=listed["alone"],
        weaker=listed["weaker"],
        quotes=listed["quotes"],
        others=listed["others"],
        records=listed["records"],
    )


def origin_names(library: Library, source: Source) -> tuple[str, ...]:
    """The independent origins that a source counts as, as a reader knows them."""
    return tuple(sorted(parts.origin_name(library, origin) for origin in source_origins(library.catalog, source.id)))


def measure_view(library: Library, measure: Measure, lists: Sections) -> MeasureView:
    """Gather a measure's figures from all briefings, by the date they are about."""
    return MeasureView(measure, own_portion(lists["values"]))


def _own_portions(lists: Sections) -> dict[str, Portion[Any]]:
    """What a record's own page has of each of its lists, by the list's name."""
    return {name: own_portion(section) for name, section in lists.items()}
