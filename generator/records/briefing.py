"""The briefing: a fact sheet with its claims, quotes, events, photos and what is not known."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .base import Citation, FormerIds, Part, Record, Withdrawn
from .references import BriefingRef, ClaimRef, EventRef, FigureRef, FrontRef, Id, MeasureRef, OwnClaimRef, PlaceRef, SourceRef, SpeakerRef
from .refusal import refuse
from .text import Line, Prose, Verbatim
from .values import Date, Day, Flag, Language, Number

Status = Literal["reported", "corroborated", "disputed", "superseded"]
Qualifier = Literal["about", "more than", "at least", "nearly", "just under", "up to", "as many as", "less than", "fewer than", "between"]


class Figure(Part):
    """A number somebody stated. It keeps its qualifier, unit and date wherever it is shown."""

    id: Annotated[Id, Field(description="Anchor on the page, unique in the briefing", examples=["fg-fighters"])]
    measure: Annotated[MeasureRef, Field(description="Id of the measure that it joins", examples=["is-fighters-at-al-qaim"])]
    value: Annotated[Number | None, Field(description="The number; or give low and high", examples=["1500"])] = None
    low: Annotated[Number | None, Field(description="Lower end of a range", examples=["2000"])] = None
    high: Annotated[Number | None, Field(description="Upper end of a range", examples=["3000"])] = None
    qualifier: Annotated[Qualifier | None, Field(description="The word the source put before it")] = None
    unit: Annotated[Line, Field(description="What is counted, as in the measure", examples=["people"])]
    scope: Annotated[
        Line | None,
        Field(description="Whom or where it covers, when narrower than the measure", examples=["the town without its surroundings"]),
    ] = None
    as_of: Annotated[Date, Field(description="The date the number is about, not the day it was printed", examples=["2017-10-26"])]
    printed_as: Annotated[Line | None, Field(description="How a later text passed it on, such as `as current on 3 November`")] = None
    formerly: FormerIds = ()

    @model_validator(mode="after")
    def _value_or_range(self) -> Figure:
        ranged = self.low is not None or self.high is not None
        if self.value is None and not ranged:
            refuse("a figure without a number", "`value`, or `low` and `high`", "add value: 1500")
        if self.value is not None and ranged:
            refuse("both `value` and a range", "`value`, or `low` and `high`", "remove one of them")
        if ranged and (self.low is None or self.high is None):
            refuse("half a range", "both `low` and `high`", "for an open end use `value` with `at least` or `up to`")
        if self.low is not None and self.high is not None and self.low > self.high:
            refuse(f"low {self.low} above high {self.high}", "low at most high", "are they swapped?")
        return self


class Claim(Part):
    """One statement of fact, with who says so."""

    id: Annotated[Id, Field(description="Anchor on the page; never change it", examples=["cl-city-taken"])]
    text: Annotated[
        Prose, Field(description="The claim in our own neutral words, one sentence", examples=["IS lost the city of Deir ez-Zor."])
    ]
    said_by: Annotated[
        tuple[SpeakerRef, ...], Field(min_length=1, description="Ids of the actors or people who say so", examples=[["syrian-army"]])
    ]
    role: Annotated[Line | None, Field(description="What the speaker was at the time", examples=["spokesman of the coalition"])] = None
    channel: Annotated[Line | None, Field(description="How it was said: news release, state television")] = None
    said_on: Annotated[Date, Field(description="When it was said", examples=["2017-11-03"])]
    happened: Annotated[Date | None, Field(description="When the thing happened, as far as known", examples=["2017-11-02"])] = None
    phrase: Annotated[Line | None, Field(description="The words the source used for the date: `several days ago`")] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to", examples=["syria"])] = None
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of the places it is about", examples=[["deir-ez-zor", "al-qaim"]])] = ()
    about: Annotated[
        tuple[SpeakerRef, ...], Field(description="Ids of the actors and people it is about", examples=[["islamic-state"]])
    ] = ()
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="What it rests on, best first", examples=[["dw-2017-11-03"]])]
    status: Annotated[
        Status,
        Field(description="`corroborated` needs two independent origins; `disputed` and `superseded` a claim on the other side"),
    ]
    status_note: Annotated[
        Prose | None,
        Field(description="Why this status, in a sentence or two", examples=["Two agencies report it, each from its own people there."]),
    ] = None
    disputes: Annotated[
        tuple[ClaimRef, ...], Field(description="Claims this one contradicts: id here, or briefing#id", examples=[["last-two-towns"]])
    ] = ()
    supersedes: Annotated[
        tuple[ClaimRef, ...], Field(description="Claims this one overtakes or corrects", examples=[["fighters-1500"]])
    ] = ()
    figures: Annotated[tuple[Figure, ...], Field(description="The numbers in it")] = ()
    review_by: Annotated[Day | None, Field(description="Look at it again by this day", examples=["2018-01-31"])] = None
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Variant(Part):
    """Another rendering of a quotation."""

    text: Annotated[Verbatim, Field(description="The words as that source prints them", examples=["The victory came in record time."])]
    said_by: Annotated[tuple[SpeakerRef, ...], Field(description="Whom that source names", examples=[["haider-al-abadi"]])] = ()
    language: Annotated[Language | None, Field(description="Language of this rendering, when not English", examples=["ar"])] = None
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who prints it so", examples=[["ap-kurv-2017-11-03"]])]
    note: Annotated[Prose | None, Field(description="What differs", examples=["It leaves out for whom."])] = None


class Alteration(Part):
    """A word in a quotation that the printer changed."""

    shown: Annotated[Line, Field(description="As printed", examples=["[IS]"])]
    original: Annotated[Line, Field(description="What it replaced", examples=["Daesh"])]
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who prints the original", examples=[["afp-ndtv-2017-11-23"]])]


class Quote(Part):
    """Words in quotation marks, with whose they are."""

    id: Annotated[Id, Field(description="Anchor on the page; never change it", examples=["qt-record-time"])]
    text: Annotated[
        Verbatim,
        Field(
            description="The words, character for character, without quotation marks around them",
            examples=["They were freed in record time."],
        ),
    ]
    said_by: Annotated[
        tuple[SpeakerRef, ...],
        Field(min_length=1, description="Ids of the person, or of the body when no person is named", examples=[["haider-al-abadi"]]),
    ]
    role: Annotated[Line, Field(description="What the speaker was at the time, as given", examples=["Prime Minister of Iraq"])]
    channel: Annotated[Line, Field(description="How it was said; `not stated` when the source does not say", examples=["statement"])]
    said_on: Annotated[Date, Field(description="When it was said", examples=["2017-11-03"])]
    language: Annotated[Language, Field(description="Language in which it was said", examples=["ar"])]
    translation: Annotated[
        Prose | None,
        Field(description="Who translated it, and what is known of the original", examples=["By the agency; the original was not seen."]),
    ] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to", examples=["iraq"])] = None
    claims: Annotated[
        tuple[OwnClaimRef, ...], Field(description="Ids of the claims that these words make", examples=[["al-qaim-lost"]])
    ] = ()
    sources: Annotated[
        tuple[Citation, ...], Field(min_length=1, description="Who prints these words, best first", examples=[["ap-kurv-2017-11-03"]])
    ]
    alterations: Annotated[tuple[Alteration, ...], Field(description="Words that the printer changed")] = ()
    variants: Annotated[tuple[Variant, ...], Field(description="Other renderings, with their sources")] = ()
    note: Annotated[
        Prose | None, Field(description="What a reader should know of it", examples=["He spoke before the town was taken."])
    ] = None
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Event(Part):
    """Something that happened, at a date no finer than known."""

    id: Annotated[Id, Field(description="Anchor on the page; never change it", examples=["ev-city"])]
    title: Annotated[Line, Field(description="What happened, in a few words", examples=["Al-Qaim is taken"])]
    date: Annotated[Date, Field(description="When, as an EDTF date", examples=["2017-11-03"])]
    phrase: Annotated[Line | None, Field(description="The words the source used for the date", examples=["on Friday"])] = None
    summary: Annotated[
        Prose | None,
        Field(description="What happened, in a sentence or two", examples=["Iraqi forces took the crossing, and hours later the town."]),
    ] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to", examples=["iraq"])] = None
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of the places", examples=[["al-qaim"]])] = ()
    actors: Annotated[tuple[SpeakerRef, ...], Field(description="Ids of those taking part", examples=[["iraqi-security-forces"]])] = ()
    claims: Annotated[
        tuple[ClaimRef, ...],
        Field(min_length=1, description="Claims that support it: id here, or briefing#id", examples=[["al-qaim-lost"]]),
    ]
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Photo(Part):
    """A picture, or the record of one that is not reproduced."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["ph-road-sign"])]
    file: Annotated[
        Line | None, Field(description="File in content/images/; leave out when it is not reproduced", examples=["road-sign.jpg"])
    ] = None
    alt: Annotated[Line, Field(description="What it shows, for those who cannot see it", examples=["A road sign with two names on it"])]
    caption: Annotated[Prose, Field(description="What it is, in our words", examples=["A road sign outside the town."])]
    credit: Annotated[Line, Field(description="Who made it; `not given` when the source does not say", examples=["Jane Doe"])]
    licence: Annotated[Line, Field(description="Under what terms; `not given` when the source does not say", examples=["CC BY 4.0"])]
    taken: Annotated[Date | None, Field(description="When it was taken", examples=["2017-11"])] = None
    file_photo: Annotated[Flag, Field(description="true for an archive picture that does not show the event", examples=["true"])] = False
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Where it was printed", examples=[["voa-2017-11-03"]])]

    @model_validator(mode="after")
    def _archive_pictures_have_a_date(self) -> Photo:
        if self.file_photo and self.taken is None:
            refuse("an archive picture without a date", "`taken`", "add taken: with the date, however rough")
        return self


