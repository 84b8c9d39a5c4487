"""Records as nodes of linked data, in the words of schema.org. Each has its page's address for an id, so that pages join up.

What schema.org has no word for is left to the API, rather than put under a word that means something else: who held a place
when, how good a source is and how much of it was read, what may not compare. What a reader must not be without, such as how
good a point is or how a date is known, is said in words, as a `description`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..edtf import Edtf
from ..markup import plain
from ..records import Actor, Kind, Measure, Person, Place, Record, Role, Source
from ..urls import Target, record_uri
from ..views.library import Library, record_target
from .file import Site

Node = dict[str, Any]
"""What JSON can say. Without what is empty; see `node`."""

PLACE_TYPES = {
    "capital": "City",
    "city": "City",
    "town": "City",  # schema.org: "a city or town"
    "country": "Country",
    "district": "AdministrativeArea",
    "governorate": "AdministrativeArea",
    "municipality": "AdministrativeArea",
    "province": "AdministrativeArea",
}
ACTOR_TYPES = {
    "broadcaster": "NewsMediaOrganization",
    "news agency": "NewsMediaOrganization",
    "news outlet": "NewsMediaOrganization",
    "newspaper": "NewsMediaOrganization",
    "government": "GovernmentOrganization",
    "ministry": "GovernmentOrganization",
    "parliament": "GovernmentOrganization",
}
SOURCE_TYPES = {"news_original": "NewsArticle", "agency_copy": "NewsArticle", "scraper": "WebPage"}
"""Kinds whose word leaves no doubt; of all others only the general type is certain."""


def node(kind: str, **properties: Any) -> Node:
    """A node of a type, without the properties that are empty; `id` is its address."""
    given = {"@id" if name == "id" else name: value for name, value in properties.items()}
    return {"@type": kind, **{name: value for name, value in given.items() if value is not None and value not in ("", [], {})}}


def day(date: Edtf | None) -> str | None:
    """A date where the word asks for one that readers take for a day: only when the day is known."""
    return date.text if date and date.is_exact_day else None


def moment(date: Edtf | None) -> str | None:
    """A date as ISO 8601 has it, which knows months and years but no doubt."""
    return date.text if date and date.form == "point" and date.start and not date.start.mark else None


def period(date: Edtf | None) -> str | None:
    """What something is about in time, which may be a date, an interval or, where doubt is to be kept, words."""
    if date is None:
        return None
    certain = date.form != "one_of" and not any(point.mark for point in (date.start, date.end) if point)
    return date.text if certain else date.words


def sentences(*parts: str | None) -> str:
    """Those of these parts that there are, each as a sentence."""
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in parts if part)


def type_of(record: Record) -> str:
    """What schema.org calls such a record: no narrower than its kind makes certain."""
    match record:
        case Place():
            return PLACE_TYPES.get(record.kind.casefold(), "Place")
        case Actor():
            return ACTOR_TYPES.get(record.kind.casefold(), "Organization")
        case Person():
            return "Person"
        case Source():
            return SOURCE_TYPES.get(record.type, "CreativeWork")
        case Measure():
            return "StatisticalVariable"
    return "Report"


class Nodes:
    """Makes the nodes of one page. A record is described where it is first named; after that its id will do."""

    def __init__(self, library: Library, site: Site) -> None:
        """Take all records, and where their pages are."""
        self.library, self.site = library, site
        self._said: set[str] = set()

    def record(self, kind: Kind, record: Record) -> Node:
        """A record on its own page, with all that schema.org has words for."""
        self._said.add(self.url(kind, record.id))
        match record:
            case Place():
                return self._place(record)
            case Actor():
                return self._actor(record)
            case Person():
                return self._person(record)
            case Source():
                return self._whole_source(record)
            case Measure():
                return self._measure(record)
        raise TypeError(type(record))

    def url(self, kind: Kind, record_id: str, anchor: str = "") -> str:
        """The address of a record, or of a part of it, which is also its id."""
        return self.site.page(Target("", record_uri(kind, record_id), anchor))

    def reference(self, kind: Kind, record_id: str) -> Node:
        """A record as another node names it."""
        url = self.url(kind, record_id)
        if url in self._said:
            return {"@id": url}
        self._said.add(url)
        return node(type_of(self.library.whole.of_kind(kind)[record_id]), id=url, name=record_target(self.library, kind, record_id).text)

    def speaker(self, speaker_id: str) -> Node:
        """An actor or a person as another node names them."""
        return self.reference("actor" if speaker_id in self.library.whole.actors else "person", speaker_id)

    def references(self, kind: Kind, record_ids: Iterable[str]) -> list[Node]:
        """Several records of a kind."""
        return [self.reference(kind, record_id) for record_id in record_ids]

    def named_elsewhere(self, kind: Kind, record_ids: Iterable[str]) -> list[Node]:
        """Several records by their ids, for what has no room for their names: they are on their own pages."""
        return [{"@id": self.url(kind, record_id)} for record_id in record_ids]

    def source_alone(self, source_id: str) -> Node:
        """A source by its kind and id."""
        url = self.url("source", source_id)
        self._said.add(url)
        return node(type_of(self.library.whole.sources[source_id]), id=url)

    def source(self, source_id: str) -> Node:
        """A source as a sheet cites it: enough to find it by, the rest is on its page."""
        source = self.library.whole.sources[source_id]
        named = self.reference("source", source_id)
        if len(named) == 1:
            return named
        publisher = self.speaker(source.publisher_actor) if source.publisher_actor else node("Organization", name=source.publisher)
        return named | node(
            named["@type"], publisher=publisher, datePublished=_published(source), url=source.url, archivedAt=source.archive_url
        )

    def _whole_source(self, source: Source) -> Node:
        self._said.discard(self.url("source", source.id))
        based = [
            # An organisation is no work: what is repeated is some text of theirs.
            self.reference("source", carried)
            if carried in self.library.whole.sources
            else node("CreativeWork", creator=self.speaker(carried))
            for carried in source.carries
        ]
        unknown = source.date and not _published(source) and f"Dated {source.date.words}, {_BASIS[source.date_basis]}"
        return self.source(source.id) | node(
            type_of(source),
            inLanguage=source.language,
            creditText=source.author,
            isBasedOn=based,
            correction=[
                # It is this site that says so, not who published it.
                node("CorrectionComment", text=sentences(plain(item.says), f"Instead: {plain(item.instead)}"), author=self.publisher())
                for item in source.errata
            ],
            description=sentences(
                f"Withdrawn: {plain(source.withdrawn)}" if source.withdrawn else None,
                _TITLE[source.title_basis],
                unknown or None,
                plain(source.note) if source.note else None,
            ),
        )

    def publisher(self) -> Node:
        """Who publishes the site: nobody is known but the site itself."""
        return node("Organization", name=self.site.name, url=self.site.address("/"))

    def _place(self, place: Place) -> Node:
        point = place.coordinates
        return node(
            type_of(place),
            id=self.url("place", place.id),
            url=self.url("place", place.id),
            name=place.name,
            alternateName=_other_names(place),
            description=plain(place.summary or ""),
            geo=node("GeoCoordinates", latitude=point.lat, longitude=point.lon, description=f"Good to about {point.precision_km:f} km.")
            if point
            else None,
            address=node("PostalAddress", addressCountry=place.country) if place.country else None,
            containedInPlace=self.reference("place", place.within)
            if place.within
            else [node("AdministrativeArea", name=name) for name in place.admin],
        )

    def _actor(self, actor: Actor) -> Node:
        links, people = self.library.backlinks, self.library.catalog.people
        return node(
            type_of(actor),
            id=self.url("actor", actor.id),
            url=self.url("actor", actor.id),
            name=actor.name,
            alternateName=_other_names(actor),
            description=plain(actor.description),
            parentOrganization=self.reference("actor", actor.part_of) if actor.part_of else None,
            subOrganization=self.references("actor", links.members_of.get(actor.id, ())),
            member=[
                self._role("OrganizationRole", role, roleName=role.title, member=self.reference("person", person_id))
                for person_id in links.people_of.get(actor.id, ())
                for role in people[person_id].roles
                if role.actor == actor.id
            ],
        )

    def _person(self, person: Person) -> Node:
        return node(
            "Person",
            id=self.url("person", person.id),
            url=self.url("person", person.id),
            name=person.name,
            alternateName=_other_names(person),
            description=plain(person.note or ""),
            memberOf=[
                self._role("OrganizationRole", role, roleName=role.title, memberOf=self.reference("actor", role.actor))
                for role in person.roles
                if role.actor
            ],
            hasOccupation=[
                self._role("Role", role, hasOccupation=node("Occupation", name=role.title)) for role in person.roles if not role.actor
            ],
        )

    def _role(self, kind: str, role: Role, **properties: Any) -> Node:
        """A role with its time. That it was held on some day says nothing of when it began or ended."""
        dates = {"since": role.from_, "until": role.to}
        inexact = [f"{word} {date.words}" for word, date in dates.items() if date and not moment(date)]
        as_of = [f"as of {role.as_of.words}"] if role.as_of else []
        words = ", ".join([*inexact, *as_of])
        return node(
            kind,
            **properties,
            startDate=moment(role.from_),
            endDate=moment(role.to),
            description=sentences(words[:1].upper() + words[1:]),
        )

    def _measure(self, measure: Measure) -> Node:
        return node(
            "StatisticalVariable",
            id=self.url("measure", measure.id),
            url=self.url("measure", measure.id),
            name=measure.title,
            description=sentences(f"Unit: {measure.unit}", plain(measure.scope), plain(measure.comparability)),
        )


_BASIS = {
    "shown": "as printed",
    "index": "from a search index",
    "from_url": "from the address",
    "inferred": "inferred",
    "not_seen": "not seen",
}
_TITLE = {
    "shown": None,
    "from_url": "The headline was not seen; these are the words of its address",
    "described": "The headline was not seen; this is a description by this site",
}


def _published(source: Source) -> str | None:
    """The day on which it was published; one that was inferred is not known."""
    return None if source.date_basis == "inferred" else day(source.date)


def _other_names(record: Place | Actor | Person) -> list[Any]:
    return [*({"@language": tag, "@value": name} for tag, name in record.names.items()), *record.variants]
