"""The records that briefings refer to: places, actors, people, sources, measures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Citation, Part, Record
from .references import ActorRef, OriginRef, PlaceRef
from .refusal import refuse
from .text import Line, Prose
from .values import Country, Date, Kilometres, Language, Latitude, Longitude, Url

Names = Annotated[
    dict[Language, Line],
    Field(
        default_factory=dict,
        description="The name in other languages and scripts, by language tag",
        examples=[{"ar": "دير الزور", "fr": "Deir ez-Zor"}],
    ),
]
Variants = Annotated[
    tuple[Line, ...], Field(description="Other spellings that sources use; found by the search", examples=[["Deir al-Zor", "Dayr az-Zawr"]])
]
Citations = Annotated[tuple[Citation, ...], Field(description="What this record rests on", examples=[["dw-2017-11-03"]])]


class Coordinates(Part):
    """A point on the map, with how good it is and who says so."""

    lat: Annotated[Latitude, Field(description="Degrees north (WGS 84)", examples=["35.33588"])]
    lon: Annotated[Longitude, Field(description="Degrees east (WGS 84)", examples=["40.14084"])]
    precision_km: Annotated[Kilometres, Field(description="The point is good to about this many kilometres", examples=["1"])]
    sources: Annotated[
        tuple[Citation, ...], Field(min_length=1, description="Where the point was found", examples=[["geonames-style-table-syria"]])
    ]
    note: Annotated[
        Prose | None,
        Field(description="Other points given for it, and why this one", examples=["Another table has a point 3 km to the west."]),
    ] = None


class Control(Part):
    """Who held a place, when, and who says so."""

    holder: Annotated[ActorRef, Field(description="Id of the actor that held it", examples=["islamic-state"])]
    when: Annotated[Date, Field(description="From when to when, as far as known", examples=["2014-07/2017-11-03"])]
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who says so", examples=[["dw-2017-11-03"]])]
    note: Annotated[
        Prose | None, Field(description="What is uncertain or only partly so", examples=["The eastern bank was held by others."])
    ] = None


class Place(Record):
    """A town, a region, a crossing: anywhere that something happened."""

    name: Annotated[Line, Field(description="The name this site uses", examples=["Deir ez-Zor"])]
    kind: Annotated[Line, Field(description="What it is: city, town, border crossing, province", examples=["city"])]
    names: Names
    variants: Variants = ()
    country: Annotated[Country | None, Field(description="ISO 3166-1 code; leave out for regions across borders", examples=["SY"])] = None
    admin: Annotated[
        tuple[Line, ...], Field(description="The areas it lies in, largest first", examples=[["Deir ez-Zor Governorate"]])
    ] = ()
    within: Annotated[PlaceRef | None, Field(description="Id of the place that contains it", examples=["deir-ez-zor-governorate"])] = None
    coordinates: Annotated[Coordinates | None, Field(description="Where it is")] = None
    summary: Annotated[
        Prose | None,
        Field(
            description="What a reader should know of it, in two sentences",
            examples=["A city on the Euphrates, under siege from 2014 to 2017."],
        ),
    ] = None
    control: Annotated[tuple[Control, ...], Field(description="Who held it when, by source, oldest first")] = ()
    sources: Citations = ()


class Actor(Record):
    """An organisation, a force, an office, an outlet: anyone that acts or speaks as a body."""

    name: Annotated[Line, Field(description="The name this site uses", examples=["Islamic State"])]
    kind: Annotated[Line, Field(description="What it is: armed group, state forces, news agency, UN body", examples=["news agency"])]
    names: Names
    variants: Variants = ()
    part_of: Annotated[ActorRef | None, Field(description="Id of the actor that it belongs to", examples=["us-led-coalition"])] = None
    description: Annotated[
        Prose, Field(description="Who they are, neutrally, in a sentence or two", examples=["An international news agency based in Paris."])
    ]
    sources: Citations = ()


class Role(Part):
    """What a person was, and when."""

    title: Annotated[Line, Field(description="The office or rank then", examples=["Prime Minister of Iraq"])]
    actor: Annotated[ActorRef | None, Field(description="Id of the body it was held in", examples=["iraqi-security-forces"])] = None
    from_: Annotated[Date | None, Field(alias="from", description="Since when, if a source says so", examples=["2014-09"])] = None
    to: Annotated[Date | None, Field(description="Until when, if a source says so", examples=["2018-10"])] = None
    as_of: Annotated[Date | None, Field(description="A date on which the source gives this role", examples=["2017-11-03"])] = None
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="What gives the role", examples=[["ap-kurv-2017-11-03"]])]

    @model_validator(mode="after")
    def _has_a_date(self) -> Role:
        if not (self.from_ or self.to or self.as_of):
            refuse("a role without a date", "`as_of`, or `from` and `to`", "add as_of: the date of the source that gives the role")
        if self.from_ and self.to and self.from_.earliest > self.to.latest:
            refuse(f"a role from {self.from_} to {self.to}", "an end after its start", "are they swapped?")
        return self


class Person(Record):
    """Someone who speaks or is spoken of."""

    name: Annotated[Line, Field(description="The name this site uses", examples=["Haider al-Abadi"])]
    names: Names
    variants: Variants = ()
    roles: Annotated[tuple[Role, ...], Field(min_length=1, description="Offices held, oldest first")]
    note: Annotated[Prose | None, Field(description="What is uncertain about them", examples=["Sources differ on the rank."])] = None


class Erratum(Part):
    """Something that a source has wrong. It is shown wherever the source is, so that nobody carries it on."""

    says: Annotated[Prose, Field(description="What stands there, in our own words", examples=["The town fell on 3 November 2018."])]
    instead: Annotated[Prose, Field(description="What should stand there, or that it is not known", examples=["It was 3 November 2017."])]
    sources: Annotated[tuple[Citation, ...], Field(description="What shows it", examples=[["dw-2017-11-03"]])] = ()


class Source(Record):
    """One published thing that claims rest on: an article, a release, a transcript, a table."""

    publisher: Annotated[Line, Field(description="Who put it out, as printed", examples=["Deutsche Welle"])]
    publisher_actor: Annotated[
        ActorRef | None, Field(description="Id of the publisher, when it is also an actor here", examples=["deutsche-welle"])
    ] = None
    title: Annotated[
        Line, Field(description="The headline as printed, or a description of the piece", examples=["Militants lose two towns"])
    ]
    title_basis: Annotated[
        Literal["shown", "from_url", "described"],
        Field(description="`shown` as printed; `from_url` words of the address; `described` our own label"),
    ] = "shown"
    author: Annotated[Line | None, Field(description="The byline", examples=["Jane Doe"])] = None
    date: Annotated[Date | None, Field(description="When it was published", examples=["2017-11-03"])] = None
    date_basis: Annotated[
        Literal["shown", "index", "from_url", "inferred", "not_seen"],
        Field(description="How the date is known: printed, from a search index, from the address, inferred, or not at all"),
    ] = "shown"
    url: Annotated[Url | None, Field(description="Where it can be read", examples=["https://example.org/news/1"])] = None
    archive_url: Annotated[Url | None, Field(description="An archived copy", examples=["https://archive.example.org/news/1"])] = None
    language: Annotated[Language, Field(description="Language of the text", examples=["en"])]
    type: Annotated[
        Literal["primary", "news_original", "agency_copy", "repost", "analysis", "reference", "scraper"],
        Field(description="`primary` is a release, transcript or data; `agency_copy` an agency's story on another outlet"),
    ]
    grade: Annotated[
        Literal["A", "B", "C", "D"],
        Field(description="A official or established newsroom; B agency copy; C state, partisan or repost; D circulation only"),
    ]
    grade_reason: Annotated[Prose, Field(description="Why this grade", examples=["Its own reporter was there."])]
    read: Annotated[Literal["full_text", "excerpt", "not_read"], Field(description="What was read of it before citing it")]
    carries: Annotated[
        tuple[OriginRef, ...],
        Field(
            description="Ids of the sources or actors whose text or release it repeats; they are its origin", examples=[["voa-2017-11-03"]]
        ),
    ] = ()
    carries_unnamed: Annotated[Line | None, Field(description="What it repeats without naming it, such as `agencies`")] = None
    note: Annotated[
        Prose | None, Field(description="What a reader should know before trusting it", examples=["The headline changed during the day."])
    ] = None
    errata: Annotated[tuple[Erratum, ...], Field(description="What it has wrong, and what shows that")] = ()

    @model_validator(mode="after")
    def _date_and_basis_agree(self) -> Source:
        if self.date is None and self.date_basis != "not_seen":
            refuse("no date", "`date`, or `date_basis: not_seen`", "add the date, or say date_basis: not_seen")
        if self.date is not None and self.date_basis == "not_seen":
            refuse(f"the date {self.date} with `date_basis: not_seen`", "how the date is known", "say shown, index, from_url or inferred")
        return self


class Measure(Record):
    """A quantity that several figures claim to tell."""

    title: Annotated[Line, Field(description="What is counted", examples=["IS fighters at Al-Qaim"])]
    unit: Annotated[Line, Field(description="The unit of every figure that joins it", examples=["people"])]
    scope: Annotated[
        Prose, Field(description="Who or what is counted, where", examples=["Everyone who fought for the group in the town and around it."])
    ]
    comparability: Annotated[
        Prose, Field(description="Why its values may not compare", examples=["Some count the town alone, some the district."])
    ]
