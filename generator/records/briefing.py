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
    measure: Annotated[MeasureRef, Field(description="Id of the measure that it joins")]
    value: Annotated[Number | None, Field(description="The number; or give low and high", examples=["1500"])] = None
    low: Annotated[Number | None, Field(description="Lower end of a range")] = None
    high: Annotated[Number | None, Field(description="Upper end of a range")] = None
    qualifier: Annotated[Qualifier | None, Field(description="The word the source put before it")] = None
    unit: Annotated[Line, Field(description="What is counted, as in the measure", examples=["people"])]
    scope: Annotated[Line | None, Field(description="Whom or where it covers, when narrower than the measure")] = None
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
    text: Annotated[Prose, Field(description="The claim in our own neutral words, one sentence")]
    said_by: Annotated[tuple[SpeakerRef, ...], Field(min_length=1, description="Ids of the actors or people who say so")]
    role: Annotated[Line | None, Field(description="What the speaker was at the time")] = None
    channel: Annotated[Line | None, Field(description="How it was said: news release, state television")] = None
    said_on: Annotated[Date, Field(description="When it was said")]
    happened: Annotated[Date | None, Field(description="When the thing happened, as far as known")] = None
    phrase: Annotated[Line | None, Field(description="The words the source used for the date: `several days ago`")] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to")] = None
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of the places it is about")] = ()
    about: Annotated[tuple[SpeakerRef, ...], Field(description="Ids of the actors and people it is about")] = ()
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="What it rests on, best first")]
    status: Annotated[
        Status,
        Field(description="`corroborated` needs two independent origins; `disputed` and `superseded` a claim on the other side"),
    ]
    status_note: Annotated[Prose | None, Field(description="Why this status, in a sentence or two")] = None
    disputes: Annotated[tuple[ClaimRef, ...], Field(description="Claims this one contradicts: id here, or briefing#id")] = ()
    supersedes: Annotated[tuple[ClaimRef, ...], Field(description="Claims this one overtakes or corrects")] = ()
    figures: Annotated[tuple[Figure, ...], Field(description="The numbers in it")] = ()
    review_by: Annotated[Day | None, Field(description="Look at it again by this day")] = None
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Variant(Part):
    """Another rendering of a quotation."""

    text: Annotated[Verbatim, Field(description="The words as that source prints them")]
    said_by: Annotated[tuple[SpeakerRef, ...], Field(description="Whom that source names")] = ()
    language: Annotated[Language | None, Field(description="Language of this rendering, when not English")] = None
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who prints it so")]
    note: Annotated[Prose | None, Field(description="What differs")] = None


class Alteration(Part):
    """A word in a quotation that the printer changed."""

    shown: Annotated[Line, Field(description="As printed", examples=["[IS]"])]
    original: Annotated[Line, Field(description="What it replaced", examples=["Daesh"])]
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who prints the original")]


class Quote(Part):
    """Words in quotation marks, with whose they are."""

    id: Annotated[Id, Field(description="Anchor on the page; never change it", examples=["qt-record-time"])]
    text: Annotated[Verbatim, Field(description="The words, character for character, without quotation marks around them")]
    said_by: Annotated[tuple[SpeakerRef, ...], Field(min_length=1, description="Ids of the person, or of the body when no person is named")]
    role: Annotated[Line, Field(description="What the speaker was at the time, as given")]
    channel: Annotated[Line, Field(description="How it was said; `not stated` when the source does not say")]
    said_on: Annotated[Date, Field(description="When it was said")]
    language: Annotated[Language, Field(description="Language in which it was said")]
    translation: Annotated[Prose | None, Field(description="Who translated it, and what is known of the original")] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to")] = None
    claims: Annotated[tuple[OwnClaimRef, ...], Field(description="Ids of the claims that these words make")] = ()
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Who prints these words, best first")]
    alterations: Annotated[tuple[Alteration, ...], Field(description="Words that the printer changed")] = ()
    variants: Annotated[tuple[Variant, ...], Field(description="Other renderings, with their sources")] = ()
    note: Annotated[Prose | None, Field(description="What a reader should know of it")] = None
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Event(Part):
    """Something that happened, at a date no finer than known."""

    id: Annotated[Id, Field(description="Anchor on the page; never change it", examples=["ev-city"])]
    title: Annotated[Line, Field(description="What happened, in a few words")]
    date: Annotated[Date, Field(description="When, as an EDTF date", examples=["2017-11-03"])]
    phrase: Annotated[Line | None, Field(description="The words the source used for the date")] = None
    summary: Annotated[Prose | None, Field(description="What happened, in a sentence or two")] = None
    front: Annotated[FrontRef | None, Field(description="Id of the strand it belongs to")] = None
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of the places")] = ()
    actors: Annotated[tuple[SpeakerRef, ...], Field(description="Ids of those taking part")] = ()
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=1, description="Claims that support it: id here, or briefing#id")]
    formerly: FormerIds = ()
    withdrawn: Withdrawn = None