class Unknown(Part):
    """A question that no source answers."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["un-casualties"])]
    question: Annotated[Line, Field(description="What a reader would ask", examples=["How many people were hurt?"])]
    text: Annotated[
        Prose,
        Field(
            description="What is missing, and what comes nearest",
            examples=["No source gives a number; the nearest is that of the day before."],
        ),
    ]
    sources: Annotated[tuple[Citation, ...], Field(description="What comes nearest", examples=[["dw-2017-11-03"]])] = ()


class Disagreement(Part):
    """A question on which sources differ: the claims side by side, and how this sheet reads them."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["df-last-towns"])]
    question: Annotated[Line, Field(description="What they differ on", examples=["Were these the last two towns?"])]
    claims: Annotated[
        tuple[ClaimRef, ...],
        Field(min_length=2, description="The rival claims: id here, or briefing#id", examples=[["last-two-towns", "rawa-taken"]]),
    ]
    reading: Annotated[Prose, Field(description="What can be said, and why", examples=["A third town was still held, so they were not."])]


class Front(Part):
    """One of several parallel strands of the story."""

    id: Annotated[Id, Field(description="Id used by claims and events of this strand", examples=["syria"])]
    title: Annotated[Line, Field(description="Its heading", examples=["The city of Deir ez-Zor"])]
    text: Annotated[
        Prose,
        Field(
            description="What happened there, in two or three sentences", examples=["The army took the last districts within two months."]
        ),
    ]
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of its places", examples=[["deir-ez-zor"]])] = ()
    actors: Annotated[tuple[SpeakerRef, ...], Field(description="Ids of those who acted in it", examples=[["syrian-army"]])] = ()


class Briefing(Record):
    """A fact sheet: who said what, when, on what evidence, and what changed since."""

    title: Annotated[Line, Field(description="The headline", examples=["What was lost at Deir ez-Zor and Al-Qaim"])]
    label: Annotated[Literal["breaking", "update", "explainer", "final"], Field(description="What kind of sheet it is today")]
    published: Annotated[Day, Field(description="The day this sheet was first published here", examples=["2017-11-20"])]
    as_of: Annotated[Day, Field(description="The day up to which its sources were looked at", examples=["2017-11-19"])]
    covers: Annotated[Date, Field(description="The time the sheet is about", examples=["2017-11-03"])]
    answer: Annotated[
        Prose, Field(description="The story in one sentence", examples=["Both towns were lost on 3 November 2017; they were not the last."])
    ]
    highlights: Annotated[
        tuple[ClaimRef, ...],
        Field(
            min_length=1,
            max_length=5,
            description="Ids of the three to five claims to read first: id here, or briefing#id",
            examples=[["last-two-towns", "rawa-taken"]],
        ),
    ]
    key_figures: Annotated[
        tuple[FigureRef, ...],
        Field(
            max_length=6,
            description="Up to six figures to show first: id here, or briefing#id; without it, those of the highlights, or the first three",
            examples=[["figure-fighters-1500"]],
        ),
    ] = ()
    fronts: Annotated[tuple[Front, ...], Field(description="Parallel strands, if the story has several")] = ()
    claims: Annotated[tuple[Claim, ...], Field(min_length=1, description="The statements of fact")]
    quotes: Annotated[tuple[Quote, ...], Field(description="Words in quotation marks")] = ()
    events: Annotated[tuple[Event, ...], Field(description="What happened when")] = ()
    other_events: Annotated[
        tuple[EventRef, ...],
        Field(
            description="Events of other briefings that belong on this one's timeline too: briefing#id",
            examples=[["raqqa-2017-10-17#raqqa-taken"]],
        ),
    ] = ()
    photos: Annotated[tuple[Photo, ...], Field(description="Pictures, reproduced or not")] = ()
    disagreements: Annotated[tuple[Disagreement, ...], Field(description="Where accounts differ")] = ()
    unknowns: Annotated[tuple[Unknown, ...], Field(description="What is not known")] = ()
    context: Annotated[
        Prose | None, Field(description="Background, in a few paragraphs", examples=["The group had held both since 2014."])
    ] = None
    related: Annotated[
        tuple[BriefingRef, ...],
        Field(
            description="Ids of briefings on what came before, after or beside; said on one, shown on both",
            examples=[["raqqa-2017-10-17"]],
        ),
    ] = ()
    starting_point: Annotated[
        SourceRef | None, Field(description="Id of the text that this sheet takes apart, if it does", examples=["voa-2017-11-03"])
    ] = None