class Photo(Part):
    """A picture, or the record of one that is not reproduced."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["ph-road-sign"])]
    file: Annotated[Line | None, Field(description="File in content/images/; leave out when it is not reproduced")] = None
    alt: Annotated[Line, Field(description="What it shows, for those who cannot see it")]
    caption: Annotated[Prose, Field(description="What it is, in our words")]
    credit: Annotated[Line, Field(description="Who made it; `not given` when the source does not say")]
    licence: Annotated[Line, Field(description="Under what terms; `not given` when the source does not say")]
    taken: Annotated[Date | None, Field(description="When it was taken")] = None
    file_photo: Annotated[Flag, Field(description="true for an archive picture that does not show the event")] = False
    sources: Annotated[tuple[Citation, ...], Field(min_length=1, description="Where it was printed")]

    @model_validator(mode="after")
    def _archive_pictures_have_a_date(self) -> Photo:
        if self.file_photo and self.taken is None:
            refuse("an archive picture without a date", "`taken`", "add taken: with the date, however rough")
        return self


class Unknown(Part):
    """A question that no source answers."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["un-casualties"])]
    question: Annotated[Line, Field(description="What a reader would ask")]
    text: Annotated[Prose, Field(description="What is missing, and what comes nearest")]
    sources: Annotated[tuple[Citation, ...], Field(description="What comes nearest")] = ()


class Disagreement(Part):
    """A question on which sources differ: the claims side by side, and how this sheet reads them."""

    id: Annotated[Id, Field(description="Anchor on the page", examples=["df-last-towns"])]
    question: Annotated[Line, Field(description="What they differ on")]
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=2, description="The rival claims: id here, or briefing#id")]
    reading: Annotated[Prose, Field(description="What can be said, and why")]


class Front(Part):
    """One of several parallel strands of the story."""

    id: Annotated[Id, Field(description="Id used by claims and events of this strand", examples=["syria"])]
    title: Annotated[Line, Field(description="Its heading")]
    text: Annotated[Prose, Field(description="What happened there, in two or three sentences")]
    places: Annotated[tuple[PlaceRef, ...], Field(description="Ids of its places")] = ()
    actors: Annotated[tuple[SpeakerRef, ...], Field(description="Ids of those who acted in it")] = ()


class Briefing(Record):
    """A fact sheet: who said what, when, on what evidence, and what changed since."""

    title: Annotated[Line, Field(description="The headline")]
    label: Annotated[Literal["breaking", "update", "explainer", "final"], Field(description="What kind of sheet it is today")]
    published: Annotated[Day, Field(description="The day this sheet was first published here")]
    as_of: Annotated[Day, Field(description="The day up to which its sources were looked at")]
    covers: Annotated[Date, Field(description="The time the sheet is about", examples=["2017-11-03"])]
    answer: Annotated[Prose, Field(description="The story in one sentence")]
    highlights: Annotated[
        tuple[ClaimRef, ...],
        Field(min_length=1, max_length=5, description="Ids of the three to five claims to read first: id here, or briefing#id"),
    ]
    key_figures: Annotated[
        tuple[FigureRef, ...],
        Field(
            max_length=6,
            description="Up to six figures to show first: id here, or briefing#id; without it, those of the highlights, or the first three",
        ),
    ] = ()
    fronts: Annotated[tuple[Front, ...], Field(description="Parallel strands, if the story has several")] = ()
    claims: Annotated[tuple[Claim, ...], Field(min_length=1, description="The statements of fact")]
    quotes: Annotated[tuple[Quote, ...], Field(description="Words in quotation marks")] = ()
    events: Annotated[tuple[Event, ...], Field(description="What happened when")] = ()
    other_events: Annotated[
        tuple[EventRef, ...], Field(description="Events of other briefings that belong on this one's timeline too: briefing#id")
    ] = ()
    photos: Annotated[tuple[Photo, ...], Field(description="Pictures, reproduced or not")] = ()
    disagreements: Annotated[tuple[Disagreement, ...], Field(description="Where accounts differ")] = ()
    unknowns: Annotated[tuple[Unknown, ...], Field(description="What is not known")] = ()
    context: Annotated[Prose | None, Field(description="Background, in a few paragraphs")] = None
    related: Annotated[
        tuple[BriefingRef, ...], Field(description="Ids of briefings on what came before, after or beside; said on one, shown on both")
    ] = ()
    starting_point: Annotated[SourceRef | None, Field(description="Id of the text that this sheet takes apart, if it does")] = None
